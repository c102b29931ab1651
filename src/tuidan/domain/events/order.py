"""What can happen to the order as a whole."""

from __future__ import annotations

from dataclasses import dataclass, field

from tuidan.domain.events.base import Event


@dataclass(frozen=True, slots=True)
class OrderPlaced(Event):
    """A buyer placed an order; price, terms, snapshot and policy version are fixed from here on (S-101)."""

    buyer: str
    seller: str
    listing: str
    seller_type: str
    goods_kind: str
    delivery_mode: str
    settlement: str
    currency: str
    unit_paid_fen: list[int]
    face_fen: int
    stock_kind: str
    policy_sha256: str
    snapshot_sha256: str
    promised_seconds: int
    hold_seconds: int
    expires_at: str
    supplier: str = ""
    issuer: str = ""
    duration_days: int = 0
    account_proof: str = ""
    own_account: bool = True
    no_reason_excluded_confirmed: bool = False
    usual_promise: bool = False  # the listing names no time of delivery, so the policy's own stands
    service: dict[str, object] = field(default_factory=dict)  # terms of a service, see domain/service.py
    membership: dict[str, object] = field(
        default_factory=dict
    )  # terms of a membership, see domain/membership.py
    declared_adult: bool = False
    coupon_id: str = ""
    coupon_fen: int = 0  # taken off the price; the units' shares are what is really paid (R22)


@dataclass(frozen=True, slots=True)
class OrderExpired(Event):
    """The order was not paid in time."""


@dataclass(frozen=True, slots=True)
class ReceiptConfirmed(Event):
    """The buyer said that all is well. It cures no defect (S-035)."""


@dataclass(frozen=True, slots=True)
class OrderReleased(Event):
    """The escrow became the seller's: confirmed, hold over, or instant settlement."""

    amount_fen: int
    why: str


@dataclass(frozen=True, slots=True)
class CommandRefused(Event):
    """A no is remembered like a yes: the same key gets the same no."""

    command: str
    code: str
    data: dict[str, object] = field(default_factory=dict)
