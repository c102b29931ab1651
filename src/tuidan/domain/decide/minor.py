"""A reviewer's finding about the buyer's age, and the decision that follows from it (R16)."""

from __future__ import annotations

from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.decide.order import arm_release
from tuidan.domain.decide.refund import grant, payable_fen_max
from tuidan.domain.decide.ruling import APPROVALS, RETURN_DUE, rule, verdict_on, verdict_record
from tuidan.domain.dispute import Case
from tuidan.domain.draft import Context, Draft, Refused
from tuidan.domain.policy.amounts import share_up

AGE_MAX = 120
# The court's own range for a family that let it happen (民法典157); 0 where it bears no fault.
SHARES_PERCENT = (30, 70)


def record_finding(draft: Draft, command: c.RecordMinorFinding, context: Context) -> None:
    """Freeze what a person found on the proofs, then let the policy decide the case on it.

    Where the family shares the fault, what the policy grants is less by that share, rounded in the buyer's favour.
    """
    case = draft.order.case(command.case)
    if case is None:
        raise Refused("no_such_case", case=command.case)
    if not case.is_open():
        raise Refused("case_closed", case=command.case)
    low, high = SHARES_PERCENT
    share = command.guardian_share_percent
    if not -1 <= command.age <= AGE_MAX or not (share == 0 or low <= share <= high):
        raise Refused("finding_unknown", shares=[0, low, high])
    found = e.MinorFound(
        command.is_minor,
        command.age,
        command.own_income,
        command.face_verified,
        command.ratified,
        share,
        command.text_sha256,
    )
    draft.add(found)
    if share and _grant_the_rest(draft, case, share, context):
        return
    rule(draft, case, context)


def _grant_the_rest(draft: Draft, case: Case, share: int, context: Context) -> bool:
    """Pay what the policy grants less the family's share; False where it grants nothing, or cannot be paid."""
    order = draft.order
    verdict = verdict_on(order, case.unit, case.reason, case.amount_fen, draft.now, context)
    amount_fen = share_up(verdict.amount_fen, 100 - share, 100)
    if verdict.decision not in APPROVALS or not 0 < amount_fen <= payable_fen_max(order, context.outside):
        return False
    record = verdict_record(verdict) | {
        "decision": "approve_partial",
        "amount_fen": amount_fen,
        "liable": "shared",
        "by": "reviewer",
        "guardian_share_percent": share,
    }
    grant(draft, case.unit, amount_fen, (draft.now + RETURN_DUE).isoformat(), case.n, record)
    arm_release(draft)
    return True
