"""Which code belongs to which unit of which order."""

from django.db import models

from tuidan.domain.stock import ClaimEnd


class StockClaim(models.Model):
    """Distributed by listing_id. One row for each unit of an order, for ever: an ended claim stays and bars a second.

    `code_id` is null where an order barred its delivery before anything was claimed. `event_n` is the order's event
    that ended the claim.
    """

    pk = models.CompositePrimaryKey("listing_id", "order_id", "unit")
    listing_id = models.UUIDField()
    order_id = models.UUIDField()
    unit = models.IntegerField()
    code_id = models.UUIDField(null=True)
    shared = models.BooleanField()
    tail = models.TextField()
    claimed_at = models.DateTimeField(null=True)
    revealed_at = models.DateTimeField(null=True)
    ended_as = models.TextField(null=True, choices=[(end.value, end.value) for end in ClaimEnd])
    ended_at = models.DateTimeField(null=True)
    event_n = models.IntegerField(null=True)
    issuer_status = models.TextField(null=True)
    issuer_checked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "stock_claim"
        constraints = [
            models.UniqueConstraint(
                fields=["listing_id", "code_id"],
                condition=models.Q(ended_as__isnull=True, shared=False),
                name="stock_claim_live",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_as__isnull=True)
                | models.Q(ended_as__in=[end.value for end in ClaimEnd]),
                name="stock_claim_end",
            ),
            models.CheckConstraint(
                condition=models.Q(ended_as__isnull=False) | models.Q(code_id__isnull=False),
                name="stock_claim_holds",
            ),
            models.CheckConstraint(
                condition=models.Q(revealed_at__isnull=True)
                | models.Q(ended_as__isnull=True)
                | models.Q(ended_as=ClaimEnd.VOID.value),
                name="stock_claim_shown_stays",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}/{self.order_id}/{self.unit}"
