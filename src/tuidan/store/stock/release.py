"""Take a code away from an order: freed before delivery, returned sealed, or void for ever.

A shown code never becomes free (complaint B12). Every function here may be called again with the same effect.
"""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from tuidan.domain.stock import (
    ClaimEnd,
    CodeMove,
    IssuerCheck,
    StockNo,
    StockRefused,
    check_for_return,
)
from tuidan.store.stock.claim import is_unique_violation
from tuidan.store.stock.locked import LockedClaim, end_claim, lock_claim, move_code

BAR = """
INSERT INTO stock_claim (listing_id, order_id, unit, shared, tail, ended_as, ended_at, event_n)
VALUES (%s, %s, %s, false, '', %s, %s, %s)
"""
ENDED = "SELECT ended_as FROM stock_claim WHERE listing_id = %s AND order_id = %s AND unit = %s"
PUT_BACK = "INSERT INTO stock_free (listing_id, code_id) VALUES (%s, %s)"
TAKE_FREE = "DELETE FROM stock_free WHERE listing_id = %s AND code_id = %s"
VOID_FREE = """
UPDATE stock_code SET state = 'void', changed_at = %s, void_reason = %s
 WHERE listing_id = %s AND code_id = %s AND state = 'free'
"""


def free_claim(listing_id: UUID, order_id: UUID, unit: int, event_n: int, now: datetime) -> bool:
    """Put an undelivered code back on sale. `event_n` is the order's committed event that bars its delivery.

    The unit can never claim again, also where nothing was claimed yet: a worker that comes late finds the bar.
    False when it was freed before. Raises StockRefused (`code_revealed`, `code_void`, `claim_ended`).
    """
    try:
        with transaction.atomic():
            claim = lock_claim(listing_id, order_id, unit)
            if claim is None:
                with connection.cursor() as cursor:
                    cursor.execute(BAR, [listing_id, order_id, unit, ClaimEnd.FREED, now, event_n])
                return True
            return _free(claim, event_n, now)
    except IntegrityError as error:
        if not is_unique_violation(error):
            raise
    # A claim was committed between our look and our bar; now it can be locked.
    return free_claim(listing_id, order_id, unit, event_n, now)


def return_to_stock(
    listing_id: UUID, order_id: UUID, unit: int, event_n: int, check: IssuerCheck, now: datetime
) -> bool:
    """Put a delivered but never shown code back on sale after the issuer confirmed it unused.

    `event_n` is the order's event that bars showing it (the refund); `check.checked_at` must lie between claim and
    now. A claim on a shared secret just ends, the secret never left. False when it was returned before.
    Raises StockRefused (`claim_unknown`, `claim_ended`, `code_revealed`, `code_void`, `issuer_not_unused`,
    `issuer_check_stale`).
    """
    with transaction.atomic():
        claim = _held(listing_id, order_id, unit, ClaimEnd.RETURNED)
        if claim is None:
            return False
        _refuse_shown(claim)
        if not claim.shared:
            assert claim.claimed_at is not None
            check_for_return(check, claim.claimed_at, now)
            _put_back(claim, CodeMove.RETURN, now)
        end_claim(claim, ClaimEnd.RETURNED, now, event_n, check.status, check.checked_at)
        return True


def void_code(listing_id: UUID, order_id: UUID, unit: int, reason: str, now: datetime) -> bool:
    """Take the unit's code off sale for ever, shown or not; `reason` is a code such as `refunded`, `dead`.

    A shared secret stays for its other buyers, only this claim ends. False when it was void before.
    Raises StockRefused (`claim_unknown`, `claim_ended`).
    """
    with transaction.atomic():
        claim = _held(listing_id, order_id, unit, ClaimEnd.VOID)
        if claim is None:
            return False
        if not claim.shared:
            move_code(claim, CodeMove.VOID, now, reason)
        end_claim(claim, ClaimEnd.VOID, now)
        return True


def claim_end(listing_id: UUID, order_id: UUID, unit: int) -> ClaimEnd | None:
    """How the unit's claim ended; None while it is live and where there is none."""
    with connection.cursor() as cursor:
        cursor.execute(ENDED, [listing_id, order_id, unit])
        row = cursor.fetchone()
    return ClaimEnd(row[0]) if row is not None and row[0] is not None else None


def void_free_code(listing_id: UUID, code_id: UUID, reason: str, now: datetime) -> None:
    """Withdraw a code that nobody has claimed. Raises StockRefused (`code_not_free`) when it is not free any more."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(TAKE_FREE, [listing_id, code_id])
        if cursor.rowcount != 1:
            raise StockRefused(StockNo.CODE_NOT_FREE)
        cursor.execute(VOID_FREE, [now, reason, listing_id, code_id])
        assert cursor.rowcount == 1, "a code among the free ones has the state free"


def _free(claim: LockedClaim, event_n: int, now: datetime) -> bool:
    if claim.ended_as is ClaimEnd.FREED:
        return False
    _refuse_ended(claim)
    _refuse_shown(claim)
    if not claim.shared:
        _put_back(claim, CodeMove.FREE, now)
    end_claim(claim, ClaimEnd.FREED, now, event_n)
    return True


def _held(listing_id: UUID, order_id: UUID, unit: int, wanted: ClaimEnd) -> LockedClaim | None:
    """The live claim, locked; None when it has ended as wanted already."""
    claim = lock_claim(listing_id, order_id, unit)
    if claim is None:
        raise StockRefused(StockNo.CLAIM_UNKNOWN)
    if claim.ended_as is wanted:
        return None
    _refuse_ended(claim)
    return claim


def _refuse_ended(claim: LockedClaim) -> None:
    if claim.ended_as is ClaimEnd.VOID:
        raise StockRefused(StockNo.CODE_VOID)
    if claim.ended_as is not None:
        raise StockRefused(StockNo.CLAIM_ENDED, ended_as=claim.ended_as.value)


def _refuse_shown(claim: LockedClaim) -> None:
    if claim.revealed_at is not None:
        raise StockRefused(StockNo.CODE_REVEALED, revealed_at=claim.revealed_at.isoformat())


def _put_back(claim: LockedClaim, move: CodeMove, now: datetime) -> None:
    move_code(claim, move, now)
    with connection.cursor() as cursor:
        cursor.execute(PUT_BACK, [claim.listing_id, claim.code_id])
