"""A coupon that paid a part of an order."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain.events.base import Event


@dataclass(frozen=True, slots=True)
class CouponReturned(Event):
    """The buyer has the coupon again: the order was never paid, or all of its cash goes back (R22)."""

    coupon_id: str
