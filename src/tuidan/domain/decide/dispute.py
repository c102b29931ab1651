"""Deciders for refund requests: ask, wait for an outside fact, withdraw, a person's judgement."""

from __future__ import annotations

from tuidan.domain import commands as c
from tuidan.domain import effects
from tuidan.domain import events as e
from tuidan.domain.decide.delivery import unit_of
from tuidan.domain.decide.order import arm_release
from tuidan.domain.decide.refund import grant, payable_fen_max
from tuidan.domain.decide.ruling import RETURN_DUE, rule, verdict_on, verdict_record
from tuidan.domain.delivery import Unit
from tuidan.domain.dispute import APPROVING, REASONS, REJECTING, Case
from tuidan.domain.draft import Context, Draft, Refused
from tuidan.domain.order import Order

CHECK_SECONDS_MAX = 90
STOPPABLE_REASONS = frozenset(
    {"no_reason", "wrong_account", "duplicate_order", "not_received", "late", "other"}
)
# Grounds that the issuer can speak to: whether it arrived, how much, and whether it is still there.
CREDIT_REASONS = frozenset({"not_received", "amount_short", "reversed"})


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
        e.RefundRequested(n, unit.n, command.reason, command.amount_fen, command.text_sha256, waits_for)
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
    arrived = order.goods_kind == "top_up" and unit.supplied and unit.status in ("delivered", "partial")
    if arrived and order.issuer and reason in CREDIT_REASONS:
        return "issuer"
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
    case = draft.order.open_case_of(unit.n)
    activated_at = command.activated_at.isoformat() if command.activated_at else ""
    draft.add(e.IssuerChecked(unit.n, command.status, activated_at, command.activated_by))
    if case is not None and case.status == "checking":
        rule(draft, case, context)


def give_up_check(draft: Draft, command: c.GiveUpCheck, context: Context) -> None:
    """The outside fact did not come in time: decide with `unknown`, which leads to a person where it matters."""
    case = draft.order.case(command.case)
    if case is not None and case.status == "checking":
        rule(draft, case, context)


def withdraw(draft: Draft, command: c.WithdrawRequest, context: Context) -> None:
    """Close the request without a decision; the hold on the seller's money ends with it."""
    case = _open_case(draft, command.case)
    draft.add(e.RequestWithdrawn(case.n))
    arm_release(draft)


def _open_case(draft: Draft, n: int) -> Case:
    case = draft.order.case(n)
    if case is None:
        raise Refused("no_such_case", case=n)
    if not case.is_open():
        raise Refused("case_closed", case=n)
    return case


def decide_case(draft: Draft, command: c.DecideCase, context: Context) -> None:
    """A reviewer's judgement on what the person saw; refused when something material came in between."""
    order = draft.order
    case = _open_case(draft, command.case)
    if not order.material <= command.seen_version <= order.version:
        raise Refused("case_changed", case=case.n)
    known = APPROVING if command.approve else REJECTING
    if not command.reasons or not set(command.reasons) <= set(known):
        raise Refused("ruling_unknown", known=list(known))
    unit = order.units[case.unit - 1]
    verdict = verdict_record(verdict_on(order, unit.n, case.reason, case.amount_fen, draft.now, context))
    record: dict[str, object] = {
        "decision": "reject",
        "amount_fen": 0,
        "by": "reviewer",
        "reasons": [{"code": reason} for reason in command.reasons],
        "policy_said": verdict,
    }
    if not command.approve:
        draft.add(e.RequestRejected(case.n, record))
        arm_release(draft)
        return
    amount_fen = command.amount_fen or unit.left_fen()
    if not 0 < amount_fen <= unit.left_fen():
        raise Refused("amount_out_of_range", max_fen=unit.left_fen())
    if amount_fen > payable_fen_max(order):
        raise Refused("amount_out_of_range", max_fen=payable_fen_max(order))
    record["decision"] = "approve_full" if amount_fen == unit.left_fen() else "approve_partial"
    record["amount_fen"] = amount_fen
    grant(draft, unit.n, amount_fen, (draft.now + RETURN_DUE).isoformat(), case.n, record)
    arm_release(draft)
