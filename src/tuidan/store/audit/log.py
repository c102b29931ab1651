"""The audit of the log: each order against its leaves, and the whole tree against its leaves, leaf by leaf.

An administrator who rewrites an order with its chain is found by the leaf; one who rewrites leaf and tree too is found
by a checkpoint that somebody else has kept (`against`): nothing here can be trusted more than that.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from uuid import UUID

from tuidan.domain.evidence import chain_hash
from tuidan.domain.tlog.checkpoint import BadCheckpoint, Checkpoint, read_checkpoint
from tuidan.domain.tlog.entry import Head
from tuidan.domain.tlog.note import BadNote, Key, open_note
from tuidan.domain.tlog.tiles import Edge, TileAt, grow
from tuidan.domain.tlog.tree import leaf_hash
from tuidan.store import connection
from tuidan.store.audit.difference import Difference
from tuidan.store.audit.read import OrderRows
from tuidan.store.log.edge import load_tiles, tree_size
from tuidan.store.log.folder import load_published
from tuidan.store.log.keys import load_keys

LEAVES = "SELECT order_id, n, hash FROM log_leaf WHERE order_id = ANY(%s) ORDER BY order_id, index"
WAITING = "SELECT DISTINCT order_id FROM orders_outbox WHERE order_id = ANY(%s) AND kind = 'feed'"
THERE = """
SELECT order_id FROM orders_order WHERE order_id = ANY(%s) UNION ALL
SELECT owner_id FROM books_book WHERE owner_id = ANY(%s)
"""
BEYOND = "SELECT index FROM log_leaf WHERE index >= %s ORDER BY index LIMIT 20"
CHECKPOINTS = "SELECT size, root, note FROM log_checkpoint ORDER BY size"
RANGE = "SELECT index, order_id, n, hash FROM log_leaf WHERE index >= %s AND index < %s ORDER BY index"
NO_ORDER = UUID(int=0)
CHUNK = 4096
# Which difference it is when the tree has another root there, and the checkpoint that says so.
Told = tuple[str, Checkpoint]


def find_leaf_differences(read: Sequence[OrderRows], unchained: set[UUID]) -> Iterator[Difference]:
    """Hold these orders against their leaves; one whose own chain is broken says so already.

    An order that moved on is not in the log yet only while its feed row waits.
    """
    ids = [rows.order_id for rows in read]
    logged: dict[UUID, list[tuple[int, bytes]]] = {}
    for order_id, n, digest in connection.fetch_all(LEAVES, (ids,)):
        logged.setdefault(order_id, []).append((n, bytes(digest)))
    waiting = {order_id for (order_id,) in connection.fetch_all(WAITING, (ids,))}
    for rows in read:
        if rows.order_id in unchained:
            continue
        hashes = {event.n: chain_hash(event.prev, event.body) for event in rows.events}
        leaves = logged.get(rows.order_id, [])
        for n, digest in leaves:
            if hashes.get(n) != digest:
                what = "log_leaf_differs" if n in hashes else "log_leaf_added"
                yield Difference(rows.order_id, what, n)
        for (before, _), (n, _) in pairwise(leaves):
            if n <= before:
                yield Difference(rows.order_id, "log_leaf_added", n)
        if rows.order_id not in waiting and (not leaves or leaves[-1][0] < rows.version):
            yield Difference(rows.order_id, "log_leaf_missing", rows.version)


def find_log_differences(
    against: Sequence[bytes] = (),
    trusted: Sequence[Key] = (),
    progress: Callable[[int], None] = lambda leaves: None,
) -> Iterator[Difference]:
    """Compute the whole tree from its leaves and hold it against tiles, checkpoints, and notes that others have kept.

    `trusted` are keys beside our own that may have signed those notes; `progress` gets how many leaves each step took.
    """
    size = tree_size()
    yield from (
        Difference(NO_ORDER, "log_leaf_added", index) for (index,) in connection.fetch_all(BEYOND, (size,))
    )
    heads: list[Told] = []
    yield from _our_checkpoints(heads)
    for note in against:
        yield from _foreign_checkpoint(note, trusted, heads)
    heads.sort(key=lambda told: told[1].size)
    yield from _walk(size, heads, progress)


def published_notes() -> list[bytes]:
    """The checkpoint that the folder of the log's keys has kept, beside the database; none before the first."""
    note = load_published()
    return [note] if note is not None else []


def _our_checkpoints(heads: list[Told]) -> Iterator[Difference]:
    """Every checkpoint that we have signed goes to `heads`; its row, its text and its signature must agree."""
    keys = load_keys()
    for size, root, note in connection.fetch_all(CHECKPOINTS, ()):
        valid = [key.key for key in keys if key.signs(size)]
        try:
            told = read_checkpoint(bytes(note))
            open_note(bytes(note), valid)
        except (BadNote, BadCheckpoint):
            yield Difference(NO_ORDER, "log_signature_fails", size)
            continue
        if (told.size, told.root) != (size, bytes(root)):
            yield Difference(NO_ORDER, "log_checkpoint_differs", size)
        heads.append(("log_checkpoint_differs", told))


def _foreign_checkpoint(note: bytes, trusted: Sequence[Key], heads: list[Told]) -> Iterator[Difference]:
    """A note that somebody else has kept goes to `heads` when a key of the log, or a trusted one, has signed it."""
    try:
        told = read_checkpoint(note)
        open_note(note, [*trusted, *(key.key for key in load_keys())])
    except (BadNote, BadCheckpoint):
        yield Difference(NO_ORDER, "log_note_unknown")
        return
    heads.append(("log_history_differs", told))


def _walk(size: int, heads: list[Told], progress: Callable[[int], None]) -> Iterator[Difference]:
    """Grow the tree again from its leaves; where a checkpoint was signed, and for every tile, compare."""
    edge, waiting = Edge(), deque(heads)
    yield from _reached(edge, waiting)
    while edge.size < size:
        begin, end = edge.size, min(size, edge.size + CHUNK)
        found = _leaves(begin, end)
        hashes = [leaf_hash(head.entry()) for head in found]
        stops = {told.size for _, told in waiting if begin < told.size < begin + len(found)}
        tiles: dict[TileAt, bytes] = {}
        for stop in [*sorted(stops), begin + len(found)]:
            edge, grown = grow(edge, hashes[edge.size - begin : stop - begin])
            tiles.update(grown)
            yield from _reached(edge, waiting)
        yield from _orders_gone(found)
        yield from _tiles_differ(tiles)
        progress(len(found))
        if edge.size < end:
            yield Difference(NO_ORDER, "log_gap", edge.size)
            return
    for what, told in waiting:
        yield Difference(NO_ORDER, "log_behind", told.size, {"size": size, "whose": what})


def _reached(edge: Edge, waiting: deque[Told]) -> Iterator[Difference]:
    """The checkpoints that were signed over just so many leaves."""
    root = edge.root() if waiting and waiting[0][1].size == edge.size else b""
    while waiting and waiting[0][1].size == edge.size:
        what, told = waiting.popleft()
        if told.root != root:
            yield Difference(NO_ORDER, what, told.size)


def _leaves(begin: int, end: int) -> list[Head]:
    """The leaves from `begin` on, up to the first that is missing or to `end`."""
    found: list[Head] = []
    for index, order_id, n, digest in connection.fetch_all(RANGE, (begin, end)):
        if index != begin + len(found):
            break
        found.append(Head(order_id, n, bytes(digest)))
    return found


def _orders_gone(found: Sequence[Head]) -> Iterator[Difference]:
    """Leaves of orders, or of books, that are not there any more."""
    ids = {head.order_id for head in found}
    there = {order_id for (order_id,) in connection.fetch_all(THERE, (list(ids), list(ids)))}
    yield from (Difference(order_id, "log_order_missing") for order_id in sorted(ids - there))


def _tiles_differ(wanted: dict[TileAt, bytes]) -> Iterator[Difference]:
    """The stored tiles begin with what the leaves give; they may have grown meanwhile."""
    kept = load_tiles(wanted)
    for at, data in wanted.items():
        if kept.get(at, b"")[: len(data)] != data:
            yield Difference(NO_ORDER, "log_tile_differs", at.n, {"level": at.level})
