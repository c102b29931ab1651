"""Refunds: mark an attempt before the call, record the channel's clear answer."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tuidan.commands.runner import Outcome, envelop, run
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.order import Order


def mark_refund_sent(order_id: UUID, refund: int, effect_n: int, now: datetime) -> tuple[Order, bool]:
    """Open an attempt unless one is open; gives the order and whether this very call opened it.

    The key is the effect's: a worker that took over the effect finds it used. Whoever opened the attempt may
    send; everyone else must query first (ADR outbox-rows).
    """
    envelope = envelop(
        order_id, c.MarkRefundSent(refund), c.Actor("worker"), f"refund:{refund}:{effect_n}", now
    )
    outcome = run(order_id, envelope)
    assert outcome.order is not None, "only an order that cannot be read has none, and that raises"
    opened = not outcome.again and any(isinstance(event, e.RefundAttempted) for event in outcome.events)
    return outcome.order, opened


def record_refund(
    order_id: UUID, command: c.RecordRefund, now: datetime, done: tuple[int, ...] = ()
) -> Outcome:
    """Record a yes, a terminal no, or "the channel cannot pay now"; repeats find nothing to do."""
    key = f"refund:{command.refund}:{command.attempt}:{command.outcome}"
    return run(order_id, envelop(order_id, command, c.Actor("channel"), key, now, done))


def retry_refund(order_id: UUID, operator_id: UUID, refund: int, key: str, now: datetime) -> Outcome:
    """An operator lets a parked refund be tried again; the edge has checked that the person is an operator."""
    command = c.RetryRefund(refund)
    return run(order_id, envelop(order_id, command, c.Actor("operator", str(operator_id)), key, now))
