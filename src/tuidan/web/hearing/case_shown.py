"""One case made ready for one party's page: where it stands, who must act, what is there, what may be done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tuidan.domain.dispute.exhibit import FLAGS, TYPES
from tuidan.domain.dispute.hearing import FINDINGS
from tuidan.domain.dispute.offer import KINDS
from tuidan.reads.hearing import HearingView
from tuidan.web.shared.moments import clock_text
from tuidan.web.shared.words import WORDS, say

# Which of the four stages each state belongs to (S-043).
STAGE_OF = {
    "checking": 2,
    "contact": 1,
    "evidence": 3,
    "appraisal": 4,
    "review": 4,
    "escalated": 4,
    "appeal": 4,
    "frozen": 4,
}
STAGES = 4
ELEMENTS = ("order_no", "time", "key_info")
ENDED = STAGES + 1
PLACES = ("channel", "12315", "12345", "court", "other")


@dataclass(frozen=True, slots=True)
class StageStep:
    """One of the four stages on the track."""

    state: str
    word: str
    at: datetime | None = None


def stage_steps(view: HearingView, language: str) -> list[StageStep]:
    """The four stages: done, now, still to come. Asking the seller may come after the application and the evidence."""
    here = STAGE_OF.get(view.status, ENDED)
    done = {2, *range(1, here)}
    if view.response:
        done.add(1)
    if view.exhibits:
        done.add(3)
    states = {n: "now" if n == here else "done" if n in done else "" for n in range(1, ENDED)}
    return [StageStep(state, say(f"stage.{n}", language)) for n, state in states.items()]


def who_text(view: HearingView, now: datetime, language: str) -> str:
    """Who must act, in the reader's own words."""
    status = "evidence_of_seller" if view.status == "evidence" and view.asked_of == "seller" else view.status
    key = f"who.{status}.{view.party}"
    if key not in WORDS:
        key = f"who.{status}.reviewer"
    if key not in WORDS:
        return ""
    due = clock_text(view.due_at, now, language, seconds=False) if view.due_at else ""
    return say(key, language, due=due)


def show_hearing(view: HearingView, now: datetime, language: str) -> dict[str, Any]:
    """All that the page of a case shows."""
    return {
        "h": view,
        "badge": f"case.{view.status}",
        "reason": say(f"reason.{view.reason}", language),
        "steps": stage_steps(view, language),
        "who": who_text(view, now, language),
        "then": say(f"then.{view.then}", language) if f"then.{view.then}" in WORDS and view.who else "",
        "answer": say(f"answer.{view.response}", language) if f"answer.{view.response}" in WORDS else "",
        "may": dict.fromkeys(view.actions, True),
        "needed": [
            {
                "what": say(f"needed.{line.what}", language),
                "state": line.state,
                "state_word": say(f"needed.state.{line.state}", language),
                "types": [say(f"exhibit.{kind}", language) for kind in line.types],
                "origin": say(f"reading.origin.{line.origin}", language) if line.origin else "",
                "proofs": say("needed.proofs", language, ns=", ".join(f"#{n}" for n in line.events))
                if line.events
                else "",
            }
            for line in view.checklist
        ],
        "types": [(kind, say(f"exhibit.{kind}", language)) for kind in TYPES],
        "offer_kinds": [(kind, say(f"offer.{kind}", language)) for kind in KINDS],
        "findings": [(code, say(f"finding.{code}", language)) for code in FINDINGS],
        "fee_borne_by": say(f"hearing.fee.{view.fee_borne_by}", language) if view.fee_borne_by else "",
        "finding": say(f"finding.{view.finding}", language) if view.finding else "",
        "complaint_places": [(code, say(f"complaint.{code}", language)) for code in PLACES],
        "exhibits": [
            {
                "e": shown,
                "type": say(f"exhibit.{shown.type}", language),
                "by": say(f"exhibit.by.{shown.by}", language),
                "seen": [
                    say(f"exhibit.{name}", language)
                    for name in ("has_order_no", "has_timestamp", "has_key_info")
                    if getattr(shown, name)
                ],
                "answer": say(f"exhibit.answer.{shown.answer}", language) if shown.answer else "",
                "read": [
                    f"{say(f'reading.{name}', language)} {say(f'reading.is.{state}', language)}"
                    for name, state in zip(ELEMENTS, shown.read, strict=False)
                    if f"reading.is.{state}" in WORDS
                ],
                "tail": say(f"reading.tail.{shown.code_tail}", language) if shown.code_tail else "",
                "tail_is_other": shown.code_tail == "other",
                "can_flag": shown.flag not in FLAGS,
                "flag": say(f"exhibit.flag.{shown.flag}", language) if shown.flag else "",
                "is_theirs": shown.by != view.party,
            }
            for shown in view.exhibits
        ],
        "offers": [
            {
                "o": offer,
                "badge": f"offer.{offer.status}",
                "kind": say(f"offer.{offer.kind}", language),
                "by": say(f"offer.by.{offer.by}", language),
                "can_answer": "answer_offer" in view.actions
                and offer.status == "open"
                and offer.by != view.party
                and view.party not in offer.yes,
            }
            for offer in reversed(view.offers)
        ],
    }
