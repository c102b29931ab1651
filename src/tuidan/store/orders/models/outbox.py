"""What is still to be done for an order: effects and feed in one table, timers in another. Done rows are deleted."""

from __future__ import annotations

from django.db import models


class Outbox(models.Model):
    """Row n; `due_at` never changes (it is indexed), a retry moves `lease_until`."""

    pk = models.CompositePrimaryKey("order_id", "n")
    order_id = models.UUIDField()
    n = models.BigIntegerField()
    kind = models.TextField()
    target = models.IntegerField()
    due_at = models.DateTimeField(db_index=True)
    lease_until = models.DateTimeField(null=True)
    tries = models.IntegerField()
    last_error = models.TextField(null=True)

    class Meta:
        db_table = "orders_outbox"

    def __str__(self) -> str:
        return f"{self.order_id}/{self.n} {self.kind}"


class Timer(models.Model):
    """Wakes the order at `due_at`; never cancelled."""

    pk = models.CompositePrimaryKey("order_id", "n")
    order_id = models.UUIDField()
    n = models.BigIntegerField()
    kind = models.TextField()
    target = models.IntegerField()
    due_at = models.DateTimeField(db_index=True)
    lease_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "orders_timer"

    def __str__(self) -> str:
        return f"{self.order_id}/{self.n} {self.kind}"
