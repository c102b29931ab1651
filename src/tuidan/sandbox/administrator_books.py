"""The administrator's way with the books: a seller's or the fund's history made anew, with chain, lines and totals."""

from __future__ import annotations

from uuid import UUID

from tuidan.domain.books.accounts import TOTAL_NAMES
from tuidan.domain.books.book import Book, evolve
from tuidan.domain.books.events import read_book_event
from tuidan.domain.evidence import GENESIS, canonical_bytes, chain_hash
from tuidan.sandbox.administrator import Administrator, Told
from tuidan.store.books.append import POSTINGS_PER_EVENT


def rewrite_book(admin: Administrator, owner_id: UUID, events: list[Told]) -> bool:
    """Put this history in the place of a book's; False, and nothing done, where no book can have it.

    Its items, which the orders know too, are left as they are.
    """
    book, prev, n = Book(), GENESIS, 0
    lines: list[tuple[int, int, str, str, int]] = []
    rows: list[tuple[int, str, bytes, bytes, bytes]] = []
    try:
        for n, told in enumerate(events, start=1):
            body = canonical_bytes(told | {"n": n})
            digest = chain_hash(prev, body)
            rows.append((n, told["kind"], body, prev, digest))
            made = evolve(book, read_book_event(told["kind"], told["data"]), n)
            for place, line in enumerate(made):
                lines.append((n * POSTINGS_PER_EVENT + place, n, line.debit, line.credit, line.amount_fen))
            prev = digest
    except (ValueError, LookupError, TypeError):
        return False
    for number, kind, body, before, digest in rows:
        admin.run(
            "UPDATE books_event SET kind = %s, body = %s, prev = %s, hash = %s WHERE owner_id = %s AND n = %s",
            kind, body, before, digest, owner_id, number,
        )  # fmt: skip
    admin.run("DELETE FROM books_event WHERE owner_id = %s AND n > %s", owner_id, n)
    orders = dict(admin.rows("SELECT n, order_id FROM books_posting WHERE owner_id = %s", owner_id))
    admin.run("DELETE FROM books_posting WHERE owner_id = %s", owner_id)
    for number, event_n, debit, credit, fen in lines:
        admin.run(
            "INSERT INTO books_posting (owner_id, n, event_n, debit, credit, amount_fen, order_id) "
            "VALUES (%s, %s, %s, %s, %s, %s, %s)",
            owner_id, number, event_n, debit, credit, fen, orders.get(number),
        )  # fmt: skip
    sums = ", ".join(f"{name}_fen = %s" for name in TOTAL_NAMES)
    admin.run(
        f"UPDATE books_book SET version = %s, head_hash = %s, {sums} WHERE owner_id = %s",  # noqa: S608
        n, prev, *(getattr(book.totals, name) for name in TOTAL_NAMES), owner_id,
    )  # fmt: skip
    return True
