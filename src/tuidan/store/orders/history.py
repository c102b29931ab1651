"""Past orders with their events, page by page, for asking about them again: read-only, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import orjson
from django.db import transaction

from tuidan.domain.events import Event, read_event
from tuidan.store import connection

PAGE_ORDERS_MAX = 200
LAST_ID = UUID(int=2**128 - 1)
COUNT = "SELECT count(*) FROM orders_order"
EARLIER_IDS = "SELECT order_id FROM orders_order WHERE order_id < %s ORDER BY order_id DESC LIMIT %s"
EVENTS = "SELECT order_id, n, body FROM orders_event WHERE order_id = ANY(%s) ORDER BY order_id DESC, n"
READ_ONLY = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"


def count_orders() -> int:
    """How many orders there are."""
    row = connection.fetch_one(COUNT, ())
    return int(row[0]) if row else 0


def pages_of_events() -> Iterator[list[tuple[UUID, list[bytes]]]]:
    """Pages of orders, the newest first, each with the bytes of its events in order. Each page is one moment."""
    last = LAST_ID
    while True:
        with transaction.atomic(durable=True):
            connection.run(READ_ONLY, ())
            ids = [order_id for (order_id,) in connection.fetch_all(EARLIER_IDS, (last, PAGE_ORDERS_MAX))]
            found: dict[UUID, list[bytes]] = {order_id: [] for order_id in ids}
            for order_id, _, body in connection.fetch_all(EVENTS, (ids,)):
                found[order_id].append(bytes(body))
        if not ids:
            return
        yield list(found.items())
        last = ids[-1]


def read_told(body: bytes) -> tuple[int, Event, datetime]:
    """An event's number, the event and its moment from its bytes. Raises ValueError, LookupError or TypeError."""
    told = orjson.loads(body)
    return told["n"], read_event(told["kind"], told["data"]), datetime.fromisoformat(told["at"])
