"""How far each witness is, and the timestamp tokens over our checkpoints."""

from __future__ import annotations

from django.db import models


class WitnessRow(models.Model):
    """A configured witness: the size that it cosigned last, when it is asked next, and what it said last ("": fine)."""

    name = models.TextField(primary_key=True)
    vkey = models.TextField()
    seen_size = models.BigIntegerField()
    due_at = models.DateTimeField()
    tries = models.IntegerField()
    said = models.TextField()
    cosigned_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "log_witness"

    def __str__(self) -> str:
        return self.name


class TokenRow(models.Model):
    """A verified RFC 3161 token over the bytes in `note`: the checkpoint as it was when it was stamped."""

    pk = models.CompositePrimaryKey("size", "authority")
    size = models.BigIntegerField()
    authority = models.TextField()
    note = models.BinaryField()
    token = models.BinaryField()
    ca = models.BinaryField()
    at = models.DateTimeField()

    class Meta:
        db_table = "log_token"

    def __str__(self) -> str:
        return f"{self.size} {self.authority}"
