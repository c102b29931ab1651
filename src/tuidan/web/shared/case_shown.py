"""One refund request with its decision, made ready to show: reasons in sentences, near misses, who decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tuidan.domain.dispute import OPEN, WAITING
from tuidan.reads.records import CaseView
from tuidan.web.shared.carried_shown import carried_texts, value_text
from tuidan.web.shared.reasons import REASONS, reason_text
from tuidan.web.shared.words import WORDS, say

APPROVALS = frozenset({"approve_full", "approve_partial"})
# How a near miss of the policy is told: at most this many, the others add nothing for a person.
NEAR_MISSES_MAX = 5
DECIDED_BY = {"reviewer": "decision.by_person", "channel": "decision.by_channel"}


@dataclass(frozen=True, slots=True)
class ReasonShown:
    """One row of a reason list; `side` is yes, no or empty."""

    side: str
    text: str
    rule: str = ""


@dataclass(frozen=True, slots=True)
class CaseShown:
    """A request with the words of its outcome."""

    n: int
    unit: int
    badge: str
    reason_text: str
    amount_fen: int
    due_at: datetime | None
    text: str
    reasons: list[ReasonShown]
    near_misses: list[ReasonShown]
    rules: list[str]
    policy_sha256: str
    by_text: str
    is_decided: bool
    needs_more: bool
    can_withdraw: bool
    has_page: bool
    carried: list[ReasonShown]
    cause_text: str
    reason: str


def show_case(case: CaseView, language: str) -> CaseShown:
    """The case as buyer and reviewer read it."""
    verdict: Mapping[str, Any] = case.verdict
    said = verdict.get("policy_said") or verdict
    decided = case.status in ("approved", "rejected")
    by = DECIDED_BY.get(str(verdict.get("by", "")), "decision.by_rule")
    return CaseShown(
        n=case.n,
        unit=case.unit,
        badge=f"case.{case.status}",
        reason_text=say(f"reason.{case.reason}", language),
        amount_fen=case.amount_fen,
        due_at=case.due_at if case.status in WAITING else None,
        text=case.words,
        reasons=reasons_shown(verdict, language) if decided or case.status in WAITING else [],
        near_misses=near_misses_shown(said, language),
        rules=[str(rule) for rule in said.get("rules", [])],
        policy_sha256=str((said.get("policy") or {}).get("sha256", "")),
        by_text=say(by, language),
        is_decided=decided,
        needs_more=case.status == "evidence",
        can_withdraw=case.status in OPEN and case.status != "appeal",
        has_page=case.status not in ("checking", "withdrawn"),
        carried=[ReasonShown("", text) for text in carried_texts(said, language)],
        cause_text=say(f"cause.{said['cause']}", language) if "cause" in said else "",
        reason=case.reason,
    )


def reasons_shown(verdict: Mapping[str, Any], language: str) -> list[ReasonShown]:
    """The reasons of a verdict record as sentences, on the side of the outcome."""
    decision = verdict.get("decision")
    side = "yes" if decision in APPROVALS else "no" if decision == "reject" else ""
    held = verdict.get("held_by")
    return [
        *([ReasonShown("", say(f"case.held_by.{held}", language))] if held else []),
        *(
            ReasonShown(side, _sentence(verdict, str(reason["code"]), reason.get("data") or {}, language))
            for reason in verdict.get("reasons", [])
        ),
    ]


def _sentence(verdict: Mapping[str, Any], code: str, data: Mapping[str, Any], language: str) -> str:
    """A reviewer's reasons have words of their own: the same code of the policy tells another story."""
    ruling = f"ruling.{code}"
    if verdict.get("by") in ("reviewer", "channel") and ruling in WORDS:
        return say(ruling, language)
    return reason_sentence(code, data, language)


def reason_sentence(code: str, data: Mapping[str, Any], language: str) -> str:
    """The words for a reason of the policy; the bare code for one that nobody wrote."""
    return reason_text(code, data, language) if code in REASONS else code


def near_misses_shown(verdict: Mapping[str, Any], language: str) -> list[ReasonShown]:
    """What stood between the case and another rule: the condition and the value it met, each once."""
    found: dict[str, ReasonShown] = {}
    for miss in verdict.get("near_misses", []):
        fact = str(miss["condition"]).partition(":")[0]
        if (what := f"input.{fact}") in WORDS:
            value = value_text(fact, miss["value"], language)
            text = say("near.text", language, what=say(what, language), value=value)
            found.setdefault(text, ReasonShown("", text))
    return list(found.values())[:NEAR_MISSES_MAX]
