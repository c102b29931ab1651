"""The erasable words of messages, read by the key of the command that sent them."""

from __future__ import annotations

from uuid import UUID

from tuidan.store import connection

OF_KEY = """
SELECT w.words FROM orders_event e JOIN orders_note w ON w.order_id = e.order_id AND w.n = e.n
WHERE e.order_id = %s AND e.command_key = %s
"""


def words_of_key(order_id: UUID, key: str) -> str:
    """The words stored with the command of this key, salt in front; empty where there are none (any more)."""
    row = connection.fetch_one(OF_KEY, (order_id, key))
    return str(row[0]) if row else ""
