"""Hold the books against themselves and against the orders: chains, totals, lines, and what passed between.

An order whose money step still waits in its outbox is on the way, and is not compared yet.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

import orjson

from tuidan.domain.books.accounts import TOTAL_NAMES
from tuidan.domain.books.book import Book, evolve
from tuidan.domain.books.events import read_book_event
from tuidan.domain.evidence import GENESIS, chain_hash
from tuidan.store import connection
from tuidan.store.audit.difference import Difference
from tuidan.store.books.append import POSTINGS_PER_EVENT

BOOKS = """
SELECT owner_id, version, head_hash, kind, named, order_fen_max, taken_in_fen, brought_fen, owed_fen, payable_fen,
    held_fen, reserve_fen, deposit_fen, paid_out_fen, claimed_fen, limit_fen, available_fen, out_fen, borne_fen
FROM books_book WHERE owner_id > %s ORDER BY owner_id LIMIT 1
"""
EVENTS = """
SELECT n, kind, body, prev, hash FROM books_event WHERE owner_id = %s AND n > %s ORDER BY n LIMIT %s
"""
POSTINGS = """
SELECT n, event_n, debit, credit, amount_fen FROM books_posting
WHERE owner_id = %s AND event_n > %s AND event_n <= %s ORDER BY n
"""
STRAYS = "SELECT count(*) FROM books_posting WHERE owner_id = %s AND event_n > %s"
LEAVES = "SELECT n, hash FROM log_leaf WHERE order_id = %s AND n > %s AND n <= %s"
BEYOND = "SELECT count(*) FROM log_leaf WHERE order_id = %s AND n > %s"
EVENTS_MAX = 2_000
Line = tuple[int, int, str, str, int]


def audit_books() -> Iterator[Difference]:
    """Every book by itself, in bounded memory: the chain, each line, the totals and the row's columns."""
    last = UUID(int=0)
    while (row := connection.fetch_one(BOOKS, (last,))) is not None:
        last = row[0]
        yield from _audit_book(_Kept(row[0], row[1], bytes(row[2]), row[3], row[4], row[5], list(row[6:])))


@dataclass(slots=True)
class _Kept:
    """A book's row as it is stored."""

    owner: UUID
    version: int
    head: bytes
    kind: str
    named: bool
    order_fen_max: int
    totals: list[int]


@dataclass(slots=True)
class _Walk:
    """How far a book was read, and what its events have made so far."""

    book: Book = field(default_factory=Book)
    head: bytes = GENESIS
    n: int = 0


def _audit_book(kept: _Kept) -> Iterator[Difference]:
    walk = _Walk()
    while walk.n < kept.version:
        page = connection.fetch_all(EVENTS, (kept.owner, walk.n, EVENTS_MAX))
        fault = _fault(walk, page)
        if fault:
            yield Difference(kept.owner, "book_event_changed", fault)
            return
        yield from _leaves(kept, walk, page)
        yield from _lines(kept, walk, page)
        walk.head, walk.n = bytes(page[-1][4]), page[-1][0]
    if walk.head != kept.head or walk.n != kept.version:
        yield Difference(kept.owner, "book_event_changed", walk.n)
    beyond = connection.fetch_one(BEYOND, (kept.owner, kept.version))
    if beyond and beyond[0]:
        yield Difference(kept.owner, "book_leaf_differs", kept.version + 1)
    told = walk.book
    wanted = {"named": told.named, "order_fen_max": told.order_fen_max}
    wanted |= {name: getattr(told.totals, name) for name in TOTAL_NAMES}
    have = {"named": kept.named, "order_fen_max": kept.order_fen_max}
    have |= dict(zip(TOTAL_NAMES, kept.totals, strict=True))
    for name, value in wanted.items():
        if have[name] != value:
            data = {"total": name, "kept": have[name], "wanted": value}
            yield Difference(kept.owner, "book_total_differs", 0, data)
    fault_name = told.totals.fault()
    if fault_name:
        yield Difference(kept.owner, "invariant_broken", 0, {"invariant": fault_name})
    strays = connection.fetch_one(STRAYS, (kept.owner, kept.version))
    if strays and strays[0]:
        yield Difference(kept.owner, "book_line_differs", kept.version + 1)


def _fault(walk: _Walk, page: list[tuple]) -> int:
    """The number of the first event that is missing or was changed; 0 when this page goes on from the last."""
    expected, before = walk.n, walk.head
    for n, kind, body, prev, digest in page:
        expected += 1
        told = orjson.loads(bytes(body))
        if n != expected or bytes(prev) != before or bytes(digest) != chain_hash(before, bytes(body)):
            return expected
        if (told["n"], told["kind"]) != (n, kind):
            return n
        before = bytes(digest)
    return 0 if page else walk.n + 1


def _leaves(kept: _Kept, walk: _Walk, page: list[tuple]) -> Iterator[Difference]:
    """Hold a page of events against the leaves that the log has of this book."""
    hashes = {n: bytes(digest) for n, _, _, _, digest in page}
    for n, digest in connection.fetch_all(LEAVES, (kept.owner, walk.n, page[-1][0])):
        if hashes[n] != bytes(digest):
            yield Difference(kept.owner, "book_leaf_differs", n)


def _lines(kept: _Kept, walk: _Walk, page: list[tuple]) -> Iterator[Difference]:
    """Fold a page of events, and hold the stored lines against those that they make."""
    wanted: dict[int, Line] = {}
    for n, kind, body, _, _ in page:
        event = read_book_event(kind, orjson.loads(bytes(body))["data"])
        for place, posting in enumerate(evolve(walk.book, event, n)):
            number = n * POSTINGS_PER_EVENT + place
            wanted[number] = (number, n, posting.debit, posting.credit, posting.amount_fen)
    walk.book.items.clear()  # held against the orders, a page of them at a time
    stored = connection.fetch_all(POSTINGS, (kept.owner, walk.n, page[-1][0]))
    have: dict[int, Line] = {line[0]: line for line in stored}
    for number in sorted(wanted.keys() | have.keys()):
        if wanted.get(number) != have.get(number):
            yield Difference(kept.owner, "book_line_differs", number)
