"""What can be asked of the order as a whole."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain.membership import MembershipTerms
from tuidan.domain.service import ServiceTerms


@dataclass(frozen=True, slots=True)
class PlaceOrder:
    """Place an order on a listing as shown; `terms` is the snapshot the buyer confirmed (S-101, 电商法49)."""

    terms: Terms
    quantity: int
    no_reason_excluded_confirmed: bool
    own_account: bool
    account_proof: str
    policy_sha256: str
    snapshot_sha256: str
    declared_adult: bool = False
    coupon_id: str = ""
    coupon_fen: int = 0


@dataclass(frozen=True, slots=True)
class Terms:
    """What binds the order later, copied from the listing at placing."""

    buyer_id: str
    seller_id: str
    listing_id: str
    seller_type: str
    goods_kind: str
    delivery_mode: str
    settlement: str
    currency: str
    price_fen: int
    face_fen: int
    stock_kind: str
    supplier: str
    issuer: str
    promised_seconds: int
    hold_seconds: int
    expires_seconds: int
    duration_days: int = 0
    usual_promise: bool = False
    service: ServiceTerms | None = None
    membership: MembershipTerms | None = None


@dataclass(frozen=True, slots=True)
class ExpireOrder:
    """The time to pay is over (timer)."""


@dataclass(frozen=True, slots=True)
class ConfirmReceipt:
    """The buyer confirms; releases the escrow and does not cure defects (法释〔2022〕8号 1)."""


@dataclass(frozen=True, slots=True)
class ReleaseEscrow:
    """The hold time is over (timer)."""
