"""Commands about a coupon that paid a part of an order."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecordCouponReturn:
    """The coupon is free again for its buyer (worker)."""

    coupon_id: str
