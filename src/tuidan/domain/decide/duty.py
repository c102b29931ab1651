"""Deciders for deadlines: what happens in each state of a case when nobody has acted (domain/dispute/duties.py)."""

from __future__ import annotations

from datetime import datetime

from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.decide.appeal import end, was_approved
from tuidan.domain.decide.order import arm_release
from tuidan.domain.decide.refund import grant, payable_fen_max
from tuidan.domain.decide.ruling import RETURN_DUE, rule
from tuidan.domain.decide.stage import arm, deadline, open_stage
from tuidan.domain.dispute import Case
from tuidan.domain.dispute.duties import LEGAL_LIMITS_DAYS
from tuidan.domain.draft import Context, Draft
from tuidan.domain.order import seconds


def pass_deadline(draft: Draft, command: c.PassCaseDeadline, context: Context) -> None:
    """Carry out the stated default; before the due time, or where somebody acted, there is nothing to do."""
    case = draft.order.case(command.case)
    if case is None or not case.waits() or not case.due_at:
        return
    if draft.now <= datetime.fromisoformat(case.due_at):
        return
    if not draft.order.units[case.unit - 1].left_fen() and case.status != "appeal":
        draft.add(e.RequestWithdrawn(case.n))  # all the money of the unit went back another way
        arm_release(draft)
        return
    DEFAULTS[case.status](draft, case, context)


def _contact(draft: Draft, case: Case, context: Context) -> None:
    """The seller's own clock records the silence; this only makes sure that the case went on."""
    if draft.order.contact(case.unit).is_waiting():
        draft.add(e.ContactSilent(case.unit))
    rule(draft, case, context)
    if case.status == "contact":
        open_stage(draft, case, "to_platform", {}, context)


def _evidence(draft: Draft, case: Case, context: Context) -> None:
    hearing = draft.order.hearing(case.n)
    draft.add(e.EvidenceTimeOver(case.n))
    if hearing is not None and hearing.asked_of == "seller":
        open_stage(draft, case, "to_platform", {}, context)
        return
    rule(draft, case, context)
    if case.status == "evidence":
        open_stage(draft, case, "to_platform", {}, context)


def _appraisal(draft: Draft, case: Case, context: Context) -> None:
    open_stage(draft, case, "to_platform", {}, context)


def _review(draft: Draft, case: Case, context: Context) -> None:
    """The platform is late and says so; a senior has a little longer."""
    due_at = deadline(draft, "late_review", context)
    draft.add(e.ReviewEscalated(case.n, due_at.isoformat()))
    arm(draft, case, due_at)


def _escalated(draft: Draft, case: Case, context: Context) -> None:
    """Late twice: for the buyer, at the platform's cost, as far as there is money to pay from."""
    unit = draft.order.units[case.unit - 1]
    amount_fen = min(
        case.amount_fen or unit.left_fen(), unit.left_fen(), payable_fen_max(draft.order, context.outside)
    )
    if amount_fen <= 0:
        _review_again(draft, case, context)
        return
    due_at = (draft.now + RETURN_DUE).isoformat()
    grant(draft, unit.n, amount_fen, due_at, case.n, late_record(draft, case, amount_fen))
    arm_release(draft)


def _review_again(draft: Draft, case: Case, context: Context) -> None:
    """There is nothing to pay from: an alarm, and the person goes on being asked."""
    draft.add(e.LegalLimitNear(case.n, LEGAL_LIMITS_DAYS[-1]))
    open_stage(draft, case, "to_platform", {}, context)


def late_record(draft: Draft, case: Case, amount_fen: int) -> dict[str, object]:
    """The record of a decision that only the platform's lateness made."""
    full = amount_fen == draft.order.units[case.unit - 1].left_fen()
    return {
        "decision": "approve_full" if full else "approve_partial",
        "amount_fen": amount_fen,
        "by": "default",
        "liable": "platform",
        "cause": "platform",
        "refund_to": "original_path",
        "rules": ["R15", "R17"],
        "reasons": [{"code": "platform_late"}],
    }


def _appeal(draft: Draft, case: Case, context: Context) -> None:
    """First late: escalated. Late again: for the side that appealed, at the platform's cost."""
    hearing = draft.order.hearing(case.n)
    if hearing is None or not hearing.late:
        _review(draft, case, context)
        return
    unit = draft.order.units[case.unit - 1]
    approved = was_approved(draft, case)
    amount_fen = 0 if approved else min(case.amount_fen or unit.left_fen(), unit.left_fen())
    record = late_record(draft, case, amount_fen)
    if approved:
        record |= {"decision": "reject", "amount_fen": 0}
    due_at = (draft.now + RETURN_DUE).isoformat()
    end(draft, case, approve=not approved, amount_fen=amount_fen, due_at=due_at, record=record)
    arm_release(draft)


def _frozen(draft: Draft, case: Case, context: Context) -> None:
    """The channel is silent: an alarm for the operator, and the wait goes on; nothing is paid beside it."""
    if not draft.order.channel_dispute_open():
        thaw(draft, case, context)
        return
    draft.add(e.LegalLimitNear(case.n, LEGAL_LIMITS_DAYS[-1]))
    due_at = deadline(draft, "channel_dispute", context)
    arm(draft, case, due_at)


def thaw(draft: Draft, case: Case, context: Context) -> None:
    """The channel's dispute ended: an appeal goes on as one, anything else is decided on the facts of now."""
    hearing = draft.order.hearing(case.n)
    if hearing is not None and hearing.frozen_from == "appeal":
        due_at = deadline(draft, "appeal_review", context)
        draft.add(e.AppealResumed(case.n, due_at.isoformat()))
        arm(draft, case, due_at)
    elif not draft.order.units[case.unit - 1].left_fen():
        draft.add(e.RequestWithdrawn(case.n))
    else:
        rule(draft, case, context)


def thaw_cases(draft: Draft, context: Context) -> None:
    """Go on with every frozen case, once no channel dispute is open any more."""
    if draft.order.channel_dispute_open():
        return
    for case in draft.order.cases:
        if case.status == "frozen":
            thaw(draft, case, context)


DEFAULTS = {
    "contact": _contact,
    "evidence": _evidence,
    "appraisal": _appraisal,
    "review": _review,
    "escalated": _escalated,
    "appeal": _appeal,
    "frozen": _frozen,
}


def note_legal_limit(draft: Draft, command: c.NoteLegalLimit, context: Context) -> None:
    """The operator hears of a case that is still open one day before a legal limit (timer)."""
    case = draft.order.case(command.case)
    hearing = draft.order.hearing(command.case)
    if case is None or hearing is None or not case.is_open():
        return
    days = (seconds(draft.now) - hearing.opened_at) // 86_400 + 1
    limit = max((limit for limit in LEGAL_LIMITS_DAYS if limit <= days), default=0)
    if limit:
        draft.add(e.LegalLimitNear(case.n, limit))
