"""Policy drafts: bytes under their SHA-256 with the examples given for them and the replay made on them.

The bytes of a draft are named by their hash and so never change either; another policy is another draft.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from tuidan.domain.policy import CompiledPolicy
from tuidan.store.shared.models import PolicyDraft


@dataclass(frozen=True, slots=True)
class DraftRecord:
    """A draft as stored. `examples` are JSON Lines, empty where none were given; `replay` a summary or empty."""

    sha256: str
    policy_id: str
    version: str
    body: bytes
    created_at: datetime
    created_by: str
    examples: bytes = b""
    replay: dict[str, object] = field(default_factory=dict)


def _record(row: PolicyDraft) -> DraftRecord:
    return DraftRecord(
        row.sha256,
        row.policy_id,
        row.version,
        bytes(row.body),
        row.created_at,
        str(row.created_by or ""),
        bytes(row.examples),
        row.replay,
    )


def save_draft(policy: CompiledPolicy, created_by: UUID | None, now: datetime) -> bool:
    """Keep a draft; False when it is there already, with whatever was found out about it."""
    _, created = PolicyDraft.objects.get_or_create(
        sha256=policy.sha256,
        defaults={
            "policy_id": policy.name.id,
            "version": policy.name.version,
            "body": policy.canonical,
            "created_at": now,
            "created_by": created_by,
        },
    )
    return created


def find_draft(sha256: str) -> DraftRecord | None:
    """The draft of this hash; None when there is none."""
    row = PolicyDraft.objects.filter(sha256=sha256).first()
    return _record(row) if row else None


def all_drafts() -> list[DraftRecord]:
    """All drafts, the newest first."""
    return [_record(row) for row in PolicyDraft.objects.order_by("-created_at", "sha256")]


def keep_examples(sha256: str, examples: bytes) -> bool:
    """Keep the examples of a draft instead of those before; False when there is no such draft."""
    return PolicyDraft.objects.filter(sha256=sha256).update(examples=examples) == 1


def keep_replay(sha256: str, summary: dict[str, object]) -> bool:
    """Keep the summary of a replay instead of the one before; False when there is no such draft."""
    return PolicyDraft.objects.filter(sha256=sha256).update(replay=summary) == 1


def drop_draft(sha256: str) -> bool:
    """Forget a draft; False when there is none."""
    return PolicyDraft.objects.filter(sha256=sha256).delete()[0] == 1
