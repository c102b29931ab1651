"""Tiles that were lost or changed, computed again from the leaves; only where the leaves are those that were signed."""

from __future__ import annotations

from collections.abc import Callable

from tuidan.domain.tlog.tiles import Edge, grow
from tuidan.domain.tlog.tree import leaf_hash
from tuidan.store import connection
from tuidan.store.audit.difference import Difference
from tuidan.store.audit.log import CHUNK, find_log_differences, published_notes
from tuidan.store.log.edge import tree_size
from tuidan.store.log.leaves import load_heads

WRITE = "SELECT log_tiles_v1(%s::bigint[], %s::bigint[], %s::bytea[])"


def repair_tiles(progress: Callable[[int], None] = lambda leaves: None) -> list[Difference]:
    """Write every tile again from its leaves. Where leaves or signatures are not sound, nothing is written.

    Gives what keeps it from doing so; empty when it was done. May run while the log grows.
    """
    found = find_log_differences(published_notes())
    unsound = [each for each in found if each.what not in ("log_tile_differs", "log_order_missing")]
    if unsound:
        return unsound
    edge, size = Edge(), tree_size()
    while edge.size < size:
        heads = load_heads(edge.size, min(size, edge.size + CHUNK))
        edge, tiles = grow(edge, [leaf_hash(head.entry()) for head in heads])
        levels, numbers = [at.level for at in tiles], [at.n for at in tiles]
        connection.run(WRITE, (levels, numbers, list(tiles.values())))
        progress(len(heads))
    return []
