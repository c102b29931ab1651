"""One line per order for the lists of buyer, seller and operator."""

from __future__ import annotations

from django.db import models


class OrderBoard(models.Model):
    order_id = models.UUIDField(primary_key=True)
    version = models.BigIntegerField()
    buyer_id = models.UUIDField()
    seller_id = models.UUIDField()
    listing_id = models.UUIDField()
    title = models.TextField()
    goods_kind = models.TextField()
    status = models.TextField()
    to_deliver = models.BooleanField()
    alarm = models.TextField(blank=True)
    price_fen = models.BigIntegerField()
    refund_fen = models.BigIntegerField()
    refunded_fen = models.BigIntegerField()
    placed_at = models.DateTimeField()
    misoperations = models.IntegerField(db_default=0)

    class Meta:
        db_table = "boards_order"
        indexes = [
            models.Index(fields=["buyer_id", "-placed_at"], name="board_buyer"),
            models.Index(fields=["seller_id", "-placed_at"], name="board_seller"),
        ]

    def __str__(self) -> str:
        return str(self.order_id)
