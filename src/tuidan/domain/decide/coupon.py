"""When a coupon goes back to its buyer, and the record that it did (R22)."""

from __future__ import annotations

from datetime import datetime

from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.coupon import Coupon
from tuidan.domain.decide.payment import REVIVE_SECONDS_MAX
from tuidan.domain.draft import Context, Draft
from tuidan.domain.order import Order


def coupon_to_return(order: Order, now: datetime) -> Coupon | None:
    """The coupon that is its buyer's again: all cash goes back, or nobody paid and no late money can revive it."""
    kept = next((coupon for coupon in order.coupons if not coupon.returned), None)
    dead = order.status == "expired" and now.timestamp() > order.expires_at + REVIVE_SECONDS_MAX
    whole = bool(order.paid_at) and all(unit.refund_fen == unit.paid_fen for unit in order.units)
    return kept if dead or whole else None


def record_return(draft: Draft, command: c.RecordCouponReturn, context: Context) -> None:
    """Note that the coupon is free again; a repeat finds nothing to do."""
    kept = coupon_to_return(draft.order, draft.now)
    if kept is not None and kept.id == command.coupon_id:
        draft.add(e.CouponReturned(kept.id))
