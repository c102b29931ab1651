"""What the log has signed, and what keeps it from signing."""

from __future__ import annotations

from django.db import models


class CheckpointRow(models.Model):
    """The signed note over the tree of `size` leaves; signature lines of witnesses are added to it."""

    size = models.BigIntegerField(primary_key=True)
    root = models.BinaryField()
    note = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        db_table = "log_checkpoint"

    def __str__(self) -> str:
        return str(self.size)


class Trouble(models.Model):
    """The one row while nothing is signed: why (domain/tlog/trouble.py), and the size that somebody else has seen."""

    id = models.SmallIntegerField(primary_key=True)
    code = models.TextField()
    size = models.BigIntegerField()
    seen_size = models.BigIntegerField()
    since = models.DateTimeField()

    class Meta:
        db_table = "log_trouble"

    def __str__(self) -> str:
        return self.code
