"""Notices of a channel that name one of its disputes and no order of ours: verified, stored raw, applied later."""

from __future__ import annotations

from django.db import models


class ChannelNotice(models.Model):
    """Keyed by the channel's number and the digest of what was signed; `fault` says why it could not be applied."""

    pk = models.CompositePrimaryKey("number", "digest")
    number = models.TextField()
    digest = models.BinaryField()
    channel = models.TextField()
    body = models.BinaryField()
    received_at = models.DateTimeField(db_index=True)
    lease_until = models.DateTimeField(null=True)
    tries = models.IntegerField()
    applied_at = models.DateTimeField(null=True)
    fault = models.TextField(null=True)

    class Meta:
        db_table = "orders_channel_notice"

    def __str__(self) -> str:
        return f"{self.channel} {self.number}"
