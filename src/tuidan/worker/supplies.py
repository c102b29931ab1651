"""Top-ups at their supplier: mark, order, query, stop; then ask the issuer what really arrived."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tuidan.commands.delivery import mark_supply_sent, record_cancel, record_credit, record_supply
from tuidan.connectors.contract.issuer import CreditStatus
from tuidan.connectors.contract.supplier import Supplier, SupplyAnswer, SupplyRequest
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.delivery import Unit
from tuidan.domain.order import Order
from tuidan.domain.reference import TOP_UP, write_reference
from tuidan.store.orders.attempts import keep_answer, read_answers
from tuidan.store.orders.load import load_order
from tuidan.store.orders.story import load_snapshot
from tuidan.worker.job import Job, reached

CREDIT_TRIES_MAX = 4
CANCEL_TRIES_MAX = 6
POLL_SECONDS = 2
PERSON_SECONDS = 3600


def order_top_up(job: Job) -> None:
    """Do one supply effect: send once, afterwards only ask."""
    outcome = mark_supply_sent(job.order_id, job.work.target, job.clock())
    reached("supply:marked")
    opened = not outcome.again and any(isinstance(event, e.SupplySent) for event in outcome.events)
    order = outcome.order
    assert order is not None, "only an order that cannot be read has none, and that raises"
    unit = order.units[job.work.target - 1]
    if unit.status != "processing" or unit.supplied:
        job.finish()
        return
    supplier = job.outside.supplier(order.supplier)
    request = _request(job, order, unit.attempt)
    job.before_call()
    answer = supplier.order(request) if opened else supplier.query(request.reference)
    if not opened and answer.outcome == "not_found" and supplier.idempotency == "by_reference":
        job.before_call()
        answer = supplier.order(request)
    reached("supply:sent")
    _settle(job, unit.n, unit.attempt, answer)


def _request(job: Job, order: Order, attempt: int) -> SupplyRequest:
    snapshot, personal = load_snapshot(job.order_id)
    unit = order.units[job.work.target - 1]
    return SupplyRequest(
        reference=write_reference(job.order_id, TOP_UP, attempt),
        goods_no=str(snapshot["supplier_goods_no"]),
        account=personal["account"],
        extra={},
        quantity=1,
        max_amount_fen=unit.paid_fen,
        notify_url=job.outside.supply_notify_url(order.supplier),
        our_order_no=str(job.order_id),
    )


def _settle(job: Job, unit: int, attempt: int, answer: SupplyAnswer) -> None:
    if answer.supplier_no:
        told: dict[str, object] = {"supplier_no": answer.supplier_no}
        told["amount_fen"] = answer.amount_fen
        keep_answer(job.order_id, attempt, told)
    if answer.outcome in ("succeeded", "failed"):
        command = c.RecordSupply(
            unit, attempt, answer.outcome, answer.supplier_no or "", answer.error_code or ""
        )
        record_supply(job.order_id, command, job.clock(), job.done, answer.raw)
        reached("supply:recorded")
    elif answer.outcome == "accepted":
        job.put_off("accepted", min(POLL_SECONDS * max(1, job.work.tries), 60))
    elif answer.advice == "stop":
        # Our keys, our address, or an answer that contradicts what was asked: a person must look.
        job.put_off(f"needs a person: {answer.error_code or answer.outcome}", PERSON_SECONDS)
    else:
        job.put_off(answer.error_code or answer.outcome)


def ask_late(order_id: UUID, unit: Unit, supplier: Supplier, now: datetime) -> None:
    """A notice about a top-up that is paid back: what the supplier says on asking is kept as a fact."""
    answer = supplier.query(write_reference(order_id, TOP_UP, unit.attempt))
    if answer.outcome in ("succeeded", "failed"):
        told = c.RecordSupply(
            unit.n, unit.attempt, answer.outcome, answer.supplier_no or "", answer.error_code or ""
        )
        record_supply(order_id, told, now, (), answer.raw)


def cancel_top_up(job: Job) -> None:
    """Ask the supplier to stop a top-up that a request waits for."""
    order, _ = load_order(job.order_id)
    unit = order.units[job.work.target - 1]
    if unit.status != "processing" or not unit.stopping:
        job.finish()
        return
    told = read_answers(job.order_id).get(unit.attempt, {})
    supplier = job.outside.supplier(order.supplier)
    job.before_call()
    answer = supplier.cancel(
        write_reference(job.order_id, TOP_UP, unit.attempt),
        str(told.get("supplier_no", "")),
        int(str(told.get("amount_fen") or unit.paid_fen)),
        "buyer asked to stop",
        our_order_no=str(job.order_id),
        notify_url=job.outside.supply_notify_url(order.supplier),
    )
    if answer.outcome == "unknown" and job.work.tries < CANCEL_TRIES_MAX:
        job.put_off(answer.error_code or "unknown")
        return
    record_cancel(job.order_id, c.RecordCancel(unit.n, answer.outcome), job.clock(), job.work.n, answer.raw)


def check_credit(job: Job) -> None:
    """Ask the issuer what arrived and where; after several unknowns the supplier's word stands."""
    order, _ = load_order(job.order_id)
    unit = order.units[job.work.target - 1]
    case = order.open_case_of(unit.n)
    waits = case is not None and case.status == "checking"
    by_hand = bool(unit.trace_no) and unit.status == "delivered" and not unit.account
    if unit.status != "processing" and not waits and not by_hand:
        job.finish()
        return
    status = credit_answer(job, order, unit)
    if status.status == "unknown" and job.work.tries < CREDIT_TRIES_MAX:
        job.put_off(status.error_code or "unknown")
        return
    command = credit_command(job.order_id, unit.n, status, "claim" if waits else "delivery")
    record_credit(job.order_id, command, job.clock(), job.done, status.raw or status.error_code or "")


def credit_answer(job: Job, order: Order, unit: Unit) -> CreditStatus:
    """What the issuer says of a unit's top-up now, by our reference or the number of the seller's own hand."""
    account = _account(job.order_id)
    job.before_call()
    reference = unit.trace_no or write_reference(job.order_id, TOP_UP, unit.attempt)
    return job.outside.issuer(order.issuer).check_top_up(reference, account)


def credit_command(order_id: UUID, unit: int, status: CreditStatus, purpose: str) -> c.RecordCredit:
    """The answer as the order is told it; whose account it was is compared here and goes no further."""
    return c.RecordCredit(
        unit,
        status.status,
        status.arrived_fen or 0,
        _whose(status, _account(order_id)),
        purpose,
        status.checked_at.isoformat() if status.checked_at else "",
        status.error_code or "",
        revocable={True: "yes", False: "no", None: ""}[status.revocable],
    )


def recheck_credit(job: Job) -> None:
    """During the hold: is the top-up still there? Only a clear "taken back" matters, and nothing is asked twice."""
    order, _ = load_order(job.order_id)
    unit = order.units[job.work.target - 1]
    if order.status != "paid" or unit.status not in ("delivered", "partial") or not unit.left_fen():
        job.finish()
        return
    status = credit_answer(job, order, unit)
    if status.status != "reversed":
        job.finish()
        return
    command = credit_command(job.order_id, unit.n, status, "hold")
    record_credit(job.order_id, command, job.clock(), job.done, status.raw)


def _account(order_id: UUID) -> str:
    return load_snapshot(order_id)[1]["account"]


def _whose(status: CreditStatus, account: str) -> str:
    if status.account is None:
        return "unknown"
    return "same" if status.account == account else "other"
