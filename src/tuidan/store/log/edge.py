"""Reading the tree: its growing end, single tiles, and the hashes that a proof asks for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tuidan.domain.tlog.proof import Range, make_proof, nodes_wanted
from tuidan.domain.tlog.tiles import HASH_BYTES, TILE_BITS, Edge, TileAt, node_in, tile_of, width_at
from tuidan.domain.tlog.tree import Node, range_hash
from tuidan.store import connection

LEVEL_MAX = 6  # tiles above it begin at 2^56 leaves
EDGE = """
SELECT tree.size, tile.data FROM log_tree tree CROSS JOIN generate_series(0, %s::int) AS at(level)
LEFT JOIN log_tile tile ON tile.level = at.level AND tile.n = tree.size >> (8 * (at.level + 1))
ORDER BY at.level
"""
TILES = """
SELECT tile.level, tile.n, tile.data FROM log_tile tile
JOIN unnest(%s::int[], %s::bigint[]) AS wanted(level, n) ON tile.level = wanted.level AND tile.n = wanted.n
"""
SIZE = "SELECT size FROM log_tree WHERE id = 1"


class MissingTile(LookupError):
    """The database does not have the hashes that a tree of this size must have: somebody took rows away."""


def tree_size() -> int:
    """How many leaves the log has."""
    row = connection.fetch_one(SIZE, ())
    return int(row[0]) if row else 0


def load_edge() -> Edge:
    """The growing end, as it stood at one moment. Raises MissingTile."""
    rows = connection.fetch_all(EDGE, (LEVEL_MAX,))
    if not rows:
        raise MissingTile("the row with the size of the tree is gone")
    size = int(rows[0][0])
    tails = []
    for level, (_, data) in enumerate(rows):
        if not size >> TILE_BITS * level:
            break
        width = (size >> TILE_BITS * level) % 256
        tail = bytes(data or b"")[: width * HASH_BYTES]
        if len(tail) != width * HASH_BYTES:
            raise MissingTile(f"tile {level}/{size >> TILE_BITS * (level + 1)} is shorter than the tree says")
        tails.append(tail)
    return Edge(size, tuple(tails))


def load_tiles(wanted: Iterable[TileAt]) -> dict[TileAt, bytes]:
    """These tiles as they are now; those that are not there are left out."""
    ats = sorted(set(wanted))
    rows = connection.fetch_all(TILES, ([at.level for at in ats], [at.n for at in ats]))
    return {TileAt(level, n): bytes(data) for level, n, data in rows}


def load_tile(at: TileAt, width: int, size: int) -> bytes | None:
    """The first `width` hashes of a tile; None where the tree of `size` has not so many there. Raises MissingTile."""
    if width_at(at, size) < width:
        return None
    data = load_tiles([at]).get(at, b"")[: width * HASH_BYTES]
    if len(data) != width * HASH_BYTES:
        raise MissingTile(f"tile {at.level}/{at.n} is shorter than the tree says")
    return data


def load_proof(ranges: Sequence[Range]) -> list[bytes]:
    """The hashes of these ranges of leaves, with one look at the database. Raises MissingTile."""
    return make_proof(ranges, _reader(nodes_wanted(ranges)))


def load_root(size: int) -> bytes:
    """The root that the tree had at an earlier size. Raises MissingTile."""
    return range_hash(0, size, _reader(nodes_wanted([(0, size)])))


class _Read:
    """Answers for a complete subtree from tiles that were read together."""

    def __init__(self, tiles: dict[TileAt, bytes]) -> None:
        self.tiles = tiles

    def __call__(self, node: Node) -> bytes:
        at = tile_of(node)
        try:
            return node_in(self.tiles[at], node)
        except (KeyError, ValueError):
            raise MissingTile(f"tile {at.level}/{at.n} lacks a hash that the tree must have") from None


def _reader(nodes: Sequence[Node]) -> _Read:
    return _Read(load_tiles(map(tile_of, nodes)))
