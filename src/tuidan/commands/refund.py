"""Refunds: mark an attempt before the call, record the channel's clear answer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tuidan.commands.runner import Outcome, envelop, run
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.order import Order
from tuidan.store.orders.load import load_order


def mark_refund_sent(order_id: UUID, refund: int, now: datetime) -> tuple[Order, bool]:
    """Open an attempt unless one is open; gives the order and whether this call opened it.

    Whoever opened it may send; everyone else must query first (design §9).
    """
    order, _ = load_order(order_id)
    told = order.refunds[refund - 1]
    command = c.MarkRefundSent(refund)
    envelope = envelop(order_id, command, c.Actor("worker"), f"refund:{refund}:{told.tries + 1}", now)
    outcome = run(order_id, envelope)
    opened = not outcome.again and any(isinstance(event, e.RefundAttempted) for event in outcome.events)
    if outcome.events:
        order, _ = load_order(order_id)
    return order, opened


def record_refund(order_id: UUID, command: c.RecordRefund, now: datetime, done: tuple[int, ...] = ()) -> Outcome:
    """Record a yes, a terminal no, or "the channel cannot pay now"; repeats find nothing to do."""
    key = f"refund:{command.refund}:{command.attempt}:{command.outcome}"
    return run(order_id, envelop(order_id, command, c.Actor("channel"), key, now, done))
