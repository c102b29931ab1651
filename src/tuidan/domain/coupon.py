"""The coupon that paid a part of an order: it goes back in kind, cash by what was really paid (R22, 七日办法15)."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain import events as e
from tuidan.domain.transitions import Folds


@dataclass(slots=True)
class Coupon:
    """Coupon `id` took `amount_fen` off the price; it is no cash, so no account of the ledger knows it."""

    id: str
    amount_fen: int
    returned: bool = False


def _use(coupons: list[Coupon], event: e.OrderPlaced, n: int, now: int) -> None:
    if event.coupon_id:
        coupons.append(Coupon(event.coupon_id, event.coupon_fen))


def _give_back(coupons: list[Coupon], event: e.CouponReturned, n: int, now: int) -> None:
    for coupon in coupons:
        coupon.returned = coupon.returned or coupon.id == event.coupon_id


COUPON_FOLDS: Folds = {e.OrderPlaced: _use, e.CouponReturned: _give_back}
