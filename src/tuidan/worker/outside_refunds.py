"""A refund notice with a number that is not ours: a dispute of the channel, or somebody used the channel's console.

The notice tells the trade's total so far, so everything of ours that may be part of it is asked about first.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tuidan.commands.alarm import record_outside_refund
from tuidan.commands.outside import Outside
from tuidan.connectors.contract.channel_dispute import DisputeChannel
from tuidan.connectors.contract.payment import RefundNotice
from tuidan.domain import commands as c
from tuidan.domain.order import Order
from tuidan.domain.payment import find_payment
from tuidan.domain.reference import read_reference
from tuidan.store.orders.load import load_order
from tuidan.worker.channel_disputes import take_in
from tuidan.worker.refunds import refund_request, settle


class NotClearYet(RuntimeError):
    """Something of ours that may be part of the total has no clear answer; the notice is looked at again."""


def take_in_outside(order_id: UUID, told: RefundNotice, outside: Outside, now: datetime) -> None:
    """Book what the channel returned beyond all that we know of. Raises NotClearYet."""
    order, _ = load_order(order_id)
    payment = find_payment(order.payments, read_reference(told.payment_reference).n)
    if payment is None or told.total_refunded_fen is None:
        return
    _ask_disputes(order, payment.channel, told.refund_reference, outside, now)
    _ask_refunds(order_id, order, payment.attempt, outside, now)
    order, _ = load_order(order_id)
    waiting = [
        refund for refund in order.refunds if refund.payment == payment.attempt and refund.status == "sent"
    ]
    if waiting:
        raise NotClearYet(f"refund {waiting[0].n} is still on its way")
    command = c.RecordOutsideRefund(payment.attempt, payment.channel, told.total_refunded_fen, told.digest)
    record_outside_refund(order_id, command, now)


def _ask_disputes(order: Order, channel_name: str, number: str, outside: Outside, now: datetime) -> None:
    channel = outside.channel(channel_name)
    if not isinstance(channel, DisputeChannel):
        return
    numbers = {dispute.number for dispute in order.channel_disputes} | ({number} if number else set())
    for each in sorted(numbers):
        answer = channel.query_dispute(each)
        if answer.status != "unknown":
            take_in(channel_name, answer, now)
        elif each != number:
            raise NotClearYet(f"dispute {each}: {answer.error_code}")


def _ask_refunds(order_id: UUID, order: Order, payment: int, outside: Outside, now: datetime) -> None:
    for refund in order.refunds:
        if refund.payment == payment and refund.status in ("sent", "parked"):
            channel, request = refund_request(order, order_id, refund, outside)
            answer = channel.query_refund(request.payment_reference, request.refund_reference)
            settle(order_id, refund, answer, now, None)
