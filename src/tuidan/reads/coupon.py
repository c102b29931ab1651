"""The coupons that a buyer could use in a shop now."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tuidan.store.books.coupons import CouponRecord, free_coupons

__all__ = ["CouponRecord", "coupons_for"]


def coupons_for(buyer_id: UUID, shop_id: UUID, now: datetime) -> list[CouponRecord]:
    """Free ones that are not over, the first to end first."""
    return free_coupons(buyer_id, shop_id, now)
