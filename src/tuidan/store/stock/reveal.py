"""Open a claimed code: to show it to its buyer (one way), or to ask the issuer about it (never shown)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from tuidan.domain.card_code import PlainCode
from tuidan.domain.stock import ClaimEnd, CodeMove, StockNo, StockRefused
from tuidan.store.stock.keys import vault
from tuidan.store.stock.locked import LockedClaim, lock_claim, move_code
from tuidan.store.stock.vault import Sealed

SEALED_UNIQUE = "SELECT key_id, ciphertext FROM stock_code WHERE listing_id = %s AND code_id = %s"
SEALED_SHARED = "SELECT key_id, ciphertext FROM stock_shared_secret WHERE listing_id = %s AND code_id = %s"
SELLER_UNIQUE = "SELECT seller_id FROM stock_code WHERE listing_id = %s AND code_id = %s"
SELLER_SHARED = "SELECT seller_id FROM stock_shared_secret WHERE listing_id = %s AND code_id = %s"
SEALS_UNIQUE = """
SELECT code_id, encode(sha256(ciphertext), 'hex') FROM stock_code WHERE listing_id = %s AND code_id = ANY(%s)
"""
SEALS_SHARED = """
SELECT code_id, encode(sha256(ciphertext), 'hex') FROM stock_shared_secret WHERE listing_id = %s AND code_id = ANY(%s)
"""
MARK_SHOWN = """
UPDATE stock_claim SET revealed_at = %s WHERE listing_id = %s AND order_id = %s AND unit = %s
"""


@dataclass(frozen=True, slots=True)
class OpenedCode:
    """A code in the clear that nobody has seen yet, and its keyed fingerprint (32 bytes, tells nothing by itself)."""

    code: PlainCode
    fingerprint: bytes


def seals_of(listing_id: UUID, codes: Sequence[UUID], *, shared: bool) -> dict[UUID, str]:
    """SHA-256 (hex) of what lies sealed in the vault for these codes, so that it can be told apart from another."""
    with connection.cursor() as cursor:
        cursor.execute(SEALS_SHARED if shared else SEALS_UNIQUE, [listing_id, list(codes)])
        return dict(cursor.fetchall())


def open_to_show(listing_id: UUID, order_id: UUID, unit: int) -> OpenedCode:
    """Open the unit's code without marking anything: the caller commits the reveal first and shows it only then.

    Raises StockRefused (`claim_unknown`, `claim_ended`, `code_void`), VaultError.
    """
    with transaction.atomic():
        claim = _opened(listing_id, order_id, unit)
        code = _code(claim)
        with connection.cursor() as cursor:
            cursor.execute(SELLER_SHARED if claim.shared else SELLER_UNIQUE, [listing_id, claim.code_id])
            (seller_id,) = cursor.fetchone()
    return OpenedCode(code, vault().fingerprint(seller_id, code))


def reveal_code(listing_id: UUID, order_id: UUID, unit: int, now: datetime) -> PlainCode:
    """The unit's code in the clear. Stock marks it as shown before anybody sees it, and that mark is one way.

    Call it after the order's reveal event is committed, and outside any transaction: the mark is committed on return.
    May be called again; the first time is kept. A void code opens only if it was shown before it became void.
    Raises StockRefused (`claim_unknown`, `claim_ended`, `code_void`), VaultError (then nothing is marked).
    """
    with transaction.atomic():
        claim = _opened(listing_id, order_id, unit)
        code = _code(claim)
        if claim.revealed_at is None:
            if not claim.shared:
                move_code(claim, CodeMove.REVEAL, now)
            with connection.cursor() as cursor:
                cursor.execute(MARK_SHOWN, [now, listing_id, order_id, unit])
    return code


def open_for_issuer(listing_id: UUID, order_id: UUID, unit: int) -> PlainCode:
    """The unit's code for a question to the issuer. It must not reach any person, and it is not marked as shown.

    Raises StockRefused (`claim_unknown`, `claim_ended`), VaultError.
    """
    with transaction.atomic():
        claim = lock_claim(listing_id, order_id, unit)
        if claim is None or claim.code_id is None:
            raise StockRefused(StockNo.CLAIM_UNKNOWN)
        if claim.ended_as not in (None, ClaimEnd.VOID):
            raise StockRefused(StockNo.CLAIM_ENDED, ended_as=claim.ended_as)
        return _code(claim)


def _opened(listing_id: UUID, order_id: UUID, unit: int) -> LockedClaim:
    claim = lock_claim(listing_id, order_id, unit)
    if claim is None:
        raise StockRefused(StockNo.CLAIM_UNKNOWN)
    if claim.ended_as is ClaimEnd.VOID and claim.revealed_at is None:
        raise StockRefused(StockNo.CODE_VOID)
    if claim.ended_as not in (None, ClaimEnd.VOID):
        raise StockRefused(StockNo.CLAIM_ENDED, ended_as=claim.ended_as)
    return claim


def _code(claim: LockedClaim) -> PlainCode:
    assert claim.code_id is not None, "a live claim holds a code"
    with connection.cursor() as cursor:
        cursor.execute(SEALED_SHARED if claim.shared else SEALED_UNIQUE, [claim.listing_id, claim.code_id])
        row = cursor.fetchone()
    assert row is not None, "codes are never deleted"
    return vault().open(claim.listing_id, claim.code_id, Sealed(row[0], bytes(row[1])))
