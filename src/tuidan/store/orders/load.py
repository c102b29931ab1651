"""Read one order for a decision: state, version and an earlier command with the same key, in one statement.

Children are never read beside it: a version read later than its children let 200 be refunded of 100
(ADR append-with-version).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

import orjson

from tuidan.domain.events import Event, read_event
from tuidan.domain.order import Order
from tuidan.domain.order_codec import read_order
from tuidan.store import connection, wire

LOAD = connection.Statement(
    b"tuidan_load",
    b"SELECT o.version, o.head_hash, o.state, e.n, e.command_input, e.command_events "
    b"FROM orders_order o LEFT JOIN orders_event e ON e.order_id = o.order_id AND e.command_key = $1 "
    b"WHERE o.order_id = $2",
)
LOAD_MANY = connection.Statement(
    b"tuidan_load_many",
    b"SELECT o.order_id, o.version, o.head_hash, o.state, e.n "
    b"FROM orders_order o LEFT JOIN orders_event e ON e.order_id = o.order_id AND e.command_key = $1 "
    b"WHERE o.order_id = ANY($2) ORDER BY o.order_id",
)
ANSWER = "SELECT kind, body FROM orders_event WHERE order_id = %s AND n >= %s AND n < %s ORDER BY n"


class NoSuchOrder(LookupError):
    """There is no order with this id."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An earlier command with the same key: its first event, the hash of its input, how many events it made."""

    n: int
    input_sha256: bytes
    count: int


def load_order(
    order_id: UUID, key: str = "", beside: connection.Question | None = None
) -> tuple[Order, Seen | None]:
    """The order as it stands, and what the key did before; `beside` is asked on the way. Raises NoSuchOrder."""
    given = (key.encode(), order_id.bytes)
    row = (
        connection.fetch_one_with(LOAD, given, beside) if beside else connection.fetch_one_binary(LOAD, given)
    )
    if row is None:
        raise NoSuchOrder(str(order_id))
    version, head, state, n, told, count = row
    assert version is not None
    assert head is not None
    assert state is not None
    seen = Seen(wire.read_int(n), told or b"", wire.read_int(count or b"")) if n else None
    return read_order(state, wire.read_int(version), head), seen


def load_orders(order_ids: Sequence[UUID], key: str) -> Iterator[tuple[UUID, Order, bool]]:
    """Many orders in order of id, each with whether the key was used on it before; made one by one as asked for."""
    given = (key.encode(), wire.uuid_array([order_id.bytes for order_id in order_ids]))
    for order_id, version, head, state, n in connection.fetch_all_binary(LOAD_MANY, given):
        if order_id and version and head and state:  # columns that are never NULL
            yield UUID(bytes=order_id), read_order(state, wire.read_int(version), head), n is not None


def load_answer(order_id: UUID, seen: Seen) -> list[Event]:
    """The events that the first use of a key made."""
    rows = connection.fetch_all(ANSWER, (order_id, seen.n, seen.n + seen.count))
    return [read_event(kind, orjson.loads(bytes(body))["data"]) for kind, body in rows]
