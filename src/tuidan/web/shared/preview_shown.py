"""What a request would bring, in one line, before anybody asks (S-130)."""

from __future__ import annotations

from tuidan.reads.records import StandingAnswer
from tuidan.web.shared.money import yuan
from tuidan.web.shared.words import say

KEYS = {
    "reject": "preview.reject",
    "needs_evidence": "preview.needs_evidence",
    "to_seller": "preview.to_seller",
    "to_appraisal": "preview.to_appraisal",
    "to_platform": "preview.to_platform",
    "pending": "preview.pending",
    "refunded": "preview.refunded",
}


def preview_text(answer: StandingAnswer, language: str) -> str:
    """Refunded at once and how much, or who is asked next, or why not."""
    if answer.decision.startswith("approve"):
        return say("preview.approve", language, amount=yuan(answer.amount_fen))
    return say(KEYS[answer.decision], language)
