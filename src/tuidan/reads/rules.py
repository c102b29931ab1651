"""The refund rules for the public page: the version in force with its calendar, and any version by its hash."""

from __future__ import annotations

from datetime import datetime

from tuidan.domain.calendar import Calendar
from tuidan.domain.policy import CompiledPolicy
from tuidan.store import policies


def rules_in_force(now: datetime) -> tuple[CompiledPolicy, Calendar]:
    """What a new order is placed under. Raises NoPolicy where none is published yet."""
    return policies.policy_in_force(now), policies.calendar()


def rules_document(sha256: str) -> bytes | None:
    """The canonical bytes that this hash names; None when no such version was published."""
    try:
        return policies.policy_by_sha256(sha256).canonical
    except policies.NoPolicy:
        return None
