"""A refund policy that is not published: its bytes, the examples it must answer, and the replay made on it."""

from __future__ import annotations

from django.db import models


class PolicyDraft(models.Model):
    sha256 = models.CharField(max_length=64, primary_key=True)
    policy_id = models.CharField(max_length=40)
    version = models.CharField(max_length=40)
    body = models.BinaryField()
    created_at = models.DateTimeField()
    created_by = models.UUIDField(null=True)
    examples = models.BinaryField(default=b"")
    replay = models.JSONField(default=dict)

    class Meta:
        db_table = "shared_policy_draft"

    def __str__(self) -> str:
        return f"{self.policy_id} {self.version}"
