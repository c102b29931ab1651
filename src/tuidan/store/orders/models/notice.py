"""Notices of channels and suppliers as they came: verified, stored raw, answered, applied later."""

from __future__ import annotations

from django.db import models


class Notice(models.Model):
    """Keyed by the digest of the body, so the same notice is stored once."""

    pk = models.CompositePrimaryKey("order_id", "digest")
    order_id = models.UUIDField()
    digest = models.BinaryField()
    source = models.TextField()
    reference = models.TextField()
    body = models.BinaryField()
    received_at = models.DateTimeField(db_index=True)
    lease_until = models.DateTimeField(null=True)
    tries = models.IntegerField()
    applied_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "orders_notice"

    def __str__(self) -> str:
        return f"{self.order_id} {self.source}"
