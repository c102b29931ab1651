"""Coupons: a shop gives one to a buyer; it pays a part of one order and comes back in kind (R22)."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from tuidan.commands.runner import envelop, run
from tuidan.domain import commands as c
from tuidan.domain.decide.coupon import coupon_to_return
from tuidan.domain.money import AMOUNT_FEN_MAX
from tuidan.store.books import coupons
from tuidan.store.ids import new_id
from tuidan.store.orders.load import load_order

DAYS_MAX = 365


class BadCoupon(ValueError):
    """The coupon would be for nothing, for too much, or for no time."""


def give_coupon(
    shop_id: UUID, buyer_id: UUID, amount_fen: int, days: int, now: datetime, min_fen: int = 0
) -> UUID:
    """Give a buyer so much off one order in this shop; the edge has checked who asks. Raises BadCoupon."""
    if not 0 < amount_fen <= AMOUNT_FEN_MAX or not 0 < days <= DAYS_MAX or min_fen < 0:
        raise BadCoupon(f"an amount above 0 and 1 to {DAYS_MAX} days are needed")
    coupon = new_id(now)
    coupons.give_coupon(buyer_id, coupon, shop_id, amount_fen, min_fen, now, now + timedelta(days=days))
    return coupon


def return_coupon(order_id: UUID, effect_n: int, now: datetime) -> None:
    """Free the coupon of an order, then record it; either may be done again."""
    order, _ = load_order(order_id)
    kept = coupon_to_return(order, now)
    if kept is not None:
        coupons.give_coupon_back(UUID(order.buyer), UUID(kept.id), order_id, now)
    command = c.RecordCouponReturn(kept.id if kept else "")
    run(order_id, envelop(order_id, command, c.Actor("worker"), f"coupon:{effect_n}", now, (effect_n,)))
