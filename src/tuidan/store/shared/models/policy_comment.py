"""What somebody thinks of a published policy before it takes effect: rules are made in the open (电商法34)."""

from __future__ import annotations

from django.db import models


class PolicyComment(models.Model):
    id = models.UUIDField(primary_key=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    person_id = models.UUIDField()
    words = models.CharField(max_length=1000)
    created_at = models.DateTimeField()

    class Meta:
        db_table = "shared_policy_comment"

    def __str__(self) -> str:
        return f"{self.sha256} {self.id}"
