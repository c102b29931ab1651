"""Write many orders in one statement, each complete in itself; the rows are those that `append.py` made for each.

They leave as columns: one array for each argument of the function in sql/, one element a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import orjson

from tuidan.store import connection, wire
from tuidan.store.orders.append import ROWS_PER_EVENT, Batch

APPEND_MANY = connection.Statement(
    b"tuidan_append_many",
    b"SELECT orders_append_many_v3(" + b", ".join(b"$%d" % n for n in range(1, 43)) + b")",
)


def append_many(batches: Sequence[Batch], now: datetime) -> set[UUID]:
    """Write many orders in one transaction; gives those that were written, for others were changed meanwhile."""
    columns = [
        wire.moment(now),
        *_order_columns(batches),
        *_event_columns(batches),
        *_posting_columns(batches),
        *_outbox_columns(batches),
        _rest(batches),
    ]
    told = {written for (written,) in connection.fetch_all_binary(APPEND_MANY, columns)}
    return {batch.order_id for batch in batches if batch.order_id.bytes in told}


def _order_columns(batches: Sequence[Batch]) -> list[bytes]:
    rows = [batch.row for batch in batches]
    return [
        wire.uuid_array([batch.order_id.bytes for batch in batches]),
        wire.int8_array([batch.expected for batch in batches]),
        wire.int8_array([row.version for row in rows]),
        wire.hash_array([batch.told.hashes[-1] for batch in batches]),
        wire.word_array([row.status for row in rows]),
        *(wire.int8_array(column) for column in zip(*[row.totals for row in rows], strict=True)),
        wire.text_array([row.state for row in rows]),
    ]


def _event_columns(batches: Sequence[Batch]) -> list[bytes]:
    orders: list[bytes] = []
    numbers: list[int] = []
    kinds: list[str | None] = []
    bodies: list[bytes | None] = []
    before: list[bytes] = []
    after: list[bytes] = []
    keys: list[str | None] = []
    inputs: list[bytes | None] = []
    counts: list[int] = []
    for batch in batches:
        told, first = batch.told, batch.expected + 1
        count = len(told.kinds)
        others = [None] * (count - 1)  # the first event of a command carries its key
        orders += [batch.order_id.bytes] * count
        numbers += range(first, first + count)
        kinds += told.kinds
        bodies += told.bodies
        before += told.hashes[:-1]
        after += told.hashes[1:]
        keys.append(batch.envelope.key)
        keys += others
        inputs.append(bytes.fromhex(batch.envelope.input_sha256))
        inputs += others
        counts += [count] * count
    return [
        wire.uuid_array(orders),
        wire.int8_array(numbers),
        wire.word_array(kinds),
        wire.bytea_array(bodies),
        wire.hash_array(before),
        wire.hash_array(after),
        wire.word_array(keys),
        wire.bytea_array(inputs),
        wire.int8_array(counts),
    ]


def _posting_columns(batches: Sequence[Batch]) -> list[bytes]:
    orders: list[bytes] = []
    numbers: list[int] = []
    currencies: list[str | None] = []
    postings = [told for batch in batches for told in batch.told.postings]
    for batch in batches:
        count, first = len(batch.told.postings), batch.row.version * ROWS_PER_EVENT
        orders += [batch.order_id.bytes] * count
        numbers += range(first, first + count)
        currencies += [batch.row.currency] * count
    return [
        wire.uuid_array(orders),
        wire.int8_array(numbers),
        wire.int8_array([event for event, _ in postings]),
        wire.word_array([posting.debit for _, posting in postings]),
        wire.word_array([posting.credit for _, posting in postings]),
        wire.int8_array([posting.amount_fen for _, posting in postings]),
        wire.word_array(currencies),
    ]


def _outbox_columns(batches: Sequence[Batch]) -> list[bytes]:
    orders: list[bytes] = []
    numbers: list[int] = []
    effects = [effect for batch in batches for effect in batch.told.outbox]
    for batch in batches:
        count, first = len(batch.told.outbox), batch.row.version * ROWS_PER_EVENT
        orders += [batch.order_id.bytes] * count
        numbers += range(first, first + count)
    return [
        wire.uuid_array(orders),
        wire.int8_array(numbers),
        wire.word_array([effect.kind for effect in effects]),
        wire.int8_array([effect.target for effect in effects]),
        wire.int8_array([effect.delay_seconds for effect in effects]),
    ]


def _rest(batches: Sequence[Batch]) -> bytes | None:
    """The rarer rows of all orders, each with its order in front; None when there are none."""
    found: dict[str, list[list[object]]] = {}
    for batch in batches:
        for name, rows in batch.told.rest.items():
            found.setdefault(name, []).extend([str(batch.order_id), *row] for row in rows)
    return orjson.dumps(found) if found else None
