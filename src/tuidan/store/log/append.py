"""Appending to the log: heads of orders become leaves, in one statement, where the tree still has the size read.

There is one order of leaves, and only a compare-and-set on the size gives it: two workers at once are one that wins
and one that looks again. A head that is logged, or older than one that is, is left out, so doing it twice does nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from tuidan.domain.tlog.entry import Head
from tuidan.domain.tlog.tiles import Edge, TileAt, grow
from tuidan.domain.tlog.tree import leaf_hash
from tuidan.store import connection, wire
from tuidan.store.log.edge import load_edge

HEADS = connection.Statement(
    b"tuidan_log_heads",
    b"SELECT order_id, version, head_hash FROM orders_order WHERE order_id = ANY($1) AND version > 0",
)
LOGGED = connection.Statement(
    b"tuidan_log_logged",
    b"SELECT order_id, max(n) FROM log_leaf WHERE order_id = ANY($1) GROUP BY order_id",
)
APPEND = connection.Statement(
    b"tuidan_log_append", b"SELECT log_append_v1($1, $2, $3, $4, $5, $6, $7) AS grown"
)
TRIES_MAX = 50


class LogBusy(RuntimeError):
    """Others were faster every time; nothing was written, and the next round tries again."""


def append_heads(order_ids: Iterable[UUID]) -> int:
    """Log the heads of these orders that moved on since they were last logged; gives how many leaves were added.

    Raises LogBusy.
    """
    ids = {order_id.bytes: order_id for order_id in order_ids}
    rows = {row[0]: row for row in _rows(HEADS, list(ids))}
    found = [(order_id, rows[told]) for told, order_id in ids.items() if told in rows]
    return append([Head(order_id, wire.read_int(n), head) for order_id, (_, n, head) in found])


def append(heads: Sequence[Head]) -> int:
    """Log these heads in this order, at most one of each order; gives how many leaves were added. Raises LogBusy."""
    ids = [head.order_id.bytes for head in heads]
    for _ in range(TRIES_MAX):
        edge = load_edge()
        logged = {told: wire.read_int(n) for told, n in _rows(LOGGED, ids)}
        fresh = [head for head in heads if head.n > logged.get(head.order_id.bytes, 0)] if logged else heads
        if not fresh:
            return 0
        _, tiles = grow(edge, [leaf_hash(head.entry()) for head in fresh])
        if _write(edge, fresh, tiles):
            return len(fresh)
    raise LogBusy("the log grew under every attempt to append to it")


def _rows(statement: connection.Statement, ids: list[bytes]) -> list[list[bytes]]:
    """What a statement without NULLs says about these orders, in binary form."""
    return [
        [value or b"" for value in row]
        for row in connection.fetch_all_binary(statement, [wire.uuid_array(ids)])
    ]


def _write(edge: Edge, heads: Sequence[Head], tiles: dict[TileAt, bytes]) -> bool:
    """Whether the tree still had the size of `edge` and now has these leaves."""
    row = connection.fetch_one_binary(
        APPEND,
        [
            wire.int8(edge.size),
            wire.uuid_array([head.order_id.bytes for head in heads]),
            wire.int8_array([head.n for head in heads]),
            wire.hash_array([head.hash for head in heads]),
            wire.int8_array([at.level for at in tiles]),
            wire.int8_array([at.n for at in tiles]),
            wire.bytea_array(list(tiles.values())),
        ],
    )
    return row is not None and row[0] == b"\x01"
