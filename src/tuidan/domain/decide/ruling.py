"""The policy applied to one case of one order: refund, rejection, or a person with a deadline.

The same facts and the same function answer the buyer's question beforehand (`preview`) and decide afterwards.
"""

from __future__ import annotations

from datetime import datetime, timedelta, tzinfo
from functools import lru_cache

from tuidan.domain import events as e
from tuidan.domain.decide.order import arm_release
from tuidan.domain.decide.proposal import offers_less, propose_answer
from tuidan.domain.decide.refund import grant, payable_fen_max
from tuidan.domain.decide.stage import freeze, open_stage
from tuidan.domain.dispute import Case, open_offer
from tuidan.domain.dispute.exhibit import REUSE_SEEN
from tuidan.domain.draft import Context, Draft
from tuidan.domain.facts import Outside, unit_facts
from tuidan.domain.order import Order
from tuidan.domain.policy import Verdict, decide_known

APPROVALS = frozenset({"approve_full", "approve_partial"})
# A person of the platform has these before them.
WITH_PLATFORM = frozenset({"review", "escalated", "appeal"})
RETURN_DUE = timedelta(hours=24)


def verdict_on(
    order: Order, unit_n: int, reason: str, requested_fen: int, now: datetime, context: Context
) -> Verdict:
    """What the order's own policy version says now."""
    facts = unit_facts(order, order.units[unit_n - 1], reason, requested_fen, now, context.outside)
    return decide_known(facts, context.policy, context.calendar)


def verdict_record(verdict: Verdict) -> dict[str, object]:
    """The verdict as it stands in the event: everything a reader needs to check it later."""
    return verdict.to_record()


def carried_out(order: Order, unit_n: int, verdict: Verdict, outside: Outside) -> str:
    """What comes of a verdict here and now: the decision, or `to_platform` for an approval that cannot be paid.

    Nobody is refused, or asked for more, while a picture of theirs waits for a person's look (R11).
    """
    if verdict.decision in ("reject", "needs_evidence") and _waits_for_a_look(order, unit_n):
        return "to_platform"
    max_fen = min(order.units[unit_n - 1].left_fen(), payable_fen_max(order, outside))
    payable = 0 < verdict.amount_fen <= max_fen
    return "to_platform" if verdict.decision in APPROVALS and not payable else verdict.decision


def _waits_for_a_look(order: Order, unit_n: int) -> bool:
    """Whether the platform saw a picture of the open case elsewhere, and no person has said what that means."""
    case = order.open_case_of(unit_n) if order.exhibits else None
    return case is not None and any(
        shown.by == "buyer" and shown.flag == REUSE_SEEN for shown in order.exhibits_of(case.n)
    )


def rule(draft: Draft, case: Case, context: Context, *, only_pay: bool = False) -> None:
    """Decide a case that waits for nothing more, or ask whoever is next; or only pay, where that is the verdict."""
    order = draft.order
    if order.channel_dispute_open():
        if case.status != "frozen":
            freeze(draft, case, context)
        return
    verdict = verdict_on(order, case.unit, case.reason, case.amount_fen, draft.now, context)
    record: dict[str, object] = verdict_record(verdict)
    due_at = verdict.deadline.due_at if verdict.deadline else None
    route = carried_out(order, case.unit, verdict, context.outside)
    if route != verdict.decision:
        # the rule would pay, but what it would pay from is used up; or it would refuse before a person has looked
        record = {**record, "held_by": "fund_short" if verdict.decision in APPROVALS else REUSE_SEEN}
    if route in APPROVALS:
        due_text = _text_of(due_at, due_at.tzinfo) if due_at else ""
        grant(draft, case.unit, verdict.amount_fen, due_text, case.n, record)
        arm_release(draft)
    elif only_pay or case.status in WITH_PLATFORM:
        return  # what a person has before them goes no way back by itself
    elif route == "reject":
        _reject(draft, case, record)
        arm_release(draft)
    else:
        _ask(draft, case, route, record, due_at if route == verdict.decision else None, context)


@lru_cache(maxsize=64)
def _text_of(moment: datetime, zone: tzinfo | None) -> str:
    """A moment as ISO 8601, which many orders of one incident share; the zone is part of the text."""
    return moment.isoformat()


def _reject(draft: Draft, case: Case, record: dict[str, object]) -> None:
    """Refuse; but a buyer who showed nothing in time is closed once without prejudice."""
    hearing = draft.order.hearing(case.n)
    nothing_shown = not draft.order.exhibits_of(case.n)
    lapsed_before = any(
        earlier.status == "lapsed" and earlier.unit == case.unit for earlier in draft.order.cases
    )
    if hearing is not None and hearing.evidence_over and nothing_shown and not lapsed_before:
        draft.add(e.CaseLapsed(case.n))
    else:
        draft.add(e.RequestRejected(case.n, record))


def _ask(
    draft: Draft,
    case: Case,
    route: str,
    record: dict[str, object],
    due_at: datetime | None,
    context: Context,
) -> None:
    """Open the stage that the policy names; where it was gone through already, a person decides."""
    order, hearing = draft.order, draft.order.hearing(case.n)
    if open_offer(order.offers, case.n) is not None and case.status == "contact":
        return  # the parties are still talking: the offer's end, or an answer, goes on from here
    if route == "to_seller" and order.contact(case.unit).response:
        if offers_less(draft, case) and not any(offer.case == case.n for offer in order.offers):
            propose_answer(draft, case, context)
            return
        route, due_at = "to_platform", None  # the seller has answered, and it led to no end
    if route == "to_appraisal" and hearing is not None and hearing.finding:
        route, due_at = "to_platform", None
    if case.waits() and case.route == route and case.status != "frozen":
        return  # the same is asked still, until the same moment
    open_stage(draft, case, route, record, context, due_at)


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
    """Decide the unit's open request again, now that a fact has changed; nothing when there is none.

    A party that still gathers evidence is neither refused nor hurried on by it: its own submission, or its
    deadline, goes on from there (S-037).
    """
    case = draft.order.open_case_of(unit)
    if case is not None:
        rule(draft, case, context, only_pay=case.status == "evidence")
