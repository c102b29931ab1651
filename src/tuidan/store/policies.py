"""Policy versions: published ones are immutable bytes, compiled once per process, found by their SHA-256."""

from __future__ import annotations

from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db import IntegrityError

from tuidan.domain.calendar import Calendar
from tuidan.domain.policy import CompiledPolicy, compile_policy
from tuidan.domain.policy.life import Version
from tuidan.policies import load_calendar, load_standard_policy
from tuidan.store.shared.models import PolicyVersion

IN_FORCE_ORDER = ("-effective_at", "-n")


class NoPolicy(LookupError):
    """No policy version is published, or not the one an order was placed under."""


@lru_cache(maxsize=64)
def policy_by_sha256(sha256: str) -> CompiledPolicy:
    """The version an order is pinned to. Raises NoPolicy, also where the bytes are not those that the hash names."""
    row = PolicyVersion.objects.filter(sha256=sha256).first()
    if row is None:
        raise NoPolicy(sha256)
    policy = compile_policy(bytes(row.body))
    if policy.sha256 != sha256:
        raise NoPolicy(f"{sha256}: its bytes were changed")
    return policy


@lru_cache(maxsize=1)
def calendar() -> Calendar:
    """The official calendar that ships with the product, read once per process."""
    return load_calendar()


def policy_in_force(now: datetime) -> CompiledPolicy:
    """The version a new order is placed under. Raises NoPolicy."""
    begun = PolicyVersion.objects.filter(effective_at__lte=now, withdrawn_at=None)
    row = begun.order_by(*IN_FORCE_ORDER).values("sha256").first()
    if row is None:
        raise NoPolicy("none published")
    return policy_by_sha256(row["sha256"])


def waiting_version(now: datetime) -> Version | None:
    """The version whose notice runs, without what was recorded about it; asked on every visit of the home page."""
    waiting = PolicyVersion.objects.filter(effective_at__gt=now, withdrawn_at=None)
    row = waiting.order_by("effective_at", "n").defer("body", "record").first()
    if row is None:
        return None
    return Version(row.sha256, row.policy_id, row.version, row.n, row.published_at, row.effective_at)


def published_versions() -> list[Version]:
    """All versions ever published, withdrawn ones too, in the order of publishing."""
    rows = PolicyVersion.objects.order_by("n").defer("body")
    return [
        Version(
            row.sha256,
            row.policy_id,
            row.version,
            row.n,
            row.published_at,
            row.effective_at,
            row.withdrawn_at,
            str(row.published_by or ""),
            row.record or {},
        )
        for row in rows
    ]


def insert_version(
    policy: CompiledPolicy,
    n: int,
    published_at: datetime,
    effective_at: datetime,
    published_by: UUID | None,
    record: dict[str, object],
) -> bool:
    """Publish: add the version as number n. False when its number or its hash was taken meanwhile."""
    try:
        PolicyVersion.objects.create(
            sha256=policy.sha256,
            policy_id=policy.name.id,
            version=policy.name.version,
            body=policy.canonical,
            effective_at=effective_at,
            n=n,
            published_at=published_at,
            published_by=published_by,
            record=record,
        )
    except IntegrityError:
        return False
    return True


def mark_withdrawn(sha256: str, withdrawn_by: UUID | None, now: datetime) -> bool:
    """Take a published version back before it takes effect; False when there is none that may be taken back."""
    waiting = PolicyVersion.objects.filter(sha256=sha256, withdrawn_at=None, effective_at__gt=now)
    return waiting.update(withdrawn_at=now, withdrawn_by=withdrawn_by) == 1


def publish_standard(now: datetime) -> str:
    """Publish the policy that ships with the product if nothing was published yet; gives the latest SHA-256.

    Where another version was published before, nothing changes: a newer one needs notice (`commands/policy.py`).
    """
    latest = PolicyVersion.objects.filter(withdrawn_at=None).order_by("-n").values("sha256").first()
    if latest is not None:
        return str(latest["sha256"])
    policy = load_standard_policy()
    insert_version(policy, 1, now, now, None, {})
    return policy.sha256
