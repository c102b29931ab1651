"""Write what one command decided, in one statement, where the version still holds; or many orders at once.

Bytes and hashes are made here, in Python, for one and for many alike. The functions in sql/ are dumb: keys, the
order's row, rows given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import orjson

from tuidan.domain.commands import Envelope
from tuidan.domain.decide import refusal_of
from tuidan.domain.draft import Draft
from tuidan.domain.effects import FEED
from tuidan.domain.events import event_data, kind_of
from tuidan.domain.evidence import canonical_bytes, chain_hash
from tuidan.domain.order import Order
from tuidan.domain.order_codec import write_order
from tuidan.store import connection

APPEND = "SELECT orders_append_v1(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
APPEND_MANY = "SELECT orders_append_many_v1(%s, %s)"
ROWS_PER_EVENT = 64


@dataclass(frozen=True, slots=True)
class Placing:
    """What only the first append of an order carries: the snapshot's bytes and the erasable personal part."""

    body: bytes
    personal: dict[str, str]


@dataclass(slots=True)
class Batch:
    """One order's rows, ready to write."""

    order_id: UUID
    expected: int
    envelope: Envelope
    order: Order
    told: dict[str, object] = field(default_factory=dict)


def prepare(
    order_id: UUID,
    expected: int,
    draft: Draft,
    envelope: Envelope,
    placing: Placing | None = None,
    words: str = "",
) -> Batch:
    """Turn a draft into rows: chained events, postings, effects with one feed row, timers, attempts."""
    order = draft.order
    batch = Batch(order_id, expected, envelope, order)
    told = batch.told
    told["e"] = _events(order_id, expected, draft, envelope)
    first = order.version * ROWS_PER_EVENT
    if draft.postings:
        told["p"] = [
            [first + i, n, p.debit, p.credit, p.amount_fen, order.currency]
            for i, (n, p) in enumerate(draft.postings)
        ]
    told["o"] = [[first, FEED, 0, None]] + [
        [first + i, effect.kind, effect.target, _later(envelope.now, effect.delay_seconds)]
        for i, effect in enumerate(draft.effects, start=1)
    ]
    if draft.timers:
        told["t"] = [
            [first + i, timer.kind, timer.target, timer.due_at.isoformat()]
            for i, timer in enumerate(draft.timers)
        ]
    if draft.opened:
        told["a"] = [[attempt.n, attempt.kind, attempt.target] for attempt in draft.opened]
    if draft.closed:
        told["c"] = [[attempt.n, attempt.status] for attempt in draft.closed]
    if words and not refusal_of(draft.events):  # the event of a refusal proves no words
        told["w"] = [[expected + 1, words]]
    if envelope.done_outbox:
        told["do"] = envelope.done_outbox
    if envelope.done_timers:
        told["dt"] = envelope.done_timers
    if placing is not None:
        told["id"] = [order.buyer, order.seller, order.listing, order.currency]
        told["s"] = [placing.body.decode(), orjson.dumps(placing.personal).decode()]
    return batch


def _later(now: datetime, delay_seconds: int) -> str | None:
    return (now + timedelta(seconds=delay_seconds)).isoformat() if delay_seconds else None


def _events(order_id: UUID, expected: int, draft: Draft, envelope: Envelope) -> list[list[object]]:
    """The events' rows; advances the draft's head hash."""
    order, rows = draft.order, []
    actor = {"kind": envelope.actor.kind, "id": envelope.actor.id}
    at, text = envelope.now.isoformat(), str(order_id)
    for n, event in enumerate(draft.events, start=expected + 1):
        kind = kind_of(event)
        told: dict[str, object] = {
            "actor": actor,
            "at": at,
            "data": event_data(event),
            "kind": kind,
            "n": n,
            "order": text,
        }
        if n == expected + 1:
            told["input"] = envelope.input_sha256
            told["key"] = envelope.key
        body = canonical_bytes(told)
        prev = order.head
        order.head = chain_hash(prev, body)
        rows.append([n, kind, body.decode(), prev.hex(), order.head.hex()])
    return rows


def totals_of(order: Order) -> list[int]:
    """The order's totals in the order of their columns, fen."""
    t = order.totals
    return [t.received, t.escrow, t.overpaid, t.released, t.advance, t.refunding, t.refunded, t.suspense]


def append(batch: Batch) -> bool:
    """Write one order's rows. False: somebody was first, nothing was written.

    Raises OutcomeUnknown when the line broke, psycopg's IntegrityError when the key was used meanwhile.
    """
    order, envelope = batch.order, batch.envelope
    row = connection.fetch_one(
        APPEND,
        (
            batch.order_id,
            batch.expected,
            envelope.now,
            envelope.key,
            bytes.fromhex(envelope.input_sha256),
            order.version,
            order.head,
            order.status,
            totals_of(order),
            write_order(order).decode(),
            orjson.dumps(batch.told).decode(),
        ),
    )
    return row is not None and row[0] == order.version


def append_many(batches: Sequence[Batch], now: datetime) -> set[UUID]:
    """Write many orders in one transaction, each complete in itself; gives those that were written."""
    many = [
        {
            "id": batch.order_id,
            "x": batch.expected,
            "k": batch.envelope.key,
            "i": batch.envelope.input_sha256,
            "v": batch.order.version,
            "h": batch.order.head.hex(),
            "st": batch.order.status,
            "t": totals_of(batch.order),
            "s": write_order(batch.order).decode(),
            "d": batch.told,
        }
        for batch in batches
    ]
    rows = connection.fetch_all(APPEND_MANY, (now, orjson.dumps(many).decode()))
    return {order_id for (order_id,) in rows}
