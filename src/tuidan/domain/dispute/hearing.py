"""What was asked and found in a case that a rule alone did not end. An automatic case has none, and costs nothing."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain import events as e
from tuidan.domain.transitions import Folds

FINDINGS = ("not_as_described", "as_described", "partly", "invalid", "valid", "inconclusive")


@dataclass(slots=True)
class Hearing:
    """The hearing of one case, opened at `opened_at` seconds; `finding_percent` -1 = not said.

    `asked_of` names who must add evidence, `decided_by` the reviewer who decided, `appealed_by` the party that did.
    """

    case: int
    opened_at: int
    asked_of: str = ""
    evidence_over: bool = False
    appraiser: str = ""
    accepted: bool = False
    finding: str = ""
    finding_percent: int = -1
    decided_by: str = ""
    appealed_by: str = ""
    frozen_from: str = ""
    late: bool = False


def find_hearing(hearings: list[Hearing], case: int) -> Hearing | None:
    """The hearing of a case; None when rules alone have dealt with it."""
    return next((hearing for hearing in hearings if hearing.case == case), None)


def _of(hearings: list[Hearing], case: int, now: int) -> Hearing:
    hearing = find_hearing(hearings, case)
    if hearing is None:
        hearing = Hearing(case, now)
        hearings.append(hearing)
    return hearing


def _open(hearings: list[Hearing], event: e.CaseOpened, n: int, now: int) -> None:
    hearing = _of(hearings, event.case, now)
    hearing.asked_of = event.asked_of or ("buyer" if event.route == "needs_evidence" else "")


def _evidence_over(hearings: list[Hearing], event: e.EvidenceTimeOver, n: int, now: int) -> None:
    _of(hearings, event.case, now).evidence_over = True


def _assign(hearings: list[Hearing], event: e.AppraiserAssigned, n: int, now: int) -> None:
    hearing = _of(hearings, event.case, now)
    hearing.appraiser, hearing.accepted = event.appraiser, False


def _accept(hearings: list[Hearing], event: e.AppraisalAccepted, n: int, now: int) -> None:
    _of(hearings, event.case, now).accepted = True


def _decline(hearings: list[Hearing], event: e.AppraisalDeclined, n: int, now: int) -> None:
    _of(hearings, event.case, now).appraiser = ""


def _report(hearings: list[Hearing], event: e.AppraisalReported, n: int, now: int) -> None:
    hearing = _of(hearings, event.case, now)
    hearing.finding, hearing.finding_percent = event.finding, event.percent


def _appeal(hearings: list[Hearing], event: e.AppealFiled, n: int, now: int) -> None:
    hearing = _of(hearings, event.case, now)
    hearing.appealed_by, hearing.late = event.by, False


def _freeze(hearings: list[Hearing], event: e.CaseFrozen, n: int, now: int) -> None:
    _of(hearings, event.case, now).frozen_from = event.before


def _escalate(hearings: list[Hearing], event: e.ReviewEscalated, n: int, now: int) -> None:
    _of(hearings, event.case, now).late = True


def _decide(hearings: list[Hearing], event: e.RefundDecided | e.RequestRejected, n: int, now: int) -> None:
    reviewer = event.verdict.get("reviewer")
    if reviewer:
        _of(hearings, event.case, now).decided_by = str(reviewer)


HEARING_FOLDS: Folds = {
    e.CaseOpened: _open,
    e.EvidenceTimeOver: _evidence_over,
    e.AppraiserAssigned: _assign,
    e.AppraisalAccepted: _accept,
    e.AppraisalDeclined: _decline,
    e.AppraisalReported: _report,
    e.AppealFiled: _appeal,
    e.CaseFrozen: _freeze,
    e.ReviewEscalated: _escalate,
    e.RefundDecided: _decide,
    e.RequestRejected: _decide,
}
