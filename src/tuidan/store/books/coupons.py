"""Coupons as stored: give one, use it for an order, give it back. Each change is one conditional statement."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tuidan.store import connection

# A coupon that comes back can be used for a while, however near its end it was.
AGAIN_FOR = timedelta(days=30)
GIVE = """
INSERT INTO coupons_coupon (owner_id, coupon_id, shop_id, amount_fen, min_fen, given_at, expires_at)
VALUES (%s, %s, %s, %s, %s, %s, %s)
"""
FIND = """
SELECT coupon_id, shop_id, amount_fen, min_fen, expires_at, order_id FROM coupons_coupon
WHERE owner_id = %s AND coupon_id = %s
"""
FREE = """
SELECT coupon_id, shop_id, amount_fen, min_fen, expires_at, order_id FROM coupons_coupon
WHERE owner_id = %s AND shop_id = %s AND order_id IS NULL AND expires_at > %s ORDER BY expires_at LIMIT 50
"""
USE = """
UPDATE coupons_coupon SET order_id = %s
WHERE owner_id = %s AND coupon_id = %s AND (order_id IS NULL OR order_id = %s) RETURNING coupon_id
"""
GIVE_BACK = """
UPDATE coupons_coupon SET order_id = NULL, expires_at = greatest(expires_at, %s)
WHERE owner_id = %s AND coupon_id = %s AND order_id = %s
"""


@dataclass(frozen=True, slots=True)
class CouponRecord:
    """One coupon: of which shop, how much off, from which price on, until when; the order that uses it, if any."""

    coupon_id: UUID
    shop_id: UUID
    amount_fen: int
    min_fen: int
    expires_at: datetime
    order_id: UUID | None


def give_coupon(
    owner: UUID, coupon: UUID, shop: UUID, amount_fen: int, min_fen: int, now: datetime, expires_at: datetime
) -> None:
    connection.run(GIVE, (owner, coupon, shop, amount_fen, min_fen, now, expires_at))


def find_coupon(owner: UUID, coupon: UUID) -> CouponRecord | None:
    """The buyer's coupon; None when there is none of this id."""
    row = connection.fetch_one(FIND, (owner, coupon))
    return CouponRecord(*row) if row else None


def free_coupons(owner: UUID, shop: UUID, now: datetime) -> list[CouponRecord]:
    """What this buyer could use in this shop now, the first to end first."""
    return [CouponRecord(*row) for row in connection.fetch_all(FREE, (owner, shop, now))]


def use_coupon(owner: UUID, coupon: UUID, order_id: UUID) -> bool:
    """Claim a coupon for an order; claimed twice for the same order it stays claimed once."""
    return connection.fetch_one(USE, (order_id, owner, coupon, order_id)) is not None


def give_coupon_back(owner: UUID, coupon: UUID, order_id: UUID, now: datetime) -> None:
    """The coupon is free again; one that another order holds is left alone."""
    connection.run(GIVE_BACK, (now + AGAIN_FOR, owner, coupon, order_id))
