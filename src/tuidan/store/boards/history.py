"""The last 90 days of one buyer, from the board of orders: bounded, by its index, and never inside a command's append.

A board may be behind by what the worker has not projected yet; so may the history, which decides no claim alone (R13).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from tuidan.store import connection

SPAN = timedelta(days=90)
ORDERS_MAX = 200
HISTORY = """
SELECT count(*), count(*) FILTER (WHERE refund_fen > 0), coalesce(sum(misoperations), 0)::bigint
FROM (SELECT refund_fen, misoperations FROM boards_order WHERE buyer_id = %s AND placed_at > %s
      ORDER BY placed_at DESC LIMIT %s) AS newest
"""


def history_of_buyer(buyer_id: UUID, now: datetime) -> tuple[int, int, int]:
    """Orders, orders with money returned, and forgiven mistakes, of the newest ORDERS_MAX orders in 90 days."""
    row = connection.fetch_one(HISTORY, (buyer_id, now - SPAN, ORDERS_MAX))
    assert row is not None, "a count always gives a row"
    return row[0], row[1], row[2]
