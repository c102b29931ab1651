"""Deciders for delivery: codes from stock, top-ups from suppliers, showing a code, a promise that passed."""

from __future__ import annotations

from tuidan.domain import commands as c
from tuidan.domain import effects
from tuidan.domain import events as e
from tuidan.domain.decide.issuer import ask_about_sealed, keep_credit
from tuidan.domain.decide.order import arm_release
from tuidan.domain.decide.ruling import request_by_system, rule, rule_open_case
from tuidan.domain.delivery import UNDELIVERED, Unit, allows_unit
from tuidan.domain.draft import Context, Draft, Refused
from tuidan.domain.order import Order
from tuidan.domain.service import work_of

# Parts of the hold time after which an issuer is asked whether a top-up is still there.
RECHECK_AT_PERCENT = (30, 95)


def unit_of(order: Order, n: int) -> Unit:
    """The unit, or the refusal that there is none."""
    unit = order.unit(n)
    if unit is None:
        raise Refused("no_such_unit", unit=n)
    return unit


def record_codes(draft: Draft, command: c.RecordCodes, context: Context) -> None:
    """Deliver the codes that were claimed, sealed; what the stock lacks is refunded by policy."""
    for n, tail in sorted(command.tails.items()):
        unit = unit_of(draft.order, n)
        if unit.status == "waiting" and not unit.refund_fen:
            code_id, seal_sha256 = command.seals.get(n, ("", ""))
            draft.add(e.UnitDelivered(n, "code", tail=tail, code_id=code_id, seal_sha256=seal_sha256))
    ask_about_sealed(draft)
    for n in command.missing:
        if draft.order.units[n - 1].status == "waiting":
            fail_unit(draft, n, "out_of_stock", context)
    arm_release(draft)


def mark_supply_sent(draft: Draft, command: c.MarkSupplySent, context: Context) -> None:
    """Mark before the call. Nothing to do once money went back, a stop was asked for, or it was sent already."""
    unit = unit_of(draft.order, command.unit)
    if unit.status != "queued" or unit.refund_fen:
        return
    draft.add(e.SupplySent(unit.n, draft.open_attempt("top_up", unit.n)))


def record_supply(draft: Draft, command: c.RecordSupply, context: Context) -> None:
    """Take a supplier's clear answer. What comes after the money went back is kept as a fact only."""
    unit = unit_of(draft.order, command.unit)
    answer = e.SupplyAnswered(
        unit.n, command.attempt, command.outcome, command.supplier_no, command.code, command.answer_sha256
    )
    if unit.status != "processing" or command.attempt != unit.attempt:
        if allows_unit(unit, "supply_answered") and 1 <= command.attempt <= draft.order.attempts:
            draft.add(answer)
        return
    if command.outcome == "failed":
        draft.close_attempt(command.attempt, "failed")
        fail_unit(draft, unit.n, command.code or "supplier_failed", context, command.answer_sha256)
        arm_release(draft)
    elif command.outcome == "succeeded" and draft.order.issuer:
        if unit.supplied:
            return
        draft.add(answer)
        draft.close_attempt(command.attempt, "succeeded")
        draft.effect(effects.CHECK_CREDIT, unit.n)
    elif command.outcome == "succeeded":
        draft.close_attempt(command.attempt, "succeeded")
        draft.add(e.UnitDelivered(unit.n, "supplier", answer_sha256=command.answer_sha256))
        arm_release(draft)


def record_credit(draft: Draft, command: c.RecordCredit, context: Context) -> None:
    """Take the issuer's word on what arrived, and where (R7). Short or elsewhere opens a request by itself."""
    order = draft.order
    unit = unit_of(order, command.unit)
    keep_credit(draft, unit, command)
    if unit.status != "processing":
        _credit_again(draft, unit, command, context)
        return
    if command.status == "partial" and command.arrived_fen < order.face_fen:
        draft.add(e.UnitPartial(unit.n, command.arrived_fen, command.account))
        request_by_system(draft, unit.n, "amount_short", context)
    elif command.status in ("not_credited", "reversed"):
        fail_unit(draft, unit.n, command.status, context)
    else:
        arrived = command.arrived_fen if command.status in ("credited", "partial") else -1
        draft.add(e.UnitDelivered(unit.n, "supplier", arrived_fen=arrived, account=command.account))
        if command.account == "other":
            request_by_system(draft, unit.n, "not_received", context)
        else:
            rule_open_case(draft, unit.n, context)
            _look_again(draft, unit)
    arm_release(draft)


def _look_again(draft: Draft, unit: Unit) -> None:
    """An issuer may take a top-up back while the money is held: ask again then, a few times and no more (R7)."""
    order = draft.order
    if order.issuer and order.hold_seconds and unit.status == "delivered":
        for percent in RECHECK_AT_PERCENT:
            draft.effect(effects.RECHECK_CREDIT, unit.n, order.hold_seconds * percent // 100)


def _credit_again(draft: Draft, unit: Unit, command: c.RecordCredit, context: Context) -> None:
    """The issuer's word for a request on what had arrived: still there, less, or taken back since (R7).

    For a person who has the case before them, and on what a seller's own hand topped up, it is taken in alike.
    """
    case = draft.order.open_case_of(unit.n)
    if unit.status not in ("delivered", "partial"):
        return
    if draft.order.goods_kind == "membership":
        if case is not None and case.status == "checking":
            rule(draft, case, context)
        return
    if command.purpose == "delivery":
        _credit_by_hand(draft, unit, command, context)
        return
    if case is None or not (case.status == "checking" or command.purpose == "review"):
        if command.status == "reversed" and unit.left_fen() and draft.order.status in ("paid", "released"):
            draft.add(e.UnitFailed(unit.n, "reversed"))
            request_by_system(draft, unit.n, "reversed", context)
        return
    before = draft.order.material
    known = (unit.status, unit.arrived_fen, unit.account)
    arrived, account = command.arrived_fen, command.account
    if command.status in ("not_credited", "reversed"):
        draft.add(e.UnitFailed(unit.n, command.status))
    elif command.status == "partial" and arrived < draft.order.face_fen:
        if known != ("partial", arrived, account):
            draft.add(e.UnitPartial(unit.n, arrived, account))
    elif command.status in ("credited", "partial") and known != ("delivered", arrived, account):
        draft.add(e.UnitDelivered(unit.n, "supplier", arrived_fen=arrived, account=account))
    if case.status == "checking":
        rule(draft, case, context)
    elif draft.order.material != before:
        rule_open_case(draft, unit.n, context)


def _credit_by_hand(draft: Draft, unit: Unit, command: c.RecordCredit, context: Context) -> None:
    """What the issuer says of a top-up by a seller's own hand: short or elsewhere opens a request by itself (R7)."""
    short = command.status == "partial" and command.arrived_fen < draft.order.face_fen
    if command.status not in ("credited", "partial"):
        return
    if short:
        draft.add(e.UnitPartial(unit.n, command.arrived_fen, command.account))
    else:
        arrived, account = command.arrived_fen, command.account
        draft.add(e.UnitDelivered(unit.n, "seller", arrived_fen=arrived, account=account))
    if command.account == "other":
        request_by_system(draft, unit.n, "not_received", context)
    elif short:
        request_by_system(draft, unit.n, "amount_short", context)


def record_cancel(draft: Draft, command: c.RecordCancel, context: Context) -> None:
    """Whether the supplier stopped the top-up; either way the waiting request is decided now."""
    unit = unit_of(draft.order, command.unit)
    if unit.status != "processing" or not unit.stopping:
        return
    draft.add(e.CancelAnswered(unit.n, command.outcome, command.answer_sha256))
    if command.outcome == "cancelled":
        draft.close_attempt(unit.attempt, "failed")
    rule_open_case(draft, unit.n, context)


def pass_promise(draft: Draft, command: c.PassPromise, context: Context) -> None:
    """The promised time is over: what is not delivered goes back, of work under way what is not done (R1, R10)."""
    order = draft.order
    if order.status != "paid":
        return
    for unit in order.units:
        passed = draft.now.timestamp() > promised_until(order, unit.n)
        if passed and unit.status in UNDELIVERED and unit.left_fen():
            works = order.goods_kind == "service" and unit.status == "in_progress"
            request_by_system(draft, unit.n, "late" if works else "not_received", context)


def promised_until(order: Order, unit: int) -> int:
    """Seconds since 1970 at which a unit is due: the work's own due time, else the listing's promise."""
    work = work_of(order.works, unit)
    return work.work_due_at if work and work.work_due_at else order.paid_at + order.promised_seconds


def fail(draft: Draft, command: c.FailDelivery, context: Context) -> None:
    """An incident: nothing more will come for the units that wait."""
    if draft.order.status != "paid":
        return
    for unit in draft.order.units:
        if unit.status in ("waiting", "queued", "processing") and unit.left_fen():
            if unit.attempt:
                draft.close_attempt(unit.attempt, "failed")
            fail_unit(draft, unit.n, "incident", context)


def record_code_settled(draft: Draft, command: c.RecordCodeSettled, context: Context) -> None:
    """Note once what became of a refunded code."""
    unit = unit_of(draft.order, command.unit)
    if not unit.settled:
        draft.add(e.CodeSettled(unit.n, command.result))


def fail_unit(draft: Draft, n: int, why: str, context: Context, answer_sha256: str = "") -> None:
    """The unit will not come; its money goes back by policy."""
    draft.add(e.UnitFailed(n, why, answer_sha256))
    if draft.order.units[n - 1].left_fen():
        request_by_system(draft, n, "not_received", context)
