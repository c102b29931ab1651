"""The keys of the log, old and new: the public half. The private one is a file (store/log/private_key.py)."""

from __future__ import annotations

from django.db import models


class KeyRow(models.Model):
    """Key n signs checkpoints from one size on until another; `statement` is the note that hands over to it."""

    n = models.IntegerField(primary_key=True)
    vkey = models.TextField()
    from_size = models.BigIntegerField()
    until_size = models.BigIntegerField(null=True)
    at = models.DateTimeField()
    statement = models.BinaryField()

    class Meta:
        db_table = "log_key"

    def __str__(self) -> str:
        return self.vkey
