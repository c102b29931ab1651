"""Deciders for alarms: acknowledge one; record money that went back without us."""

from __future__ import annotations

from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.alarm import ACKNOWLEDGEABLE, alarms, measures
from tuidan.domain.decide.channel_dispute import place
from tuidan.domain.draft import Context, Draft, Refused
from tuidan.domain.order import Order
from tuidan.domain.payment import find_payment


def acknowledge(draft: Draft, command: c.AcknowledgeAlarm, context: Context) -> None:
    """Take an alarm off the operators' list, as far as it was seen; refused when it has grown meanwhile."""
    if command.alarm not in ACKNOWLEDGEABLE or command.alarm not in alarms(draft.order):
        raise Refused("no_such_alarm")
    if not command.text_sha256:
        raise Refused("reason_needed")
    measure = measures(draft.order)[command.alarm]
    if measure != command.measure:
        raise Refused("alarm_changed", measure=measure)
    draft.add(e.AlarmAcknowledged(command.alarm, measure, command.text_sha256))


def returned_fen(order: Order, payment_n: int) -> int:
    """What we know to have gone back along a payment: by our refunds, by the channel's disputes, by hand."""
    ours = sum(
        refund.amount_fen * len(refund.paid_by.split())
        for refund in order.refunds
        if refund.payment == payment_n
    )
    charged = sum(dispute.charged_fen for dispute in order.channel_disputes if dispute.payment == payment_n)
    payment = find_payment(order.payments, payment_n)
    return ours + charged + (payment.outside_fen if payment else 0)


def record_outside_refund(draft: Draft, command: c.RecordOutsideRefund, context: Context) -> None:
    """Book what went back without us, with an alarm; it pays what was decided, so that nothing is paid twice."""
    order = draft.order
    payment = find_payment(order.payments, command.payment_n)
    if payment is None:
        raise LookupError(f"no payment attempt {command.payment_n}")
    more_fen = command.total_fen - returned_fen(order, payment.attempt)
    if more_fen > 0:
        draft.add(e.RefundOutside(payment.attempt, command.channel, more_fen, command.source_sha256))
        place(draft, payment)
