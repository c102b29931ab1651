"""Deciders for payments: start one, record what a channel told us. Money from outside is always recorded."""

from __future__ import annotations

from tuidan.domain import commands as c
from tuidan.domain import effects
from tuidan.domain import events as e
from tuidan.domain.decide.refund import decide_return
from tuidan.domain.decide.service import set_due
from tuidan.domain.draft import Context, Draft, Refused
from tuidan.domain.payment import Payment, find_payment

# A late payment brings an expired order back for this long; later money is returned (complaints C1).
REVIVE_SECONDS_MAX = 12 * 3600
QUERY_AFTER_SECONDS = 60
# The buyer may have the channel asked about its settlement this often.
SETTLEMENT_PAUSE_SECONDS = 300
PAYER_STATES = ("closed", "open")


def start(draft: Draft, command: c.StartPayment, context: Context) -> None:
    """Open an attempt to pay the whole price; an attempt of the same channel that is open is used again.

    Used again means that nothing happened to the order: no event, no effect, no version. The buyer only gets the way
    to the same cashier, where the same reference can be paid once; when they were sent there is the channel's log.
    """
    order = draft.order
    if order.status == "expired" or (
        order.status == "awaiting_payment" and draft.now.timestamp() > order.expires_at
    ):
        raise Refused("order_expired")
    if order.status != "awaiting_payment":
        raise Refused("order_not_payable")
    if any(payment.channel == command.channel and payment.status == "started" for payment in order.payments):
        return
    attempt = draft.open_attempt("payment", 0)
    draft.add(e.PaymentStarted(attempt, command.channel, order.price_fen()))
    draft.effect(effects.QUERY_PAYMENT, attempt, QUERY_AFTER_SECONDS)


def record(draft: Draft, command: c.RecordPayment, context: Context) -> None:
    """Take the money in: as the order's payment where it fits, else apart, to go back at once (R8)."""
    order = draft.order
    payment = find_payment(order.payments, command.payment_n)
    if payment is None:
        raise LookupError(f"no payment attempt {command.payment_n}")
    if payment.knows(command.trade_no):
        return
    why = _unexpected(draft, payment, command)
    common = {
        "attempt": command.payment_n,
        "channel": command.channel,
        "trade_no": command.trade_no,
        "amount_fen": command.amount_fen,
        "captured_at": command.captured_at.isoformat(),
        "payer_proof": command.payer_proof,
        "source_sha256": command.source_sha256,
    }
    if payment.status == "started":
        draft.close_attempt(command.payment_n, "succeeded")
    if why:
        draft.add(e.PaymentUnexpected(why=why, **common))  # type: ignore[arg-type]
        decide_return(draft, command.payment_n, command.amount_fen, why, context)
        return
    revived = order.status == "expired"
    window = command.refund_window_days
    draft.add(e.PaymentCaptured(revived=revived, refund_window_days=window, **common))  # type: ignore[arg-type]
    start_delivery(draft)
    set_due(draft, context)


def _unexpected(draft: Draft, payment: Payment, command: c.RecordPayment) -> str:
    order = draft.order
    if order.status not in ("awaiting_payment", "expired") or payment.trade_no:
        return "duplicate"
    if command.amount_fen != order.price_fen():
        return "amount_differs"
    late_by = draft.now.timestamp() - order.expires_at
    return "too_late" if order.status == "expired" and late_by > REVIVE_SECONDS_MAX else ""


def start_delivery(draft: Draft) -> None:
    """Send the units on their way and arm the promise (R1: passed means strictly later than the limit)."""
    order = draft.order
    if order.delivery_mode == "auto" and order.goods_kind == "card_code":
        draft.effect(effects.CLAIM_CODES)
    elif order.delivery_mode == "auto" and order.goods_kind == "top_up":
        for unit in order.units:
            draft.add(e.UnitQueued(unit.n))
            draft.effect(effects.SUPPLY, unit.n)
    if order.promised_seconds:
        draft.wake(effects.PROMISE, order.promised_seconds + 1)


def record_settlement(draft: Draft, command: c.RecordSettlement, context: Context) -> None:
    """Take in whether the channel has settled a payment; the same answer again finds nothing to do (S-086)."""
    payment = find_payment(draft.order.payments, command.payment_n)
    if payment is None:
        raise LookupError(f"no payment attempt {command.payment_n}")
    if payment.settlement in (command.state, "settled"):
        return
    settled_at = command.settled_at.isoformat() if command.settled_at else ""
    draft.add(e.SettlementKnown(payment.attempt, command.state, settled_at, command.source_sha256))


def record_payer_account(draft: Draft, command: c.RecordPayerAccount, context: Context) -> None:
    """An operator's finding about the account that paid; what is decided afterwards goes by it (R15, R23)."""
    payment = next((p for p in draft.order.payments if p.status == "captured"), None)
    if payment is None:
        raise Refused("order_not_paid")
    if command.state not in PAYER_STATES:
        raise Refused("payer_state_unknown", known=list(PAYER_STATES))
    if payment.payer_account != command.state:
        draft.add(e.PayerAccountKnown(payment.attempt, command.state, note_sha256=command.note_sha256))


def ask_settlement(draft: Draft, command: c.AskSettlement, context: Context) -> None:
    """Have the channel asked, unless it said "settled" (that never changes) or was asked a moment ago."""
    payment = next((p for p in draft.order.payments if p.status == "captured"), None)
    if payment is None:
        raise Refused("order_not_paid")
    asked = draft.now.timestamp() - payment.settlement_at < SETTLEMENT_PAUSE_SECONDS
    if payment.settlement != "settled" and not asked:
        draft.add(e.SettlementAsked(payment.attempt))
        draft.effect(effects.QUERY_SETTLEMENT, payment.attempt)
