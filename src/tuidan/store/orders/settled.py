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


def settled_to_sellers(works: Sequence[tuple[UUID, int]]) -> dict[UUID, tuple[Arrival, ...]]:
    """By seller, what these events (order, event number) made the seller's."""
    found: dict[UUID, list[Arrival]] = {}
    told = ([order_id for order_id, _ in works], [n for _, n in works], SETTLED_OUT)
    for seller, order_id, event_n, amount in connection.fetch_all(SETTLED, told):
        found.setdefault(seller, []).append(Arrival(str(order_id), event_n, amount))
    return {seller: tuple(arrivals) for seller, arrivals in found.items()}
