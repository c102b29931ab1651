"""How often something was tried of late: one counter for each hashed name, shared by all processes."""

from __future__ import annotations

from django.db import models


class AttemptCount(models.Model):
    """`name` is a hash, because what is counted names a person or a place; the count begins anew after `until`."""

    name = models.BinaryField(primary_key=True)
    count = models.IntegerField()
    until = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "watch_attempt"

    def __str__(self) -> str:
        return str(self.count)
