"""The ledger lines of one book. Never changed. `order_id` names the order a line belongs to, where it has one."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class BookPosting(models.Model):
    pk = models.CompositePrimaryKey("owner_id", "n")
    owner_id = models.UUIDField()
    n = models.BigIntegerField()
    event_n = models.BigIntegerField()
    debit = models.TextField()
    credit = models.TextField()
    amount_fen = models.BigIntegerField()
    order_id = models.UUIDField(null=True)

    class Meta:
        db_table = "books_posting"
        constraints = [
            models.CheckConstraint(name="books_posting_amount", condition=Q(amount_fen__gt=0)),
            models.CheckConstraint(name="books_posting_two_accounts", condition=~Q(debit=F("credit"))),
        ]

    def __str__(self) -> str:
        return f"{self.owner_id}/{self.n}"
