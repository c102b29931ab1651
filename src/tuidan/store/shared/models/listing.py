"""What a shop offers: one goods kind, one price, the terms as shown to the buyer."""

from __future__ import annotations

import uuid

from django.db import models


class Listing(models.Model):
    """Prices in fen, times in seconds. The order keeps a snapshot, so a change never reaches old orders.

    `service` holds the terms of a service: type, milestones with their shares, deposits, minutes, working days.
    `code_format` says what the codes look like (domain/code_format.py), so that half a code is never shown.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    shop_id = models.UUIDField(db_index=True)
    title = models.CharField(max_length=120)
    title_en = models.CharField(max_length=120, blank=True)
    spec = models.CharField(max_length=120, blank=True)
    description = models.TextField(blank=True)
    goods_kind = models.CharField(max_length=20)
    delivery_mode = models.CharField(max_length=10, default="auto")
    settlement = models.CharField(max_length=20, default="escrow")
    currency = models.CharField(max_length=3, default="CNY")
    price_fen = models.BigIntegerField()
    face_fen = models.BigIntegerField(null=True)
    stock_kind = models.CharField(max_length=10, default="none")
    supplier = models.CharField(max_length=30, blank=True)
    supplier_goods_no = models.CharField(max_length=64, blank=True)
    issuer = models.CharField(max_length=30, blank=True)
    account_label = models.CharField(max_length=40, blank=True)
    account_pattern = models.CharField(max_length=120, blank=True)
    promised_seconds = models.IntegerField(null=True)
    duration_days = models.IntegerField(null=True)
    plan_months = models.IntegerField(null=True)
    renewable = models.BooleanField(default=False, db_default=False)
    service = models.JSONField(null=True)
    code_format = models.JSONField(null=True)
    terms = models.TextField(blank=True)
    no_reason_excluded = models.BooleanField(default=True)
    on_sale = models.BooleanField(default=True)
    created_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "shared_listing"
        indexes = [models.Index(fields=["goods_kind", "on_sale"], name="listing_kind")]

    def __str__(self) -> str:
        return self.title
