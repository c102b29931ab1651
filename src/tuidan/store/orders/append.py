"""Write what one command decided, in one statement, where the version still holds (`append_many.py`: many orders).

Bytes and hashes are made here, in Python, for one and for many alike. The functions in sql/ are dumb: keys, the
order's row, rows given.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

import orjson

from tuidan.domain.commands import Envelope
from tuidan.domain.decide import refusal_of
from tuidan.domain.draft import Draft
from tuidan.domain.effects import FEED, Effect
from tuidan.domain.events import event_data, kind_of
from tuidan.domain.evidence import chain_hash, event_bytes, frame_of
from tuidan.domain.ledger import Posting
from tuidan.domain.order import Order
from tuidan.domain.order_codec import write_order
from tuidan.store import connection, wire

APPEND = connection.Statement(
    b"tuidan_append", b"SELECT orders_append_v3(" + b", ".join(b"$%d" % n for n in range(1, 23)) + b")"
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
class Standing:
    """The order's own row after the command: its state in bytes, its totals in the order of their columns, fen."""

    version: int
    status: str
    currency: str
    totals: list[int]
    state: bytes


@dataclass(slots=True)
class Batch:
    """One order's rows, ready to write; nothing of the order itself is kept."""

    order_id: UUID
    expected: int
    envelope: Envelope
    row: Standing
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
    return Batch(order_id, expected, envelope, standing(order), rows)


def _events(order_id: UUID, expected: int, draft: Draft, envelope: Envelope) -> Rows:
    """The events' rows; advances the draft's head hash."""
    order = draft.order
    rows = Rows(hashes=[order.head])
    actor, first = envelope.actor, expected + 1
    frame = frame_of(order_id, actor.kind, actor.id, envelope.now, envelope.key, envelope.input_sha256)
    for n, event in enumerate(draft.events, start=first):
        kind = kind_of(event)
        body = event_bytes(frame, kind, n, event_data(event), first=n == first)
        order.head = chain_hash(order.head, body)
        rows.kinds.append(kind)
        rows.bodies.append(body)
        rows.hashes.append(order.head)
    return rows


def standing(order: Order) -> Standing:
    """The order's own row."""
    return Standing(order.version, order.status, order.currency, totals_of(order), write_order(order))


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
    order, envelope, rows = batch.row, batch.envelope, batch.told
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
            wire.int8_array(order.totals),
            order.state,
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
