"""What orders handed over to their sellers, read from the orders' own postings."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from tuidan.domain.books.commands import Arrival
from tuidan.domain.ledger import SETTLED_OUT
from tuidan.store import connection

SETTLED = """
SELECT o.seller_id, p.order_id, p.event_n, p.amount_fen
FROM unnest(%s::uuid[], %s::bigint[]) AS w(order_id, event_n)
JOIN orders_posting p ON p.order_id = w.order_id AND p.event_n = w.event_n
JOIN orders_order o ON o.order_id = p.order_id
WHERE p.credit = %s ORDER BY o.seller_id, p.order_id, p.event_n
"""
OF_ORDER = "SELECT event_n, amount_fen FROM orders_posting WHERE order_id = %s AND credit = %s ORDER BY n"


def settled_by(order_id: UUID) -> tuple[Arrival, ...]:
    """All that one order made its seller's so far."""
    found = connection.fetch_all(OF_ORDER, (order_id, SETTLED_OUT))
    return tuple(Arrival(str(order_id), event_n, amount) for event_n, amount in found)


def settled_to_sellers(works: Sequence[tuple[UUID, int]]) -> dict[UUID, tuple[Arrival, ...]]:
    """By seller, what these events (order, event number) made the seller's."""
    found: dict[UUID, list[Arrival]] = {}
    told = ([order_id for order_id, _ in works], [n for _, n in works], SETTLED_OUT)
    for seller, order_id, event_n, amount in connection.fetch_all(SETTLED, told):
        found.setdefault(seller, []).append(Arrival(str(order_id), event_n, amount))
    return {seller: tuple(arrivals) for seller, arrivals in found.items()}
