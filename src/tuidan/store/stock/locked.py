"""One claim and its code, read under a lock: the start of every change after the claim. Claim first, then code."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from tuidan.domain.stock import ClaimEnd, CodeMove, CodeState, next_state

LOCK_CLAIM = """
SELECT code_id, shared, claimed_at, revealed_at, ended_as FROM stock_claim
 WHERE listing_id = %s AND order_id = %s AND unit = %s FOR UPDATE
"""
LOCK_CODE = "SELECT state FROM stock_code WHERE listing_id = %s AND code_id = %s FOR UPDATE"
MOVE_CODE = """
UPDATE stock_code SET state = %s, changed_at = %s, void_reason = %s
 WHERE listing_id = %s AND code_id = %s AND state = %s
"""
END_CLAIM = """
UPDATE stock_claim SET ended_as = %s, ended_at = %s, event_n = %s, issuer_status = %s, issuer_checked_at = %s
 WHERE listing_id = %s AND order_id = %s AND unit = %s
"""


@dataclass(frozen=True, slots=True)
class LockedClaim:
    """A claim as it stands while we hold it. `state` is None for a shared secret and for a claim without a code."""

    listing_id: UUID
    order_id: UUID
    unit: int
    code_id: UUID | None
    shared: bool
    claimed_at: datetime | None
    revealed_at: datetime | None
    ended_as: ClaimEnd | None
    state: CodeState | None


def lock_claim(listing_id: UUID, order_id: UUID, unit: int) -> LockedClaim | None:
    """Lock and read the claim, and its code when the claim still holds it. Call inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK_CLAIM, [listing_id, order_id, unit])
        row = cursor.fetchone()
        if row is None:
            return None
        code_id, shared, claimed_at, revealed_at, ended = row
        ended_as = ClaimEnd(ended) if ended else None
        state = None
        # A freed code may be another order's by now: its state is none of this claim's business.
        if not shared and ended_as in (None, ClaimEnd.VOID) and code_id is not None:
            cursor.execute(LOCK_CODE, [listing_id, code_id])
            state = CodeState(cursor.fetchone()[0])
    return LockedClaim(listing_id, order_id, unit, code_id, shared, claimed_at, revealed_at, ended_as, state)


def move_code(claim: LockedClaim, move: CodeMove, now: datetime, void_reason: str | None = None) -> None:
    """Move the claim's code by the domain's table. Raises StockRefused where the table has no such step."""
    assert claim.state is not None
    after = next_state(claim.state, move)
    with connection.cursor() as cursor:
        cursor.execute(MOVE_CODE, [after, now, void_reason, claim.listing_id, claim.code_id, claim.state])
        assert cursor.rowcount == 1, "the code was locked, so nobody else can have moved it"


def end_claim(
    claim: LockedClaim,
    end: ClaimEnd,
    now: datetime,
    event_n: int | None = None,
    issuer_status: str | None = None,
    issuer_checked_at: datetime | None = None,
) -> None:
    """Write why and when the claim ended; its row stays and bars another claim for the unit."""
    with connection.cursor() as cursor:
        cursor.execute(
            END_CLAIM,
            [
                end,
                now,
                event_n,
                issuer_status,
                issuer_checked_at,
                claim.listing_id,
                claim.order_id,
                claim.unit,
            ],
        )
