"""Read one book for a decision: row, the items that a command is about, and an earlier command with the same key.

All in one statement, so that nothing of it is older than the version.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson

from tuidan.domain.books.accounts import BookTotals
from tuidan.domain.books.book import Book, Item
from tuidan.domain.books.commands import ItemKey
from tuidan.store import connection

# The totals come last, in the order of BookTotals.
LOAD = """
SELECT b.version, b.head_hash, b.kind, b.named, b.order_fen_max, e.n, e.command_input, e.kind, e.body,
    (SELECT json_agg(json_build_array(i.what, i.order_id, i.n, i.given_fen, i.open_fen, i.borne_fen, i.seen))
        FROM books_item i JOIN json_to_recordset(%s) AS k(what text, order_id uuid, n bigint)
            ON i.what = k.what AND i.order_id = k.order_id AND i.n = k.n
        WHERE i.owner_id = b.owner_id),
    b.taken_in_fen, b.brought_fen, b.owed_fen, b.payable_fen, b.held_fen, b.reserve_fen, b.deposit_fen,
    b.paid_out_fen, b.claimed_fen, b.limit_fen, b.available_fen, b.out_fen, b.borne_fen
FROM books_book b LEFT JOIN books_event e ON e.owner_id = b.owner_id AND e.command_key = %s WHERE b.owner_id = %s
"""
LIST = """
SELECT owner_id, payable_fen, deposit_fen, owed_fen FROM books_book WHERE kind = 'seller'
ORDER BY owed_fen DESC, payable_fen DESC, owner_id LIMIT %s
"""
OPEN_DRAWS = """
SELECT order_id, what, n FROM books_item WHERE owner_id = %s AND open_fen > 0 AND at < %s ORDER BY at LIMIT %s
"""
AVAILABLE = "SELECT available_fen, order_fen_max FROM books_book WHERE owner_id = %s"


@dataclass(frozen=True, slots=True)
class SeenBefore:
    """An earlier command with the same key: the hash of its input, its first event's kind and data."""

    input_sha256: bytes
    kind: str
    data: dict[str, object]


def load_book(owner_id: UUID, keys: Iterable[ItemKey] = (), key: str = "") -> tuple[Book, SeenBefore | None]:
    """The book as it stands with these items, and what the key did before. An unknown owner has an empty book."""
    wanted = [{"what": what, "order_id": order, "n": n} for what, order, n in keys]
    row = connection.fetch_one(LOAD, (orjson.dumps(wanted).decode(), key, owner_id))
    if row is None:
        return Book(), None
    version, head, kind, named, order_max, n, told_input, told_kind, body, items, *totals = row
    book = Book(kind, BookTotals(*totals), named, order_max, version, bytes(head))
    for what, order, item_n, *values in items or ():
        book.items[what, order, item_n] = Item(*values)
    seen = SeenBefore(bytes(told_input), told_kind, orjson.loads(bytes(body))["data"]) if n else None
    return book, seen


def load_headroom(owner_id: UUID) -> tuple[int, int]:
    """What the fund has left, and its limit for one order, fen; nothing where nobody set a limit."""
    row = connection.fetch_one(AVAILABLE, (owner_id,))
    return (row[0], row[1]) if row else (0, 0)


def list_books(rows_max: int = 200) -> list[tuple[UUID, int, int, int]]:
    """Sellers' books: owner, payable, deposit, owed in fen; those that owe most first."""
    return [(row[0], row[1], row[2], row[3]) for row in connection.fetch_all(LIST, (rows_max,))]


def open_draws(owner_id: UUID, before: datetime, rows_max: int) -> list[tuple[UUID, str, int]]:
    """Draws that are out since before this moment, oldest first: order, what, n."""
    return [
        (row[0], row[1], row[2]) for row in connection.fetch_all(OPEN_DRAWS, (owner_id, before, rows_max))
    ]
