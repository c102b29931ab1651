"""Which kinds of service an operator has switched on; a kind without a row is off."""

from __future__ import annotations

from django.db import models


class ServiceSwitch(models.Model):
    """One kind, such as boosting; `changed_by` is the operator, empty for the command line."""

    type = models.CharField(primary_key=True, max_length=20)
    on = models.BooleanField()
    changed_at = models.DateTimeField()
    changed_by = models.UUIDField(null=True)

    class Meta:
        db_table = "shared_service_switch"

    def __str__(self) -> str:
        return f"{self.type} {'on' if self.on else 'off'}"
