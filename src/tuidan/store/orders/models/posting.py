"""The ledger lines of one order. Never changed: a correction is a new line that names the old one."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class PostingRow(models.Model):
    pk = models.CompositePrimaryKey("order_id", "n")
    order_id = models.UUIDField()
    n = models.BigIntegerField()
    event_n = models.BigIntegerField()
    debit = models.TextField()
    credit = models.TextField()
    amount_fen = models.BigIntegerField()
    currency = models.TextField()
    reverses_n = models.BigIntegerField(null=True)

    class Meta:
        db_table = "orders_posting"
        constraints = [
            models.CheckConstraint(name="orders_posting_amount", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(name="orders_posting_two_accounts", condition=~Q(debit=F("credit"))),
            models.UniqueConstraint(
                fields=["order_id", "reverses_n"],
                name="orders_posting_reverses",
                condition=Q(reverses_n__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.n}"
