"""Deciders for the appeal: once, in time, with new facts, before a fresh reviewer (R19, S-082)."""

from __future__ import annotations

from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.decide.recall import recall
from tuidan.domain.decide.refund import grant
from tuidan.domain.decide.stage import arm, deadline, party_of, permit
from tuidan.domain.dispute import Case
from tuidan.domain.draft import Context, Draft, Refused


def file(draft: Draft, command: c.FileAppeal, context: Context) -> None:
    """Bring the decided case before a fresh reviewer. Needs something filed after the decision."""
    case = permit(draft, command.case, "file_appeal", context)
    party = party_of(draft)
    new = [
        shown for shown in draft.order.exhibits_of(case.n) if shown.by == party and shown.filed > case.seen
    ]
    if not new:
        raise Refused("no_new_facts", case=case.n)
    due_at = deadline(draft, "appeal_review", context)
    draft.add(e.AppealFiled(case.n, party, due_at.isoformat(), command.text_sha256))
    arm(draft, case, due_at)


def check_fresh(draft: Draft, case: Case) -> None:
    """Raise Refused where the same person decided before."""
    hearing = draft.order.hearing(case.n)
    if case.status == "appeal" and hearing is not None and hearing.decided_by == draft.actor.id:
        raise Refused("not_fresh_reviewer", case=case.n)


def was_approved(draft: Draft, case: Case) -> bool:
    """Whether the decision under appeal gave money back."""
    hearing = draft.order.hearing(case.n)
    return hearing is not None and hearing.appealed_by == "seller"


def end(
    draft: Draft, case: Case, approve: bool, amount_fen: int, due_at: str, record: dict[str, object]
) -> None:
    """Carry out the judgement on an appeal: upheld, granted after all, or recalled from the buyer."""
    approved_before = was_approved(draft, case)
    if approve == approved_before:
        draft.add(e.AppealUpheld(case.n, approved_before, record))
    elif approve:
        grant(draft, case.unit, amount_fen, due_at, case.n, record)
    else:
        draft.add(e.RequestRejected(case.n, record))
        for refund in [each for each in draft.order.refunds if each.case == case.n]:
            recall(draft, refund.n, refund.amount_fen, case.n, "appeal")
