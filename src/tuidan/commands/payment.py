"""Payments: start one, take a verified notice in, record what a channel told us."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from tuidan.commands.runner import Outcome, envelop, run
from tuidan.domain import commands as c
from tuidan.domain.order import Order
from tuidan.store.orders.attempts import keep_answer
from tuidan.store.orders.notices import store_notice
from tuidan.store.orders.unique import claim_trade_number


class ForeignTrade(ValueError):
    """The channel's number belongs to another order of ours; nothing is recorded here."""


def start_payment(
    order_id: UUID, buyer_id: UUID, channel: str, key: str, now: datetime
) -> tuple[Outcome, int]:
    """Open, or find open, an attempt to pay; gives its number too (0 when refused)."""
    actor = c.Actor("buyer", str(buyer_id))
    outcome = run(order_id, envelop(order_id, c.StartPayment(channel), actor, key, now))
    if not outcome.ok:
        return outcome, 0
    assert outcome.order is not None, "only an order that cannot be read has none, and that raises"
    return outcome, _open_attempt(outcome.order, channel)


def _open_attempt(order: Order, channel: str) -> int:
    return next((p.attempt for p in order.payments if p.channel == channel and p.status == "started"), 0)


def keep_notice(order_id: UUID, source: str, reference: str, body: bytes, now: datetime) -> str:
    """Store a verified notice before it is answered: `new`, `known`, or `no_order`."""
    return store_notice(order_id, hashlib.sha256(body).digest(), source, reference, body, now)


def record_payment(
    order_id: UUID,
    payment: c.RecordPayment,
    now: datetime,
    answer: dict[str, object],
    done_outbox: tuple[int, ...] = (),
) -> Outcome:
    """Record money that came in, once per number of the channel. Raises ForeignTrade."""
    if claim_trade_number(payment.channel, payment.trade_no, order_id) != order_id:
        raise ForeignTrade(payment.trade_no)
    # The channel tells the same payment by notice and by query, each its own input; the decider sees they are one.
    key = f"paid:{payment.trade_no}:{payment.source_sha256[:16]}"
    actor = c.Actor("channel", payment.channel)
    outcome = run(order_id, envelop(order_id, payment, actor, key, now, done_outbox))
    if outcome.events and not outcome.again:
        keep_answer(order_id, payment.payment_n, answer)
    return outcome
