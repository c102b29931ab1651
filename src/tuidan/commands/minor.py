"""A reviewer's finding about the buyer's age, with the reviewer's words kept erasable (R16)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tuidan.commands.runner import Outcome
from tuidan.commands.words import run_with_words
from tuidan.domain import commands as c


def record_minor_finding(
    order_id: UUID, reviewer_id: UUID, finding: c.RecordMinorFinding, words: str, key: str, now: datetime
) -> Outcome:
    """Freeze the finding and let the policy decide on it; the edge has checked that the person is a reviewer."""
    actor = c.Actor("reviewer", str(reviewer_id))
    return run_with_words(
        order_id, actor, words, lambda digest: replace(finding, text_sha256=digest), key, now
    )
