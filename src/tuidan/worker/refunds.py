"""Send refunds to their channel: mark, call, record. Unknown is pending; a known attempt is queried first."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from tuidan.commands.outside import Outside
from tuidan.commands.refund import mark_refund_sent, record_refund
from tuidan.connectors.contract.payment import PaymentChannel, RefundAnswer, RefundRequest
from tuidan.domain import commands as c
from tuidan.domain.order import Order
from tuidan.domain.payment import find_payment
from tuidan.domain.reference import PAYMENT, REFUND, write_reference
from tuidan.domain.refund import Refund
from tuidan.store.orders.attempts import keep_answer
from tuidan.worker.job import Job, reached

PARKED_SECONDS = 300
FROZEN_SECONDS = 300
RAW_CHARS_MAX = 8_000
REASON = "退单退款"


def send_refund(job: Job) -> None:
    """Do one refund effect."""
    order, opened = mark_refund_sent(job.order_id, job.work.target, job.work.n, job.clock())
    reached("refund:marked")
    refund = order.refunds[job.work.target - 1]
    if refund.status == "succeeded" and refund.knows(refund.attempt):
        job.finish()
        return
    if refund.status in ("decided", "charged_back"):
        job.finish()  # frozen by a dispute at the channel, whose end asks for it again; or the channel paid by itself
        return
    channel, request = refund_request(order, job.order_id, refund, job.outside)
    job.before_call()
    if refund.status == "succeeded":
        _ask_about_the_newer(job, refund, channel, request)
        return
    if not opened and _is_frozen(order, refund):
        _only_ask(
            job, order, refund, channel.query_refund(request.payment_reference, request.refund_reference)
        )
        return
    if opened:
        answer = channel.refund(request)
    else:
        answer = channel.query_refund(request.payment_reference, request.refund_reference)
        if answer.outcome != "succeeded" and answer.advice == "retry_later":
            job.before_call()
            answer = channel.refund(request)
    reached("refund:sent")
    settle(job.order_id, refund, answer, job.clock(), job)


def _ask_about_the_newer(job: Job, refund: Refund, channel: PaymentChannel, request: RefundRequest) -> None:
    """An older attempt was paid after all while this one was sent: nothing is sent again, but a second payment
    must be seen (it goes to suspense, with an alarm).
    """
    answer = channel.query_refund(request.payment_reference, request.refund_reference)
    if answer.outcome == "succeeded":
        settle(job.order_id, refund, answer, job.clock(), job)
    elif answer.outcome == "failed" or answer.advice == "retry_later":
        job.finish()
    else:
        job.put_off(answer.error_code or answer.outcome)


def _is_frozen(order: Order, refund: Refund) -> bool:
    payment = find_payment(order.payments, refund.payment)
    return order.channel_dispute_open(refund.payment) or bool(payment and payment.chargeback_fen)


def _only_ask(job: Job, order: Order, refund: Refund, answer: RefundAnswer) -> None:
    """An attempt in flight while the channel takes the money back by itself is never sent again (R20).

    Once the channel has the money and says that this attempt moved none, the attempt is over.
    """
    open_still = order.channel_dispute_open(refund.payment)
    if answer.outcome == "unknown" and answer.advice == "retry_later" and not open_still:
        command = c.RecordRefund(refund.n, refund.attempt, "failed", 0, "", "charged_back")
        record_refund(job.order_id, command, job.clock(), job.done)
    elif answer.outcome == "unknown":
        job.put_off("a dispute is open at the channel", FROZEN_SECONDS)
    else:
        settle(job.order_id, refund, answer, job.clock(), job)


def refund_request(
    order: Order, order_id: UUID, refund: Refund, outside: Outside
) -> tuple[PaymentChannel, RefundRequest]:
    """The channel and the call for a refund's open attempt; the same reference at every resend."""
    payment = find_payment(order.payments, refund.payment)
    assert payment is not None, "a refund goes back along a payment"
    request = RefundRequest(
        payment_reference=write_reference(order_id, PAYMENT, payment.attempt),
        trade_no=payment.trade_no,
        refund_reference=write_reference(order_id, REFUND, refund.attempt),
        amount_fen=refund.amount_fen,
        currency=order.currency,
        reason=REASON,
        notify_url=outside.payment_notify_url(payment.channel),
    )
    return outside.channel(payment.channel), request


def settle(order_id: UUID, refund: Refund, answer: RefundAnswer, now: datetime, job: Job | None) -> None:
    """Record a clear answer; put off anything else. Without a job (a notice) only a clear answer matters."""
    done = job.done if job else ()
    number = answer.channel_refund_no or ""
    if answer.outcome == "succeeded":
        amount = answer.amount_fen if answer.amount_fen is not None else refund.amount_fen
        keep_answer(
            order_id,
            refund.attempt,
            {"destination": answer.destination or "", "raw": answer.raw[:RAW_CHARS_MAX]},
        )
        command = c.RecordRefund(
            refund.n,
            refund.attempt,
            "succeeded",
            amount,
            number,
            source_sha256=_sha256(answer.raw[:RAW_CHARS_MAX]),
        )
        record_refund(order_id, command, now, done)
        reached("refund:recorded")
    elif answer.outcome == "failed" and answer.payer_account == "closed":
        command = c.RecordRefund(
            refund.n,
            refund.attempt,
            "failed",
            0,
            number,
            answer.error_code or "",
            "closed",
            _sha256(answer.raw[:RAW_CHARS_MAX]),
        )
        record_refund(order_id, command, now, done)
    elif answer.outcome == "failed" and answer.advice == "new_attempt":
        command = c.RecordRefund(refund.n, refund.attempt, "failed", 0, number, answer.error_code or "")
        record_refund(order_id, command, now, done)
    elif job is not None and answer.advice == "park":
        command = c.RecordRefund(refund.n, refund.attempt, "parked", 0, number, answer.error_code or "")
        record_refund(order_id, command, now)
        job.put_off(answer.error_code or "parked", PARKED_SECONDS)
    elif job is not None:
        job.put_off(answer.error_code or answer.outcome)


def _sha256(raw: str) -> str:
    """The hash of the channel's signed answer, as the event keeps it; the answer's own text lies with the attempt."""
    return hashlib.sha256(raw.encode()).hexdigest() if raw else ""
