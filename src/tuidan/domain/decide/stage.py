"""Leading a case from stage to stage: who may do what now, opening a stage with its deadline, freezing and resuming.

No stage is left without a timer: the one that is armed here carries out the stated default (duty.py).
"""

from __future__ import annotations

from datetime import datetime
from math import ceil

from tuidan.domain import effects
from tuidan.domain import events as e
from tuidan.domain.dispute import Case, open_offer
from tuidan.domain.dispute.actions import allowed
from tuidan.domain.dispute.duties import LEGAL_LIMITS_DAYS, duty_of
from tuidan.domain.draft import Context, Draft, Refused
from tuidan.domain.order import Order
from tuidan.domain.policy.deadlines import end_of_span

STAFF = {"operator": "reviewer"}
ALARM_BEFORE_DAYS = 1
FRESH_SECONDS = 60


def party_of(draft: Draft) -> str:
    """In which role the actor stands before a case."""
    return STAFF.get(draft.actor.kind, draft.actor.kind)


def may(order: Order, case: Case, party: str, now: datetime, context: Context) -> tuple[str, ...]:
    """What a party may do in a case now; pages and API show the same list."""
    days = context.policy.numbers.appeal_days
    names = allowed(case, order.hearing(case.n), open_offer(order.offers, case.n), party, now, days)
    beside = order.open_case_of(case.unit)
    if "file_appeal" in names and beside is not None:
        return ()  # the unit's question is open already, under another request
    return names


def permit(draft: Draft, n: int, action: str, context: Context) -> Case:
    """The case, where the actor may do this now. Raises Refused: no_such_case, case_closed, case_changed or not_now."""
    case = draft.order.case(n)
    if case is None:
        raise Refused("no_such_case", case=n)
    if action in may(draft.order, case, party_of(draft), draft.now, context):
        return case
    if not case.is_open() and action != "file_appeal":
        raise Refused("case_closed", case=n)
    raise Refused("not_now", case=n, action=action, status=case.status)


def deadline(draft: Draft, name: str, context: Context) -> datetime:
    """When a deadline of the policy ends that starts now."""
    return end_of_span(context.policy.spans[name], draft.now, context.calendar)


def arm(draft: Draft, case: Case, due_at: datetime) -> None:
    """Wake the case just after its deadline: at the last moment itself an act is still in time."""
    draft.wake(effects.CASE_DUE, max(0, ceil((due_at - draft.now).total_seconds())) + 1, case.n)


def open_stage(
    draft: Draft,
    case: Case,
    route: str,
    record: dict[str, object],
    context: Context,
    due_at: datetime | None = None,
    *,
    asked_of: str = "",
    types: tuple[str, ...] = (),
) -> None:
    """Ask whoever is next: seller, a party for evidence, an appraiser, or the platform."""
    first = draft.order.hearing(case.n) is None
    if route == "to_seller" and not (due_at and draft.order.contact(case.unit).response):
        due_at = _ask_seller(draft, case, context)
    elif due_at is None:
        due_at = deadline(draft, _deadline_name(route, asked_of), context)
    draft.add(e.CaseOpened(case.n, route, due_at.isoformat(), record, asked_of, list(types)))
    arm(draft, case, due_at)
    if route == "to_platform":
        _ask_issuer_again(draft, case)
    if first:
        _arm_alarms(draft, case)
        _ask_whether_settled(draft)


def _deadline_name(route: str, asked_of: str) -> str:
    status = {"needs_evidence": "evidence", "to_appraisal": "appraisal", "to_platform": "review"}[route]
    duty = duty_of(status, asked_of)
    assert duty is not None
    return duty.deadline


def _ask_seller(draft: Draft, case: Case, context: Context) -> datetime:
    """Start the seller's clock, unless the buyer's own question has started it already (S-047)."""
    contact = draft.order.contact(case.unit)
    if contact.is_waiting():
        return datetime.fromisoformat(contact.due_at)
    due_at = deadline(draft, "seller_answer", context)
    draft.add(e.SellerAsked(case.n, case.unit, due_at.isoformat()))
    draft.wake(effects.CONTACT_SILENT, context.policy.numbers.seller_answer_seconds, case.unit)
    return due_at


def _arm_alarms(draft: Draft, case: Case) -> None:
    """The operator hears of a case that is still open one day before a legal limit."""
    for days in LEGAL_LIMITS_DAYS:
        draft.wake(effects.CASE_ALARM, (days - ALARM_BEFORE_DAYS) * 86_400, case.n)


def _ask_issuer_again(draft: Draft, case: Case) -> None:
    """Who decides sees what the issuer says now, unless it has spoken a moment ago; `unknown` is asked again."""
    order, unit = draft.order, draft.order.units[case.unit - 1]
    if not order.issuer:
        return
    card = order.goods_kind == "card_code" and unit.status in ("delivered", "revealed")
    fresh = draft.now.timestamp() - unit.issuer_checked_at < FRESH_SECONDS
    known = unit.issuer_status not in ("", "unknown")
    top_up = unit.status in ("delivered", "partial") and bool(unit.supplied or unit.trace_no)
    if (card and not (known and fresh)) or (order.goods_kind == "top_up" and top_up):
        draft.effect(effects.CHECK_REVIEW, case.n)


def _ask_whether_settled(draft: Draft) -> None:
    """Whether the channel can still stop the money is told to the buyer once people begin to argue (S-086)."""
    for payment in draft.order.payments:
        if payment.status == "captured" and not payment.settlement:
            draft.effect(effects.QUERY_SETTLEMENT, payment.attempt)


def freeze(draft: Draft, case: Case, context: Context) -> None:
    """A channel dispute is open: nothing more is decided here until it ends (R20)."""
    due_at = deadline(draft, "channel_dispute", context)
    draft.add(e.CaseFrozen(case.n, case.status, due_at.isoformat()))
    arm(draft, case, due_at)


def freeze_cases(draft: Draft, context: Context) -> None:
    """Freeze every case that a person works on."""
    for case in draft.order.cases:
        if case.is_open() and case.status != "frozen":
            freeze(draft, case, context)
