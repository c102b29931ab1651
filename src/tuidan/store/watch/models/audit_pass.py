"""How far the audit is that runs by itself, and the differences it has found."""

from __future__ import annotations

from django.db import models


class AuditPass(models.Model):
    """The one row: the order looked at last, and the passes. `lease_until` keeps two workers apart."""

    id = models.SmallIntegerField(primary_key=True)
    after = models.UUIDField()
    orders = models.BigIntegerField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    finished_orders = models.BigIntegerField()
    lease_until = models.DateTimeField(null=True)

    class Meta:
        db_table = "watch_audit"

    def __str__(self) -> str:
        return str(self.after)


class AuditFinding(models.Model):
    """One difference; it goes when the order is found sound again."""

    pk = models.CompositePrimaryKey("order_id", "i")
    order_id = models.UUIDField()
    i = models.IntegerField()
    what = models.TextField()
    n = models.BigIntegerField()
    data = models.TextField()
    found_at = models.DateTimeField()

    class Meta:
        db_table = "watch_finding"

    def __str__(self) -> str:
        return f"{self.order_id} {self.what}"
