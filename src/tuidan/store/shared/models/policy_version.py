"""A published refund policy: immutable bytes named by their SHA-256, numbered in the order of publishing.

Rows are inserted once. The application's role may change nothing of them but the two columns of a withdrawal
(`site/postgres/roles.py`), so neither bytes nor dates of a published version can move.
"""

from __future__ import annotations

from django.db import models


class PolicyVersion(models.Model):
    sha256 = models.CharField(max_length=64, primary_key=True)
    policy_id = models.CharField(max_length=40)
    version = models.CharField(max_length=40)
    body = models.BinaryField()
    effective_at = models.DateTimeField()
    # One more than the version before: of two people who publish at once, the second finds its number taken.
    n = models.IntegerField(unique=True)
    published_at = models.DateTimeField()
    published_by = models.UUIDField(null=True)
    record = models.JSONField(null=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.UUIDField(null=True)

    class Meta:
        db_table = "shared_policy_version"
        indexes = [models.Index(fields=["policy_id", "effective_at"], name="policy_effective")]

    def __str__(self) -> str:
        return f"{self.policy_id} {self.version}"
