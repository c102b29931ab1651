"""Read orders with all their rows as they stood at one moment, page by page."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import orjson
from django.db import transaction

from tuidan.domain.ledger import Posting, Totals
from tuidan.store import connection

ORDERS = """
SELECT order_id, version, head_hash, status, buyer_id::text, seller_id::text, listing_id::text, currency, placed_at,
    state, received_fen, escrow_fen, overpaid_fen, released_fen, advance_fen, refunding_fen, refunded_fen, suspense_fen,
    chargeback_fen, fees_fen, receivable_fen, charged_fen, compensating_fen
FROM orders_order WHERE order_id = ANY(%s) ORDER BY order_id
"""
EVENTS = """
SELECT order_id, n, kind, at, body, prev, hash, command_key, command_input, command_events
FROM orders_event WHERE order_id = ANY(%s) ORDER BY order_id, n
"""
POSTINGS = """
SELECT order_id, n, event_n, debit, credit, amount_fen, currency
FROM orders_posting WHERE order_id = ANY(%s) ORDER BY order_id, n
"""
SNAPSHOTS = "SELECT order_id, body, personal::text FROM orders_snapshot WHERE order_id = ANY(%s)"
WORDS = "SELECT order_id, n, words FROM orders_note WHERE order_id = ANY(%s)"
NEXT_IDS = "SELECT order_id FROM orders_order WHERE order_id > %s ORDER BY order_id LIMIT %s"
PAGE_ORDERS_MAX = 200


@dataclass(frozen=True, slots=True)
class EventRow:
    n: int
    kind: str
    at: datetime
    body: bytes
    prev: bytes
    hash: bytes
    key: str | None
    input: bytes | None
    events: int | None


@dataclass(frozen=True, slots=True)
class PostingRow:
    n: int
    event_n: int
    debit: str
    credit: str
    amount_fen: int
    currency: str

    def posting(self) -> Posting:
        return Posting(self.debit, self.credit, self.amount_fen)


@dataclass(slots=True)
class OrderRows:
    """Everything that is stored of one order."""

    order_id: UUID
    version: int
    head: bytes
    status: str
    buyer: str
    seller: str
    listing: str
    currency: str
    placed_at: datetime
    state: str
    totals: Totals
    events: list[EventRow] = field(default_factory=list)
    postings: list[PostingRow] = field(default_factory=list)
    snapshot: bytes | None = None
    words: dict[int, str] = field(default_factory=dict)
    personal: dict[str, str] = field(default_factory=dict)


@contextmanager
def one_moment() -> Iterator[None]:
    """Within the block every read sees the same moment, so that nothing written meanwhile looks like a fault."""
    with transaction.atomic(durable=True):
        connection.run("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY", ())
        yield


def count_orders() -> int:
    """How many orders there are, for a progress bar."""
    row = connection.fetch_one("SELECT count(*) FROM orders_order", ())
    return int(row[0]) if row else 0


def pages() -> Iterator[list[UUID]]:
    """The ids of all orders in bounded pages."""
    last = UUID(int=0)
    while page := [order_id for (order_id,) in connection.fetch_all(NEXT_IDS, (last, PAGE_ORDERS_MAX))]:
        yield page
        last = page[-1]


def read_rows(page: list[UUID]) -> list[OrderRows]:
    """The rows of these orders; one that does not exist is left out."""
    found: dict[UUID, OrderRows] = {}
    for order_id, version, head, *rest in connection.fetch_all(ORDERS, (page,)):
        status, buyer, seller, listing, currency, placed_at, state, *totals = rest
        found[order_id] = OrderRows(
            order_id,
            version,
            bytes(head),
            status,
            buyer,
            seller,
            listing,
            currency,
            placed_at,
            state,
            Totals(*totals),
        )
    for order_id, n, kind, at, body, prev, hashed, key, given, count in connection.fetch_all(EVENTS, (page,)):
        told = None if given is None else bytes(given)
        row = EventRow(n, kind, at, bytes(body), bytes(prev), bytes(hashed), key, told, count)
        found[order_id].events.append(row)
    for order_id, *posting in connection.fetch_all(POSTINGS, (page,)):
        found[order_id].postings.append(PostingRow(*posting))
    for order_id, body, personal in connection.fetch_all(SNAPSHOTS, (page,)):
        found[order_id].snapshot = bytes(body)
        found[order_id].personal = orjson.loads(personal)
    for order_id, n, words in connection.fetch_all(WORDS, (page,)):
        found[order_id].words[n] = words
    return list(found.values())
