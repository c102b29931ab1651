"""The last 90 days of one buyer, from the board of orders: bounded, by its index, and never inside a command's append.

A board may be behind by what the worker has not projected yet; so may the history, which decides no claim alone (R13).
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from tuidan.store import connection, wire

SPAN = timedelta(days=90)
ORDERS_MAX = 200
HISTORY = connection.Statement(
    b"tuidan_history",
    b"SELECT count(*), count(*) FILTER (WHERE refund_fen > 0), coalesce(sum(misoperations), 0)::bigint "
    b"FROM (SELECT refund_fen, misoperations FROM boards_order WHERE buyer_id = $1 AND placed_at > $2 "
    b"ORDER BY placed_at DESC LIMIT $3) AS newest",
)


def history_question(buyer_id: UUID, now: datetime) -> connection.Question:
    """What is to be asked for a history, along with another statement."""
    return connection.Question(HISTORY, (buyer_id.bytes, wire.moment(now - SPAN), wire.int8(ORDERS_MAX)))


def history_told(row: list[bytes | None] | None) -> tuple[int, int, int]:
    """Orders, orders with money returned, and forgiven mistakes, of the newest ORDERS_MAX orders in 90 days."""
    assert row is not None, "a count always gives a row"
    orders, refunds, misoperations = (wire.read_int(told or b"") for told in row)
    return orders, refunds, misoperations


def history_of_buyer(buyer_id: UUID, now: datetime) -> tuple[int, int, int]:
    """The same, asked by itself."""
    asked = history_question(buyer_id, now)
    return history_told(connection.fetch_one_binary(asked.statement, asked.params))
