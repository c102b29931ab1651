"""What hangs on an order's events, in the bytes that they name: the snapshot, and words with their salts."""

from __future__ import annotations

from uuid import UUID

import orjson

from tuidan.store import connection

SNAPSHOT = "SELECT body, personal::text FROM orders_snapshot WHERE order_id = %s"
KEPT = (
    "SELECT w.n, e.kind, w.words FROM orders_note w "
    "JOIN orders_event e ON e.order_id = w.order_id AND e.n = w.n WHERE w.order_id = %s ORDER BY w.n"
)


def load_snapshot_bytes(order_id: UUID) -> tuple[bytes, dict[str, str]]:
    """The listing as confirmed at placing, byte for byte, and the erasable personal part (account and its salt)."""
    row = connection.fetch_one(SNAPSHOT, (order_id,))
    assert row is not None, "an order has its snapshot from the first append on"
    return bytes(row[0]), orjson.loads(row[1])


def load_kept_words(order_id: UUID) -> list[tuple[int, str, str]]:
    """Number, kind and words with their salt of each event of the order whose words are still there."""
    return [(int(n), str(kind), str(kept)) for n, kind, kept in connection.fetch_all(KEPT, (order_id,))]
