"""What lies erasable beside the events of one order: when its trade ended, whose words are there, taking them away."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson

from tuidan.domain import events as e
from tuidan.domain.order import Order
from tuidan.domain.order_codec import read_order
from tuidan.domain.retention import ENDED, NO_TRADE
from tuidan.store import connection

LAST = "SELECT max(at) FROM orders_event WHERE order_id = %s AND NOT kind = ANY(%s)"
NOTES = """
SELECT e.n, e.kind, e.body FROM orders_note w JOIN orders_event e ON e.order_id = w.order_id AND e.n = w.n
WHERE w.order_id = %s ORDER BY e.n
"""
RETENTION_KINDS = ("legal_hold_placed", "legal_hold_lifted", "words_erased")
RECORDS = "SELECT n, kind, at, body FROM orders_event WHERE order_id = %s AND kind = ANY(%s) ORDER BY n"
ALL_RECORDS = """
SELECT order_id, n, kind, at, body FROM orders_event
WHERE kind IN ('legal_hold_placed', 'legal_hold_lifted', 'words_erased') ORDER BY order_id DESC, n DESC LIMIT %s
"""
# Ids are ordered by time, so what is old enough stands at the beginning of the key.
OLDER = """
SELECT order_id, version, head_hash, state FROM orders_order
WHERE order_id > %s AND order_id < %s AND status = ANY(%s) ORDER BY order_id LIMIT %s
"""
ENDS = """
SELECT order_id, max(at) FROM orders_event WHERE order_id = ANY(%s) AND NOT kind = ANY(%s) GROUP BY order_id
"""
PAGE_ORDERS_MAX = 200


@dataclass(frozen=True, slots=True)
class KeptWords:
    """Words beside event n: of which kind it is and who wrote them."""

    n: int
    kind: str
    author: str


@dataclass(frozen=True, slots=True)
class EndedOrder:
    """An order that may be over, with the time of its last event of trade."""

    order_id: UUID
    order: Order
    ended_at: datetime


@dataclass(frozen=True, slots=True)
class RetentionRecord:
    """An event about what is kept, with who caused it and its reason in words (kept beside it, salt in front)."""

    order_id: UUID
    n: int
    kind: str
    at: datetime
    actor: str
    actor_id: str
    event: e.Event


def ended_at(order_id: UUID) -> datetime:
    """When the last thing happened that belongs to the trade."""
    row = connection.fetch_one(LAST, (order_id, list(NO_TRADE)))
    assert row is not None
    moment: datetime = row[0]
    return moment


def kept_words(order_id: UUID) -> list[KeptWords]:
    """All words that are there still, oldest first."""
    rows = connection.fetch_all(NOTES, (order_id,))
    return [KeptWords(n, kind, orjson.loads(bytes(body))["actor"]["kind"]) for n, kind, body in rows]


def retention_records(order_id: UUID) -> list[RetentionRecord]:
    """The legal holds and erasures of one order, oldest first."""
    rows = connection.fetch_all(RECORDS, (order_id, list(RETENTION_KINDS)))
    return [_read(order_id, *row) for row in rows]


def newest_records(rows_max: int) -> list[RetentionRecord]:
    """The legal holds and erasures of all orders, those of the newest orders first."""
    return [_read(*row) for row in connection.fetch_all(ALL_RECORDS, (rows_max,))]


def _read(order_id: UUID, n: int, kind: str, at: datetime, body: bytes) -> RetentionRecord:
    told = orjson.loads(bytes(body))
    event = e.read_event(kind, told["data"])
    return RetentionRecord(order_id, n, kind, at, told["actor"]["kind"], told["actor"]["id"], event)


def ended_orders(before: datetime) -> Iterator[EndedOrder]:
    """Orders placed before a moment whose status says that they are over, the oldest first, in bounded pages."""
    last, end = UUID(int=0), UUID(int=int(before.timestamp() * 1000) << 80)
    while rows := connection.fetch_all(OLDER, (last, end, sorted(ENDED), PAGE_ORDERS_MAX)):
        ids = [row[0] for row in rows]
        ends = dict(connection.fetch_all(ENDS, (ids, list(NO_TRADE))))
        for order_id, version, head, state in rows:
            yield EndedOrder(order_id, read_order(state, version, bytes(head)), ends[order_id])
        last = ids[-1]


def erase(
    order_id: UUID,
    ordered: int,
    notes: Sequence[int],
    account: bool,
    attempts: Sequence[str],
    notices: Sequence[str],
) -> int:
    """Take away what event `ordered` lets go; doing it again finds nothing. Gives how many rows were emptied."""
    row = connection.fetch_one(
        "SELECT orders_erase_v1(%s, %s, %s::bigint[], %s, %s::text[], %s::text[])",
        (order_id, ordered, list(notes), account, list(attempts), list(notices)),
    )
    assert row is not None
    return int(row[0])
