"""Stored notices become commands, at our pace. A notice is verified again when it is applied."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from tuidan.commands.outside import Outside
from tuidan.commands.payment import ForeignTrade
from tuidan.connectors.contract.payment import PaymentChannel, PaymentNotice, RefundNotice
from tuidan.domain import commands as c
from tuidan.domain.payment import find_payment
from tuidan.domain.reference import REFUND, BadReference, read_reference
from tuidan.store.orders import claim, notices
from tuidan.store.orders.load import load_order
from tuidan.store.orders.notices import DueNotice
from tuidan.worker.job import Clock, lease_of
from tuidan.worker.outside_refunds import NotClearYet, take_in_outside
from tuidan.worker.payments import payer_proof, record_notice
from tuidan.worker.refunds import refund_request, settle
from tuidan.worker.supplies import ask_late

log = structlog.get_logger()
NOTICES_MAX = 200


def apply_notices(outside: Outside, clock: Clock) -> int:
    """Apply the notices that are due; gives how many."""
    done = 0
    for notice in notices.due_notices(clock(), NOTICES_MAX):
        now = clock()
        if not notices.claim_notice(notice, now, now + lease_of(outside)):
            continue
        try:
            _apply(notice, outside, clock)
        except (ForeignTrade, LookupError, BadReference) as error:
            log.warning("notice_refused", order=str(notice.order_id), source=notice.source, why=str(error))
        except NotClearYet as wait:
            log.info("notice_waits", order=str(notice.order_id), why=str(wait))
            continue
        except (
            Exception
        ):  # a poisoned notice must not stop the others: its lease runs out and it is tried again
            log.exception("notice_failed", order=str(notice.order_id), source=notice.source)
            continue
        notices.finish_notice(notice, clock())
        done += 1
    return done


def _apply(notice: DueNotice, outside: Outside, clock: Clock) -> None:
    kind, _, name = notice.source.partition(":")
    if kind == "supplier":
        _hurry(notice, name, outside, clock())
        return
    body = notices.read_body(notice)
    told = outside.channel(name).read_notice({}, body)
    if isinstance(told, PaymentNotice):
        _apply_payment(notice, told, outside.channel(name), clock())
    elif isinstance(told, RefundNotice):
        _apply_refund(notice, told, outside, clock())


def _apply_payment(notice: DueNotice, told: PaymentNotice, channel: PaymentChannel, now: datetime) -> None:
    if told.outcome != "captured":
        return
    reference = read_reference(told.reference)
    command = c.RecordPayment(
        reference.n,
        channel.name,
        told.trade_no,
        told.amount_fen,
        told.captured_at or now,
        payer_proof(notice.order_id, told.payer_id),
        told.digest,
        channel.refund_window_days,
    )
    record_notice(notice.order_id, command, now, told.payer_account_masked)


def _apply_refund(notice: DueNotice, told: RefundNotice, outside: Outside, now: datetime) -> None:
    """A refund notice is a reason to ask: only the signed query says what this attempt moved."""
    order, _ = load_order(notice.order_id)
    n = _attempt_named(notice, told.refund_reference)
    if not n:
        take_in_outside(notice.order_id, told, outside, now)
        return
    refund = next((refund for refund in order.refunds if refund.attempt == n), None)
    if refund is None or refund.status == "succeeded" or find_payment(order.payments, refund.payment) is None:
        return
    channel, request = refund_request(order, notice.order_id, refund, outside)
    answer = channel.query_refund(request.payment_reference, request.refund_reference)
    settle(notice.order_id, refund, answer, now, None)


def _attempt_named(notice: DueNotice, text: str) -> int:
    """The attempt of ours with this reference; 0 for a number that we never gave out."""
    try:
        reference = read_reference(text)
    except BadReference:
        return 0
    ours = reference.order_id == notice.order_id and reference.kind == REFUND
    return reference.n if ours else 0


def _hurry(notice: DueNotice, supplier: str, outside: Outside, now: datetime) -> None:
    """A supplier's notice is not believed: it brings the next query of its own orders forward."""
    order, _ = load_order(notice.order_id)
    if order.supplier != supplier:
        raise ForeignTrade(f"supplier {supplier} told of an order of {order.supplier or 'nobody'}")
    attempt = read_reference(notice.reference).n
    unit = next((unit for unit in order.units if unit.attempt == attempt), None)
    if unit is not None and unit.status in ("failed", "stopped"):
        ask_late(notice.order_id, unit, outside.supplier(supplier), now)
    elif unit is not None:
        claim.hurry_outbox(notice.order_id, "supply", unit.n, now + timedelta(milliseconds=1))
