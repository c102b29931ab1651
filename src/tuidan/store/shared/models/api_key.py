"""A key with which a machine acts for a person; only its SHA-256 is stored."""

from __future__ import annotations

from django.db import models


class ApiKey(models.Model):
    key_hash = models.CharField(max_length=64, primary_key=True)
    person_id = models.UUIDField(db_index=True)
    label = models.CharField(max_length=80)
    created_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "shared_api_key"

    def __str__(self) -> str:
        return self.label
