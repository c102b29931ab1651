"""One refund request as a case: its four stages, their table, and the fold of the events about it.

checking → contact (the seller is asked) · evidence (a party must add) · appraisal (a third party looks) · review (the
platform decides) → approved | rejected, each open to one appeal; and the ways out: withdrawn, settled, lapsed, frozen.
Who must act in which state, until when, and what happens if nobody does stands in `duties.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain import events as e
from tuidan.domain.transitions import Folds, Table, step

# What a CaseOpened event asks for, by its route.
STEP_OF_ROUTE = {
    "to_seller": "asked_seller",
    "needs_evidence": "asked_evidence",
    "to_appraisal": "asked_appraiser",
    "to_platform": "asked_platform",
}
STAGES = ("contact", "evidence", "appraisal", "review", "escalated")
_ASKED = {
    "asked_seller": "contact",
    "asked_evidence": "evidence",
    "asked_appraiser": "appraisal",
    "asked_platform": "review",
}
_ENDED = {
    "refund_decided": "approved",
    "request_rejected": "rejected",
    "request_withdrawn": "withdrawn",
    "case_settled": "settled",
    "case_lapsed": "lapsed",
}
CASE_TABLE: Table = {
    ("new", "refund_requested"): "checking",
    **{
        (state, name): after
        for state in ("checking", *STAGES, "frozen")
        for name, after in (*_ASKED.items(), *_ENDED.items())
    },
    **{(state, "case_frozen"): "frozen" for state in ("checking", *STAGES, "appeal")},
    ("review", "review_escalated"): "escalated",
    ("approved", "appeal_filed"): "appeal",
    ("rejected", "appeal_filed"): "appeal",
    ("frozen", "appeal_resumed"): "appeal",
    ("appeal", "review_escalated"): "appeal",
    ("appeal", "approval_upheld"): "approved",
    ("appeal", "rejection_upheld"): "rejected",
    ("appeal", "refund_decided"): "approved",
    ("appeal", "request_rejected"): "rejected",
    ("appeal", "case_settled"): "settled",
    ("settled", "refund_decided"): "settled",
}
WAITING = frozenset({*STAGES, "appeal", "frozen"})
"""States in which a person, not a machine, is waited for."""
OPEN = WAITING | {"checking"}


@dataclass(slots=True)
class Case:
    """Request n for one unit; `seen` is the event that last changed it, `due_at` ISO 8601 UTC, `decided_at` seconds."""

    n: int
    unit: int
    reason: str
    amount_fen: int
    status: str
    route: str = ""
    due_at: str = ""
    seen: int = 0
    decided_at: int = 0

    def is_open(self) -> bool:
        """Whether it still waits for a fact or a person."""
        return self.status in OPEN

    def waits(self) -> bool:
        """Whether it waits for a person."""
        return self.status in WAITING

    def move(self, name: str, n: int) -> None:
        """One step of the table, by event n."""
        self.status = step(CASE_TABLE, self.status, name)
        self.seen = n


def _request(cases: list[Case], event: e.RefundRequested, n: int, now: int) -> None:
    status = step(CASE_TABLE, "new", "refund_requested")
    cases.append(Case(event.case, event.unit, event.reason, event.amount_fen, status, seen=n))


def _open(cases: list[Case], event: e.CaseOpened, n: int, now: int) -> None:
    case = cases[event.case - 1]
    case.move(STEP_OF_ROUTE[event.route], n)
    case.route, case.due_at = event.route, event.due_at


def _decide(cases: list[Case], event: e.RefundDecided | e.RequestRejected, n: int, now: int) -> None:
    if not event.case:
        return  # money that nobody asked for goes back without a case
    case = cases[event.case - 1]
    case.move(e.kind_of(event), n)
    case.decided_at = now


def _wait(
    cases: list[Case],
    event: e.ReviewEscalated | e.AppealFiled | e.AppealResumed | e.CaseFrozen,
    n: int,
    now: int,
) -> None:
    case = cases[event.case - 1]
    case.move(e.kind_of(event), n)
    case.due_at = event.due_at


def _uphold(cases: list[Case], event: e.AppealUpheld, n: int, now: int) -> None:
    cases[event.case - 1].move("approval_upheld" if event.approval else "rejection_upheld", n)


def _end(
    cases: list[Case], event: e.RequestWithdrawn | e.CaseSettled | e.CaseLapsed, n: int, now: int
) -> None:
    cases[event.case - 1].move(e.kind_of(event), n)


CASE_FOLDS: Folds = {
    e.RefundRequested: _request,
    e.CaseOpened: _open,
    e.RequestRejected: _decide,
    e.RefundDecided: _decide,
    e.ReviewEscalated: _wait,
    e.AppealFiled: _wait,
    e.AppealResumed: _wait,
    e.CaseFrozen: _wait,
    e.AppealUpheld: _uphold,
    e.RequestWithdrawn: _end,
    e.CaseSettled: _end,
    e.CaseLapsed: _end,
}
