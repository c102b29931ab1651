"""Hold the tables of the stock against each other: every code in one place, nothing shown is for sale."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from tuidan.store.stock.keys import vault
from tuidan.store.stock.vault import Sealed, VaultError

SEALS_PAGE = 5_000

# Each part names what must never be found. %(listing)s is NULL to look at every listing.
DIFFERENCES = """
SELECT 'for_sale_but_not_free', f.listing_id, f.code_id
  FROM stock_free f LEFT JOIN stock_code k USING (listing_id, code_id)
 WHERE k.state IS DISTINCT FROM 'free' AND coalesce(f.listing_id = %(listing)s::uuid, true)
UNION ALL
SELECT 'free_but_not_for_sale', k.listing_id, k.code_id
  FROM stock_code k LEFT JOIN stock_free f USING (listing_id, code_id)
 WHERE k.state = 'free' AND f.code_id IS NULL AND coalesce(k.listing_id = %(listing)s::uuid, true)
UNION ALL
SELECT 'shown_but_for_sale', c.listing_id, c.code_id
  FROM stock_claim c JOIN stock_free f USING (listing_id, code_id)
 WHERE c.revealed_at IS NOT NULL AND coalesce(c.listing_id = %(listing)s::uuid, true)
UNION ALL
SELECT 'shown_to_two', c.listing_id, c.code_id
  FROM stock_claim c
 WHERE c.revealed_at IS NOT NULL AND NOT c.shared AND coalesce(c.listing_id = %(listing)s::uuid, true)
 GROUP BY c.listing_id, c.code_id HAVING count(*) > 1
UNION ALL
SELECT 'claimed_by_nobody', k.listing_id, k.code_id
  FROM stock_code k LEFT JOIN stock_claim c
    ON c.listing_id = k.listing_id AND c.code_id = k.code_id AND c.ended_as IS NULL AND NOT c.shared
 WHERE k.state IN ('claimed', 'revealed') AND c.code_id IS NULL AND coalesce(k.listing_id = %(listing)s::uuid, true)
UNION ALL
SELECT 'claim_and_state_differ', c.listing_id, c.code_id
  FROM stock_claim c LEFT JOIN stock_code k USING (listing_id, code_id)
 WHERE c.ended_as IS NULL AND NOT c.shared AND coalesce(c.listing_id = %(listing)s::uuid, true)
   AND k.state IS DISTINCT FROM CASE WHEN c.revealed_at IS NULL THEN 'claimed' ELSE 'revealed' END
UNION ALL
SELECT 'without_fingerprint', k.listing_id, k.code_id
  FROM stock_code k LEFT JOIN stock_fingerprint p USING (listing_id, code_id)
 WHERE p.code_id IS NULL AND coalesce(k.listing_id = %(listing)s::uuid, true)
"""
SEALS = """
SELECT listing_id, code_id, key_id, ciphertext FROM (
  SELECT listing_id, code_id, key_id, ciphertext FROM stock_code
  UNION ALL SELECT listing_id, code_id, key_id, ciphertext FROM stock_shared_secret
) AS sealed
 WHERE (listing_id, code_id) > (%s, %s) AND coalesce(listing_id = %s::uuid, true)
 ORDER BY listing_id, code_id LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class StockDifference:
    """One thing that must not be: `what` is a code, with the card it was found at."""

    what: str
    listing_id: UUID
    code_id: UUID


def audit_stock(listing_id: UUID | None = None) -> list[StockDifference]:
    """Everything that does not add up, in one look at the tables (one snapshot); None: every listing."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENCES, {"listing": listing_id})
        return [StockDifference(*row) for row in cursor.fetchall()]


def audit_seals(listing_id: UUID | None = None) -> Iterator[StockDifference]:
    """Open every code, in pages, and name those that do not open: `unknown_key` or `broken_seal`."""
    safe = vault()
    last = (UUID(int=0), UUID(int=0))
    while page := _page(last, listing_id):
        for listing, code_id, key_id, ciphertext in page:
            try:
                safe.open(listing, code_id, Sealed(key_id, bytes(ciphertext)))
            except VaultError as error:
                yield StockDifference(error.code, listing, code_id)
        last = (page[-1][0], page[-1][1])


def _page(last: tuple[UUID, UUID], listing_id: UUID | None) -> list[tuple[UUID, UUID, str, bytes]]:
    with connection.cursor() as cursor:
        cursor.execute(SEALS, [*last, listing_id, SEALS_PAGE])
        return cursor.fetchall()
