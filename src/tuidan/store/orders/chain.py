"""The events of one order exactly as they were stored and hashed, for showing and for verifying."""

from __future__ import annotations

from uuid import UUID

from tuidan.domain.evidence import ChainLink
from tuidan.store import connection

LINKS = "SELECT n, prev, body, hash FROM orders_event WHERE order_id = %s ORDER BY n"


def load_chain(order_id: UUID) -> list[ChainLink]:
    """All links of the order's chain in their order; empty when there is no such order."""
    rows = connection.fetch_all(LINKS, (order_id,))
    return [ChainLink(n, bytes(prev), bytes(body), bytes(digest)) for n, prev, body, digest in rows]
