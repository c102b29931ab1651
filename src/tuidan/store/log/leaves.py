"""Reading leaves: the newest one of an order, many in a row, and bundles of entries."""

from __future__ import annotations

from uuid import UUID

from tuidan.domain.tlog.entry import Head
from tuidan.domain.tlog.tiles import TILE_WIDTH, write_bundle
from tuidan.store import connection

NEWEST = """
SELECT index, n, hash FROM log_leaf WHERE order_id = %s AND index < %s ORDER BY n DESC LIMIT 1
"""
RANGE = "SELECT order_id, n, hash FROM log_leaf WHERE index >= %s AND index < %s ORDER BY index"


def newest_leaf(order_id: UUID, size: int) -> tuple[int, Head] | None:
    """The newest head of an order among the first `size` leaves, with the leaf's number."""
    row = connection.fetch_one(NEWEST, (order_id, size))
    return (row[0], Head(order_id, row[1], bytes(row[2]))) if row else None


def load_heads(begin: int, end: int) -> list[Head]:
    """What the leaves from `begin` to `end` (not included) say; fewer when rows are missing."""
    return [
        Head(order_id, n, bytes(found)) for order_id, n, found in connection.fetch_all(RANGE, (begin, end))
    ]


def load_bundle(n: int, width: int, size: int) -> bytes | None:
    """The first `width` entries of bundle `n`; None where a tree of `size` has not so many there."""
    begin = n * TILE_WIDTH
    if begin + width > size:
        return None
    heads = load_heads(begin, begin + width)
    return write_bundle(head.entry() for head in heads) if len(heads) == width else None
