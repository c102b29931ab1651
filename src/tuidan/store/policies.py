"""Published policy versions: kept as immutable bytes, compiled once per process, found by their SHA-256."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache

from tuidan.domain.calendar import Calendar
from tuidan.domain.policy import CompiledPolicy, compile_policy
from tuidan.policies import load_calendar, load_standard_policy
from tuidan.store.shared.models import PolicyVersion


class NoPolicy(LookupError):
    """No policy version is published, or not the one an order was placed under."""


@lru_cache(maxsize=64)
def policy_by_sha256(sha256: str) -> CompiledPolicy:
    """The version an order is pinned to. Raises NoPolicy."""
    row = PolicyVersion.objects.filter(sha256=sha256).first()
    if row is None:
        raise NoPolicy(sha256)
    return compile_policy(bytes(row.body))


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    """The official calendar that ships with the product, read once per process."""
    return load_calendar()


def policy_in_force(now: datetime) -> CompiledPolicy:
    """The version a new order is placed under. Raises NoPolicy."""
    row = PolicyVersion.objects.filter(effective_at__lte=now).order_by("-effective_at").values("sha256").first()
    if row is None:
        raise NoPolicy("none published")
    return policy_by_sha256(row["sha256"])


def publish_standard(now: datetime) -> str:
    """Publish the policy that ships with the product, unless it is published; gives its SHA-256."""
    policy = load_standard_policy()
    PolicyVersion.objects.get_or_create(
        sha256=policy.sha256,
        defaults={
            "policy_id": policy.name.id,
            "version": policy.name.version,
            "body": policy.canonical,
            "effective_at": now,
        },
    )
    return policy.sha256
