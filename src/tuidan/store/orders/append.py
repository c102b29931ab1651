"""Write what one command decided, in one statement, where the version still holds; or many orders at once.

Bytes and hashes are made here, in Python, for one and for many alike. The functions in sql/ are dumb: keys, the
order's row, rows given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

import orjson

from tuidan.domain.commands import Envelope
from tuidan.domain.decide import refusal_of
from tuidan.domain.draft import Draft
from tuidan.domain.effects import FEED, Effect
from tuidan.domain.events import event_data, kind_of
from tuidan.domain.evidence import canonical_bytes, chain_hash
from tuidan.domain.ledger import Posting
from tuidan.domain.order import Order
from tuidan.domain.order_codec import write_order
from tuidan.store import connection, wire

APPEND = connection.Statement(
    b"tuidan_append", b"SELECT orders_append_v3(" + b", ".join(b"$%d" % n for n in range(1, 23)) + b")"
)
APPEND_MANY = connection.Statement(
    b"tuidan_append_many",
    b"SELECT orders_append_many_v3(" + b", ".join(b"$%d" % n for n in range(1, 43)) + b")",
)
ROWS_PER_EVENT = 64
FEED_ROW = Effect(FEED)


@dataclass(frozen=True, slots=True)
class Placing:
    """What only the first append of an order carries: the snapshot's bytes and the erasable personal part."""

    body: bytes
    personal: dict[str, str]


@dataclass(slots=True)
class Rows:
    """The rows beside the order's own: events with the hashes before, between and after them, postings, outbox.

    `rest` are the rarer ones by a short name, as the functions in sql/ take them.
    """

    kinds: list[str] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    hashes: list[bytes] = field(default_factory=list)
    postings: list[tuple[int, Posting]] = field(default_factory=list)
    outbox: list[Effect] = field(default_factory=list)
    rest: dict[str, list[list[object]]] = field(default_factory=dict)


@dataclass(slots=True)
class Batch:
    """One order's rows, ready to write."""

    order_id: UUID
    expected: int
    envelope: Envelope
    order: Order
    told: Rows = field(default_factory=Rows)


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
    rows = _events(order_id, expected, draft, envelope)
    rows.postings = draft.postings
    rows.outbox = [FEED_ROW, *draft.effects]
    first, rest = order.version * ROWS_PER_EVENT, rows.rest
    if draft.timers:
        rest["t"] = [
            [first + i, timer.kind, timer.target, timer.due_at.isoformat()]
            for i, timer in enumerate(draft.timers)
        ]
    if draft.opened:
        rest["a"] = [[attempt.n, attempt.kind, attempt.target] for attempt in draft.opened]
    if draft.closed:
        rest["c"] = [[attempt.n, attempt.status] for attempt in draft.closed]
    if words and not refusal_of(draft.events):  # the event of a refusal proves no words
        rest["w"] = [[expected + 1, words]]
    if envelope.done_outbox:
        rest["do"] = [[n] for n in envelope.done_outbox]
    if envelope.done_timers:
        rest["dt"] = [[n] for n in envelope.done_timers]
    if placing is not None:
        rest["id"] = [[order.buyer, order.seller, order.listing]]
        rest["s"] = [[placing.body.decode(), orjson.dumps(placing.personal).decode()]]
    return Batch(order_id, expected, envelope, order, rows)


def _events(order_id: UUID, expected: int, draft: Draft, envelope: Envelope) -> Rows:
    """The events' rows; advances the draft's head hash."""
    order = draft.order
    rows = Rows(hashes=[order.head])
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
        order.head = chain_hash(order.head, body)
        rows.kinds.append(kind)
        rows.bodies.append(body)
        rows.hashes.append(order.head)
    return rows


def totals_of(order: Order) -> list[int]:
    """The order's totals in the order of their columns, fen."""
    t = order.totals
    return [
        t.received,
        t.escrow,
        t.overpaid,
        t.released,
        t.advance,
        t.refunding,
        t.refunded,
        t.suspense,
        t.chargeback,
        t.fees,
        t.receivable,
        t.charged,
        t.compensating,
    ]


def append(batch: Batch) -> bool:
    """Write one order's rows. False: somebody was first, nothing was written.

    Raises OutcomeUnknown when the line broke, psycopg's IntegrityError when the key was used meanwhile.
    """
    order, envelope, rows = batch.order, batch.envelope, batch.told
    postings, outbox = rows.postings, rows.outbox
    row = connection.fetch_one_binary(
        APPEND,
        (
            batch.order_id.bytes,
            wire.int8(batch.expected),
            wire.moment(envelope.now),
            envelope.key.encode(),
            bytes.fromhex(envelope.input_sha256),
            wire.int8(order.version),
            order.status.encode(),
            wire.int8_array(totals_of(order)),
            write_order(order),
            order.currency.encode(),
            wire.int8(order.version * ROWS_PER_EVENT),
            wire.words_array(tuple(rows.kinds)),
            wire.bytea_array(rows.bodies),
            wire.bytea_array(rows.hashes),
            wire.int8_array([n for n, _ in postings]),
            wire.words_array(tuple([posting.debit for _, posting in postings])),
            wire.words_array(tuple([posting.credit for _, posting in postings])),
            wire.int8_array([posting.amount_fen for _, posting in postings]),
            wire.words_array(tuple([effect.kind for effect in outbox])),
            wire.int8_array([effect.target for effect in outbox]),
            wire.int8_array([effect.delay_seconds for effect in outbox]),
            orjson.dumps(rows.rest) if rows.rest else None,
        ),
    )
    return row is not None and row[0] == wire.int8(order.version)


def append_many(batches: Sequence[Batch], now: datetime) -> set[UUID]:
    """Write many orders in one transaction, each complete in itself; gives those that were written."""
    orders = [batch.order for batch in batches]
    totals = zip(*(totals_of(order) for order in orders), strict=True)
    columns = [
        wire.moment(now),
        wire.uuid_array([batch.order_id for batch in batches]),
        wire.int8_array([batch.expected for batch in batches]),
        wire.int8_array([order.version for order in orders]),
        wire.bytea_array([order.head for order in orders]),
        wire.text_array([order.status for order in orders]),
        *(wire.int8_array(column) for column in totals),
        wire.text_array([write_order(order) for order in orders]),
        *_event_columns(batches),
        *_posting_columns(batches),
        *_outbox_columns(batches),
        _rest(batches),
    ]
    return {UUID(bytes=told) for (told,) in connection.fetch_all_binary(APPEND_MANY, columns)}


def _event_columns(batches: Sequence[Batch]) -> list[bytes]:
    firsts = [(batch, i) for batch in batches for i in range(len(batch.told.kinds))]
    return [
        wire.uuid_array([batch.order_id for batch, _ in firsts]),
        wire.int8_array([batch.expected + 1 + i for batch, i in firsts]),
        wire.text_array([kind for batch in batches for kind in batch.told.kinds]),
        wire.bytea_array([body for batch in batches for body in batch.told.bodies]),
        wire.bytea_array([prev for batch in batches for prev in batch.told.hashes[:-1]]),
        wire.bytea_array([head for batch in batches for head in batch.told.hashes[1:]]),
        wire.text_array([None if i else batch.envelope.key for batch, i in firsts]),
        wire.bytea_array([None if i else bytes.fromhex(batch.envelope.input_sha256) for batch, i in firsts]),
        wire.int8_array([len(batch.told.kinds) for batch, _ in firsts]),
    ]


def _posting_columns(batches: Sequence[Batch]) -> list[bytes]:
    rows = [
        (batch, batch.order.version * ROWS_PER_EVENT + i, n, posting)
        for batch in batches
        for i, (n, posting) in enumerate(batch.told.postings)
    ]
    return [
        wire.uuid_array([batch.order_id for batch, _, _, _ in rows]),
        wire.int8_array([n for _, n, _, _ in rows]),
        wire.int8_array([event for _, _, event, _ in rows]),
        wire.text_array([posting.debit for _, _, _, posting in rows]),
        wire.text_array([posting.credit for _, _, _, posting in rows]),
        wire.int8_array([posting.amount_fen for _, _, _, posting in rows]),
        wire.text_array([batch.order.currency for batch, _, _, _ in rows]),
    ]


def _outbox_columns(batches: Sequence[Batch]) -> list[bytes]:
    rows = [
        (batch.order_id, batch.order.version * ROWS_PER_EVENT + i, effect)
        for batch in batches
        for i, effect in enumerate(batch.told.outbox)
    ]
    return [
        wire.uuid_array([order_id for order_id, _, _ in rows]),
        wire.int8_array([n for _, n, _ in rows]),
        wire.text_array([effect.kind for _, _, effect in rows]),
        wire.int8_array([effect.target for _, _, effect in rows]),
        wire.int8_array([effect.delay_seconds for _, _, effect in rows]),
    ]


def _rest(batches: Sequence[Batch]) -> bytes | None:
    """The rarer rows of all orders, each with its order in front; None when there are none."""
    found: dict[str, list[list[object]]] = {}
    for batch in batches:
        for name, rows in batch.told.rest.items():
            found.setdefault(name, []).extend([str(batch.order_id), *row] for row in rows)
    return orjson.dumps(found) if found else None
