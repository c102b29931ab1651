"""One refund request as a case: state and table. Rules close the clear ones, people the rest."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain import events as e
from tuidan.domain.transitions import Folds, Table, step

CASE_TABLE: Table = {
    ("new", "refund_requested"): "checking",
    ("checking", "case_opened"): "open",
    ("checking", "refund_decided"): "approved",
    ("checking", "request_rejected"): "rejected",
    ("checking", "request_withdrawn"): "withdrawn",
    ("open", "refund_decided"): "approved",
    ("open", "request_rejected"): "rejected",
    ("open", "request_withdrawn"): "withdrawn",
    ("open", "case_opened"): "open",
}
OPEN = frozenset({"checking", "open"})
# The reasons a reviewer may give for either outcome.
APPROVING = ("seller_fault", "not_to_account", "evidence_supports_buyer", "service_not_done", "goodwill")
REJECTING = ("delivered", "insufficient_evidence", "used_by_buyer", "outside_rules")
# The reasons a buyer may choose from, by goods kind.
REASONS: dict[str, tuple[str, ...]] = {
    "card_code": (
        "no_reason",
        "item_invalid",
        "not_received",
        "amount_short",
        "not_as_described",
        "wrong_item_bought",
        "late",
        "other",
    ),
    "top_up": (
        "not_received",
        "amount_short",
        "wrong_account",
        "duplicate_order",
        "reversed",
        "account_banned",
        "late",
        "no_reason",
        "not_as_described",
        "other",
    ),
    "membership": (
        "not_received",
        "service_stopped",
        "not_as_described",
        "auto_renew",
        "wrong_account",
        "no_reason",
        "late",
        "other",
    ),
    "service": (
        "not_received",
        "late",
        "not_as_described",
        "service_stopped",
        "cannot_use",
        "account_banned",
        "no_reason",
        "other",
    ),
}


@dataclass(slots=True)
class Case:
    """Request n for one unit; `seen` is the event that last changed it, `due_at` ISO 8601 UTC."""

    n: int
    unit: int
    reason: str
    amount_fen: int
    status: str
    route: str = ""
    due_at: str = ""
    seen: int = 0

    def is_open(self) -> bool:
        """Whether it still waits for a fact or a person."""
        return self.status in OPEN


def _request(cases: list[Case], event: e.RefundRequested, n: int, now: int) -> None:
    status = step(CASE_TABLE, "new", "refund_requested")
    cases.append(Case(event.case, event.unit, event.reason, event.amount_fen, status, seen=n))


def _move(
    cases: list[Case],
    event: e.CaseOpened | e.RequestRejected | e.RequestWithdrawn | e.RefundDecided,
    n: int,
    now: int,
) -> None:
    if not event.case:
        return  # money that nobody asked for goes back without a case
    case = cases[event.case - 1]
    case.status = step(CASE_TABLE, case.status, e.kind_of(event))
    case.seen = n


def _open(cases: list[Case], event: e.CaseOpened, n: int, now: int) -> None:
    _move(cases, event, n, now)
    case = cases[event.case - 1]
    case.route, case.due_at = event.route, event.due_at


CASE_FOLDS: Folds = {
    e.RefundRequested: _request,
    e.CaseOpened: _open,
    e.RequestRejected: _move,
    e.RequestWithdrawn: _move,
    e.RefundDecided: _move,
}
