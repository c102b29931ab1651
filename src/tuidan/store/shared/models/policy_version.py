"""A published refund policy: immutable bytes named by their SHA-256."""

from __future__ import annotations

from django.db import models


class PolicyVersion(models.Model):
    sha256 = models.CharField(max_length=64, primary_key=True)
    policy_id = models.CharField(max_length=40)
    version = models.CharField(max_length=40)
    body = models.BinaryField()
    effective_at = models.DateTimeField()

    class Meta:
        db_table = "shared_policy_version"
        indexes = [models.Index(fields=["policy_id", "effective_at"], name="policy_effective")]

    def __str__(self) -> str:
        return f"{self.policy_id} {self.version}"
