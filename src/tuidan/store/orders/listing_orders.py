"""The paid orders of one listing, in bounded pages by id; for an operator's command, never for a page."""

from __future__ import annotations

from uuid import UUID

from tuidan.store import connection

PAGE = """
SELECT order_id FROM orders_order
WHERE order_id > %s AND listing_id = %s AND status = 'paid' ORDER BY order_id LIMIT %s
"""


def paid_orders_of_listing(listing_id: UUID, after: UUID, rows_max: int) -> list[UUID]:
    """The next ids after `after`, in order of id, at most `rows_max`."""
    return [order_id for (order_id,) in connection.fetch_all(PAGE, (after, listing_id, rows_max))]
