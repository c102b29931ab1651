"""Deciders for refund requests: ask, wait for an outside fact, withdraw, a person's judgement."""

from __future__ import annotations

from tuidan.domain import commands as c
from tuidan.domain import effects
from tuidan.domain import events as e
from tuidan.domain.decide.appeal import check_fresh, end, was_approved
from tuidan.domain.decide.delivery import unit_of
from tuidan.domain.decide.issuer import record_review
from tuidan.domain.decide.order import arm_release
from tuidan.domain.decide.refund import grant, payable_fen_max
from tuidan.domain.decide.ruling import RETURN_DUE, rule, verdict_on, verdict_record
from tuidan.domain.decide.stage import open_stage, party_of, permit
from tuidan.domain.delivery import Unit
from tuidan.domain.dispute import APPROVING, REASONS, REJECTING, Case
from tuidan.domain.draft import Context, Draft, Refused
from tuidan.domain.facts import history_of
from tuidan.domain.order import Order

CHECK_SECONDS_MAX = 90
COMPLAINT_PLACES = ("channel", "12315", "12345", "court", "other")
STOPPABLE_REASONS = frozenset(
    {"no_reason", "wrong_account", "duplicate_order", "not_received", "late", "other"}
)
# Grounds that the issuer can speak to: whether it arrived, how much, and whether it is still there.
CREDIT_REASONS = frozenset({"not_received", "amount_short", "reversed"})
# A buyer's mistake, which whoever keeps the account may be able to undo (R24).
MISTAKES = frozenset({"wrong_account", "wrong_item_bought", "duplicate_order"})


def request_refund(draft: Draft, command: c.RequestRefund, context: Context) -> None:
    """Hear a request: first fetch the outside fact it hangs on, if there is one, then let the policy decide."""
    order = draft.order
    unit = unit_of(order, command.unit)
    if order.status not in ("paid", "released"):
        raise Refused("already_refunded" if order.status == "refunded" else "order_not_paid")
    if not unit.left_fen():
        raise Refused("already_refunded", unit=unit.n)
    if order.open_case_of(unit.n):
        raise Refused("case_open", unit=unit.n)
    if command.reason not in REASONS[order.goods_kind]:
        raise Refused("reason_unknown", reason=command.reason)
    if not 0 <= command.amount_fen <= unit.left_fen():
        raise Refused("amount_out_of_range", max_fen=unit.left_fen())
    waits_for = _outside_fact(order, unit, command.reason)
    n = len(order.cases) + 1
    draft.add(
        e.RefundRequested(
            n,
            unit.n,
            command.reason,
            command.amount_fen,
            command.text_sha256,
            waits_for,
            history_of(context.outside),
        )
    )
    if waits_for == "issuer":
        draft.effect(effects.CHECK_CODE if order.goods_kind == "card_code" else effects.CHECK_CREDIT, unit.n)
        draft.wake(effects.CHECK_OVERDUE, CHECK_SECONDS_MAX, n)
    elif waits_for == "supplier":
        draft.add(e.CancelRequested(unit.n))
        draft.effect(effects.CANCEL_SUPPLY, unit.n)
        draft.wake(effects.CHECK_OVERDUE, CHECK_SECONDS_MAX, n)
    else:
        rule(draft, order.cases[n - 1], context)


def _outside_fact(order: Order, unit: Unit, reason: str) -> str:
    """Which outside fact the decision hangs on: the issuer's on what was delivered, the supplier's on what was sent."""
    arrived = order.goods_kind == "top_up" and unit.status in ("delivered", "partial")
    if arrived and order.issuer and reason in CREDIT_REASONS and (unit.supplied or unit.trace_no):
        return "issuer"
    if arrived and order.issuer and reason == "wrong_account" and unit.trace_no and not unit.account:
        return "issuer"  # a seller's own hand does not say where it went
    if order.goods_kind == "membership" and order.issuer and unit.trace_no and reason in MISTAKES:
        return "issuer" if unit.status == "delivered" else ""
    if order.goods_kind == "card_code" and order.issuer and unit.status in ("delivered", "revealed"):
        return "issuer"
    if order.goods_kind == "top_up" and unit.status == "processing" and not unit.stopping:
        return "supplier" if order.supplier and reason in STOPPABLE_REASONS and not unit.supplied else ""
    return ""


def record_issuer_check(draft: Draft, command: c.RecordIssuerCheck, context: Context) -> None:
    """Freeze the issuer's answer, then decide the request that waited for it."""
    unit = unit_of(draft.order, command.unit)
    if unit.status not in ("delivered", "revealed"):
        return
    if command.purpose == "review":
        record_review(draft, command, context)
        return
    case = draft.order.open_case_of(unit.n)
    activated_at = command.activated_at.isoformat() if command.activated_at else ""
    draft.add(
        e.IssuerChecked(
            unit.n,
            command.status,
            activated_at,
            command.activated_by,
            command.purpose,
            command.face_fen,
            command.checked_at,
            command.answer_sha256,
        )
    )
    if case is not None and case.status == "checking":
        rule(draft, case, context)


def give_up_check(draft: Draft, command: c.GiveUpCheck, context: Context) -> None:
    """The outside fact did not come in time: decide with `unknown`, which leads to a person where it matters."""
    case = draft.order.case(command.case)
    if case is not None and case.status == "checking":
        rule(draft, case, context)


def withdraw(draft: Draft, command: c.WithdrawRequest, context: Context) -> None:
    """Close the request without a decision; the hold on the seller's money ends with it."""
    case = permit(draft, command.case, "withdraw", context)
    draft.add(e.RequestWithdrawn(case.n))
    arm_release(draft)


def call_platform(draft: Draft, command: c.CallPlatform, context: Context) -> None:
    """Either party calls the platform in; a reviewer takes over what waits for evidence (S-083)."""
    action = "take_over" if party_of(draft) == "reviewer" else "call_platform"
    case = permit(draft, command.case, action, context)
    open_stage(draft, case, "to_platform", {}, context)


def link_complaint(draft: Draft, command: c.LinkComplaint, context: Context) -> None:
    """Keep where the buyer complained too, so that nothing is answered or paid twice."""
    case = permit(draft, command.case, "link_complaint", context)
    if command.where not in COMPLAINT_PLACES or not command.number:
        raise Refused("complaint_place_unknown", known=list(COMPLAINT_PLACES))
    draft.add(e.ComplaintLinked(case.n, command.where, command.number))


def decide_case(draft: Draft, command: c.DecideCase, context: Context) -> None:
    """A reviewer's judgement on what the person saw; refused when something material came in between."""
    order = draft.order
    found = order.case(command.case)
    appeal = found is not None and found.status == "appeal"
    case = permit(draft, command.case, "decide_appeal" if appeal else "decide_case", context)
    check_fresh(draft, case)
    if not order.material <= command.seen_version <= order.version:
        raise Refused("case_changed", case=case.n)
    known = APPROVING if command.approve else REJECTING
    if not command.reasons or not set(command.reasons) <= set(known):
        raise Refused("ruling_unknown", known=list(known))
    if not set(command.exhibits) <= {exhibit.n for exhibit in order.exhibits_of(case.n)}:
        raise Refused("no_such_exhibit", exhibit=max(command.exhibits))
    stands = appeal and was_approved(draft, case) and command.approve
    amount_fen = 0 if stands or not command.approve else _granted_fen(draft, case, command, context)
    record = _judgement(draft, case, command, amount_fen, context)
    due_at = (draft.now + RETURN_DUE).isoformat()
    if appeal:
        end(draft, case, command.approve, amount_fen, due_at, record)
    elif command.approve:
        grant(draft, case.unit, amount_fen, due_at, case.n, record)
    else:
        draft.add(e.RequestRejected(case.n, record))
    arm_release(draft)


def _granted_fen(draft: Draft, case: Case, command: c.DecideCase, context: Context) -> int:
    """What the reviewer grants, within what is left of the unit and can be paid. Raises Refused."""
    left_fen = draft.order.units[case.unit - 1].left_fen()
    amount_fen = command.amount_fen or left_fen
    max_fen = min(left_fen, payable_fen_max(draft.order, context.outside))
    if not 0 < amount_fen <= max_fen:
        raise Refused("amount_out_of_range", max_fen=max_fen)
    return amount_fen


def _judgement(
    draft: Draft, case: Case, command: c.DecideCase, amount_fen: int, context: Context
) -> dict[str, object]:
    """The record of a judgement: what, by whom, why, on which exhibits, and what the policy said of it."""
    order, unit = draft.order, draft.order.units[case.unit - 1]
    said = verdict_record(verdict_on(order, unit.n, case.reason, case.amount_fen, draft.now, context))
    approved = "approve_full" if amount_fen == unit.left_fen() else "approve_partial"
    record: dict[str, object] = {
        "decision": approved if command.approve else "reject",
        "amount_fen": amount_fen,
        "by": "reviewer",
        "reviewer": draft.actor.id,
        "reasons": [{"code": reason} for reason in command.reasons],
        "policy_said": said,
    }
    if command.exhibits:
        record["exhibits"] = list(command.exhibits)
    return record
