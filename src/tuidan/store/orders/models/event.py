"""The events of one order, chained; and the erasable texts that their hashes stand for."""

from __future__ import annotations

from django.db import models
from django.db.models import Q


class EventRow(models.Model):
    """Event n. The first event of a command carries its key, the hash of its input and how many events it made."""

    pk = models.CompositePrimaryKey("order_id", "n")
    order_id = models.UUIDField()
    n = models.BigIntegerField()
    kind = models.TextField()
    at = models.DateTimeField()
    body = models.BinaryField()
    prev = models.BinaryField()
    hash = models.BinaryField()
    command_key = models.TextField(null=True)
    command_input = models.BinaryField(null=True)
    command_events = models.IntegerField(null=True)

    class Meta:
        db_table = "orders_event"
        indexes = [
            # few rows: what was held and erased is listed without a walk through all events
            models.Index(
                fields=["order_id", "n"],
                name="orders_event_retention",
                condition=Q(kind__in=["legal_hold_placed", "legal_hold_lifted", "words_erased"]),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["order_id", "command_key"],
                name="orders_event_key",
                condition=Q(command_key__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.n}"


class Note(models.Model):
    """Words of a person that belong to event n; the event holds only their hash."""

    pk = models.CompositePrimaryKey("order_id", "n")
    order_id = models.UUIDField()
    n = models.BigIntegerField()
    words = models.TextField()

    class Meta:
        db_table = "orders_note"

    def __str__(self) -> str:
        return f"{self.order_id}/{self.n}"
