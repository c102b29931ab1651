"""Values that must be unique over all orders: each its own table keyed by that value (S3)."""

from __future__ import annotations

from django.db import models


class PlacingKey(models.Model):
    """The buyer's idempotency key for placing → the order it yields, or the refusal it met (JSON)."""

    pk = models.CompositePrimaryKey("owner_id", "key")
    owner_id = models.UUIDField()
    key = models.TextField()
    order_id = models.UUIDField()
    input_sha256 = models.BinaryField()
    claimed_at = models.DateTimeField()
    refusal = models.TextField(null=True)

    class Meta:
        db_table = "orders_placing_key"

    def __str__(self) -> str:
        return self.key


class TradeNumber(models.Model):
    """A channel's own number for a payment → the one order it belongs to."""

    pk = models.CompositePrimaryKey("channel", "trade_no")
    channel = models.TextField()
    trade_no = models.TextField()
    order_id = models.UUIDField()

    class Meta:
        db_table = "orders_trade_number"

    def __str__(self) -> str:
        return f"{self.channel} {self.trade_no}"
