"""Orders that the log does not have yet: those from before there was a log, and after rows were lost."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from tuidan.store import connection
from tuidan.store.log.append import append_heads

NEXT = "SELECT order_id FROM orders_order WHERE order_id > %s ORDER BY order_id LIMIT %s"
ORDERS_MAX = 10_000


def catch_up(progress: Callable[[int], None] = lambda orders: None) -> int:
    """Log the head of every order that is not logged; gives how many leaves were added. May be done at any time."""
    last, added = UUID(int=0), 0
    while page := [order_id for (order_id,) in connection.fetch_all(NEXT, (last, ORDERS_MAX))]:
        added += append_heads(page)
        progress(len(page))
        last = page[-1]
    return added
