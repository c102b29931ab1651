"""The events of one book, chained like an order's."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class BookEventRow(models.Model):
    """Event n. The first event of a command carries its key and the hash of its input, where it has a key."""

    pk = models.CompositePrimaryKey("owner_id", "n")
    owner_id = models.UUIDField()
    n = models.BigIntegerField()
    kind = models.TextField()
    at = models.DateTimeField()
    body = models.BinaryField()
    prev = models.BinaryField()
    hash = models.BinaryField()
    command_key = models.TextField(null=True)
    command_input = models.BinaryField(null=True)

    class Meta:
        db_table = "books_event"
        constraints = [
            models.UniqueConstraint(
                fields=["owner_id", "command_key"],
                name="books_event_key",
                condition=Q(command_key__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.owner_id}/{self.n}"
