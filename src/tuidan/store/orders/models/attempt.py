"""One try at the outside: a payment, a refund, a top-up. At most one refund or top-up attempt is open per target."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class Attempt(models.Model):
    """Attempt n; `answer` keeps what the outside said in erasable form (masked account, raw text)."""

    pk = models.CompositePrimaryKey("order_id", "n")
    order_id = models.UUIDField()
    n = models.BigIntegerField()
    kind = models.TextField()
    target = models.IntegerField()
    status = models.TextField()
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    answer = models.JSONField(null=True)

    class Meta:
        db_table = "orders_attempt"
        constraints = [
            models.UniqueConstraint(
                fields=["order_id", "kind", "target"],
                name="orders_attempt_one_open",
                condition=Q(status="open") & ~Q(kind="payment"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.n} {self.kind}"
