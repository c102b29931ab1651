"""Rows of the watch: written by the product itself, kept on one node."""

from tuidan.store.watch.models.attempt_count import AttemptCount
from tuidan.store.watch.models.audit_pass import AuditFinding, AuditPass

__all__ = ["AttemptCount", "AuditFinding", "AuditPass"]
