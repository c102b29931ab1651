"""The policy applied to one case of one order: refund, rejection, or a person with a deadline.

The same facts and the same function answer the buyer's question beforehand (`preview`) and decide afterwards.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from tuidan.domain import events as e
from tuidan.domain.decide.order import arm_release
from tuidan.domain.decide.refund import grant, payable_fen_max
from tuidan.domain.dispute import Case
from tuidan.domain.draft import Context, Draft, plain
from tuidan.domain.facts import unit_facts
from tuidan.domain.order import Order
from tuidan.domain.policy import Verdict
from tuidan.domain.policy import decide as decide_by_policy

APPROVALS = frozenset({"approve_full", "approve_partial"})
REVIEW_WITHIN = timedelta(days=3)
RETURN_DUE = timedelta(hours=24)


def verdict_on(
    order: Order, unit_n: int, reason: str, requested_fen: int, now: datetime, context: Context
) -> Verdict:
    """What the order's own policy version says now."""
    facts = unit_facts(order, order.units[unit_n - 1], reason, requested_fen, now, context.outside)
    return decide_by_policy(facts, context.policy, context.calendar)


def verdict_record(verdict: Verdict) -> dict[str, object]:
    """The verdict as it stands in the event: everything a reader needs to check it later."""
    record = {name: value for name, value in verdict.to_plain().items() if value is not None}
    record["reasons"] = [
        {"code": reason.code, "data": plain(dict(reason.data)) if reason.data else {}}
        for reason in verdict.reasons
    ]
    return record


def carried_out(order: Order, unit_n: int, verdict: Verdict) -> str:
    """What comes of a verdict here and now: the decision, or `to_platform` for an approval that cannot be paid."""
    payable = (
        0 < verdict.amount_fen <= min(order.units[unit_n - 1].left_fen(), payable_fen_max(order))
        and verdict.refund_to == "original_path"
    )
    return "to_platform" if verdict.decision in APPROVALS and not payable else verdict.decision


def rule(draft: Draft, case: Case, context: Context) -> None:
    """Decide a case that waits for nothing more."""
    verdict = verdict_on(draft.order, case.unit, case.reason, case.amount_fen, draft.now, context)
    record = verdict_record(verdict)
    due_at = verdict.deadline.due_at.isoformat() if verdict.deadline else ""
    route = carried_out(draft.order, case.unit, verdict)
    if route in APPROVALS:
        grant(draft, case.unit, verdict.amount_fen, due_at, case.n, record)
        arm_release(draft)
    elif route == "reject":
        draft.add(e.RequestRejected(case.n, record))
        arm_release(draft)
    else:
        due_at = due_at or (draft.now + REVIEW_WITHIN).isoformat()
        if case.status != "open" or case.route != route:
            draft.add(e.CaseOpened(case.n, route, due_at, record))


def request_by_system(draft: Draft, unit: int, reason: str, context: Context) -> None:
    """Start a request that the buyer need not make, or decide the one that is open, on the new facts.

    Where all the money went back already there is nothing to ask for, and nobody is told of a rejection.
    """
    if not draft.order.units[unit - 1].left_fen():
        return
    case = draft.order.open_case_of(unit)
    if case is None:
        n = len(draft.order.cases) + 1
        draft.add(e.RefundRequested(n, unit, reason, 0))
        case = draft.order.cases[n - 1]
    elif case.reason != reason:
        n = len(draft.order.cases) + 1
        draft.add(e.RequestWithdrawn(case.n))
        draft.add(e.RefundRequested(n, unit, reason, 0))
        case = draft.order.cases[n - 1]
    rule(draft, case, context)


def rule_open_case(draft: Draft, unit: int, context: Context) -> None:
    """Decide the unit's open request again, now that a fact has changed; nothing when there is none."""
    case = draft.order.open_case_of(unit)
    if case is not None:
        rule(draft, case, context)
