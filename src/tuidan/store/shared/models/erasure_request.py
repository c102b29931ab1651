"""Somebody's wish that what may be erased of them be erased: who asked, when, why, how far it is carried out."""

from __future__ import annotations

from django.db import models


class ErasureRequest(models.Model):
    """`asked_by` is the person, or the operator who wrote it down. `page` is the next page of orders to look at."""

    id = models.UUIDField(primary_key=True)
    person_id = models.UUIDField(db_index=True)
    asked_by = models.UUIDField()
    asked_at = models.DateTimeField()
    words = models.CharField(max_length=500, blank=True)
    close_account = models.BooleanField()
    page = models.IntegerField(default=0)
    erased = models.IntegerField(default=0)
    kept = models.IntegerField(default=0)
    kept_until = models.DateTimeField(null=True)
    kept_why = models.CharField(max_length=40, blank=True)
    account_closed = models.BooleanField(default=False)
    done_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "shared_erasure_request"
        indexes = [
            models.Index(
                fields=["asked_at"], name="erasure_request_open", condition=models.Q(done_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.asked_at}"
