"""Ask a channel what became of a payment whose notice has not come, and take in what it says."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from tuidan.commands.payment import record_payment
from tuidan.commands.runner import Outcome
from tuidan.domain import commands as c
from tuidan.domain.payment import find_payment
from tuidan.domain.reference import PAYMENT, write_reference
from tuidan.store.orders.load import load_order
from tuidan.store.orders.story import load_snapshot
from tuidan.worker.job import Job

ASK_AGAIN_SECONDS = 60


def query_payment(job: Job) -> None:
    """Look until the payment is captured or closed; close it at the channel once the order has expired."""
    order, _ = load_order(job.order_id)
    payment = find_payment(order.payments, job.work.target)
    if payment is None or payment.status != "started":
        job.finish()
        return
    channel = job.outside.channel(payment.channel)
    reference = write_reference(job.order_id, PAYMENT, payment.attempt)
    job.before_call()
    answer = channel.query(reference)
    if answer.outcome == "captured" and answer.trade_no and answer.amount_fen is not None:
        command = c.RecordPayment(
            payment.attempt,
            payment.channel,
            answer.trade_no,
            answer.amount_fen,
            answer.captured_at or job.clock(),
            payer_proof(job.order_id, answer.payer_id),
            hashlib.sha256(answer.raw.encode()).hexdigest(),
            channel.refund_window_days,
        )
        told: dict[str, object] = {"payer": answer.payer_account_masked or "", "settled": answer.settled}
        record_payment(job.order_id, command, job.clock(), told, job.done)
    elif answer.outcome == "closed":
        job.finish()
    elif order.status == "expired":
        job.before_call()
        if channel.close(reference) in ("closed", "not_found"):
            job.finish()
        else:
            job.put_off("still open at the channel", ASK_AGAIN_SECONDS)
    else:
        job.put_off(answer.error_code or answer.outcome, ASK_AGAIN_SECONDS)


def payer_proof(order_id: UUID, payer_id: str | None) -> str:
    """The payer's id as a salted hash: it proves who paid without being personal data in the chain."""
    if not payer_id:
        return ""
    _, personal = load_snapshot(order_id)
    return hashlib.sha256(f"{personal['salt']}:{payer_id}".encode()).hexdigest()


def record_notice(
    order_id: UUID, command: c.RecordPayment, now: datetime, payer_masked: str | None
) -> Outcome:
    """Record a payment that a verified notice told of."""
    return record_payment(order_id, command, now, {"payer": payer_masked or ""})
