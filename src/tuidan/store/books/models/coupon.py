"""A buyer's coupons: given by a shop, used by one order at a time, given back in kind (R22)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class CouponRow(models.Model):
    """Free while `order_id` is NULL. Keyed by its buyer, so that using one touches nobody else's rows."""

    pk = models.CompositePrimaryKey("owner_id", "coupon_id")
    owner_id = models.UUIDField()
    coupon_id = models.UUIDField()
    shop_id = models.UUIDField()
    amount_fen = models.BigIntegerField()
    min_fen = models.BigIntegerField()
    given_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    order_id = models.UUIDField(null=True)

    class Meta:
        db_table = "coupons_coupon"
        constraints = [models.CheckConstraint(name="coupons_amount", condition=Q(amount_fen__gt=0))]

    def __str__(self) -> str:
        return str(self.coupon_id)
