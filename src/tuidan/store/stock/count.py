"""How a listing's stock stands, in numbers; no code is opened."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from tuidan.domain.stock import CodeState

BY_STATE = "SELECT state, count(*) FROM stock_code WHERE listing_id = %s GROUP BY state"
SHARED = "SELECT count(*) FROM stock_shared_secret WHERE listing_id = %s"
CLAIMS = "SELECT count(*) FILTER (WHERE ended_as IS NULL), count(*) FROM stock_claim WHERE listing_id = %s"
KEYS = """
SELECT key_id, count(*) FROM (
  SELECT key_id FROM stock_code WHERE listing_id = %s
  UNION ALL SELECT key_id FROM stock_shared_secret WHERE listing_id = %s
) AS sealed GROUP BY key_id ORDER BY key_id
"""


@dataclass(frozen=True, slots=True)
class StockCount:
    """Numbers of one listing: unique codes by state, shared secrets, claims live and ever, cards by master key."""

    by_state: dict[CodeState, int]
    shared_secrets: int
    claims_live: int
    claims: int
    by_key: dict[str, int]


def count_stock(listing_id: UUID) -> StockCount:
    """Count everything of one listing. Reads each of its codes' rows: for a desk, not for a shop page."""
    with connection.cursor() as cursor:
        cursor.execute(BY_STATE, [listing_id])
        found = {CodeState(state): int(count) for state, count in cursor.fetchall()}
        cursor.execute(SHARED, [listing_id])
        shared = int(cursor.fetchone()[0])
        cursor.execute(CLAIMS, [listing_id])
        live, claims = cursor.fetchone()
        cursor.execute(KEYS, [listing_id, listing_id])
        by_key = {key: int(count) for key, count in cursor.fetchall()}
    return StockCount(
        {state: found.get(state, 0) for state in CodeState}, shared, int(live), int(claims), by_key
    )
