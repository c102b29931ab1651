"""Deciders for refunds: grant one, mark an attempt sent, record the channel's answer."""

from __future__ import annotations

from datetime import timedelta

from tuidan.domain import commands as c
from tuidan.domain import effects
from tuidan.domain import events as e
from tuidan.domain.decide.channel_dispute import place_again, waits_for_channel
from tuidan.domain.decide.payout import want_compensation, want_for_refund
from tuidan.domain.draft import Context, Draft, Refused
from tuidan.domain.facts import Outside
from tuidan.domain.order import Order
from tuidan.domain.payment import find_payment
from tuidan.domain.refund import ATTEMPTS_MAX

RETURN_WITHIN = timedelta(minutes=10)
RETRY_AFTER_SECONDS = 30


def paying_attempt(order: Order) -> int:
    """The payment attempt that filled the escrow; refunds go back along it (R23)."""
    return next(payment.attempt for payment in order.payments if payment.status == "captured")


def advance_needed_fen(order: Order, amount_fen: int) -> int:
    """What of an amount the escrow no longer holds, so that the platform lays it out."""
    return max(0, amount_fen - order.totals.escrow)


def payable_fen_max(order: Order, outside: Outside) -> int:
    """What can be granted: the escrow, and what the advance fund has left, for this order and in all (S-127)."""
    for_order = outside.fund_order_fen_max - order.totals.advance
    return order.totals.escrow + max(0, min(for_order, outside.fund_left_fen))


def goes_by_bank(verdict: dict[str, object]) -> bool:
    """Whether the policy sends the money to another account of the same name (R15, R23)."""
    said = verdict.get("policy_said")
    return {**(said if isinstance(said, dict) else {}), **verdict}.get("refund_to") == "same_name_payout"


def fee_kept_fen(order: Order, unit: int, amount_fen: int, verdict: dict[str, object]) -> int:
    """R24: what the platform keeps of the escrow for a repeated mistake; once a unit, and never of a laid-out sum."""
    of_unit = order.units[unit - 1]
    left = min(of_unit.left_fen(), order.totals.escrow) - amount_fen
    return 0 if of_unit.fee_fen else max(0, min(int(str(verdict.get("fee_fen", 0))), left))


def grant(
    draft: Draft, unit: int, amount_fen: int, due_at: str, case: int, verdict: dict[str, object]
) -> None:
    """Decide that money of a unit goes back: from escrow, and what is not there from the platform's advance."""
    order = draft.order
    from_advance = advance_needed_fen(order, amount_fen)
    by_bank = goes_by_bank(verdict)
    n = len(order.refunds) + 1
    draft.add(
        e.RefundDecided(
            refund=n,
            unit=unit,
            payment=paying_attempt(order),
            amount_fen=amount_fen,
            from_escrow_fen=amount_fen - from_advance,
            from_advance_fen=from_advance,
            from_overpaid_fen=0,
            due_at=due_at,
            case=case,
            verdict=verdict,
            fee_fen=fee_kept_fen(order, unit, amount_fen, verdict),
            by_bank=by_bank,
        )
    )
    if by_bank:
        want_for_refund(draft, order.refunds[n - 1])
    else:
        draft.effect(effects.REFUND, n)
    compensation_fen = int(str(verdict.get("compensation_fen", 0)))
    if compensation_fen:
        want_compensation(draft, case, compensation_fen)
    if order.goods_kind == "service" and order.units[unit - 1].status == "in_progress":
        _end_work(draft, unit)
    code_is_out = order.stock_kind == "unique" and order.units[unit - 1].status in ("delivered", "revealed")
    if code_is_out and not order.units[unit - 1].left_fen():
        draft.effect(effects.SETTLE_CODE, unit)


def _end_work(draft: Draft, unit: int) -> None:
    """Work that money went back for is over; what is left of the price pays what was done (民法典787)."""
    if draft.order.units[unit - 1].left_fen():
        draft.add(e.WorkEnded(unit))


def decide_return(draft: Draft, payment: int, amount_fen: int, why: str, context: Context) -> None:
    """Money that nobody asked for goes straight back to where it came from (R8, 民法典985)."""
    n = len(draft.order.refunds) + 1
    verdict: dict[str, object] = {
        "decision": "approve_full",
        "amount_fen": amount_fen,
        "liable": "platform",
        "rules": ["R8", "R23"],
        "reasons": [{"code": "duplicate_payment", "data": {"why": why}}],
        "policy": {"sha256": context.policy.sha256},
    }
    due_at = (draft.now + RETURN_WITHIN).isoformat()
    draft.add(
        e.RefundDecided(
            refund=n,
            unit=0,
            payment=payment,
            amount_fen=amount_fen,
            from_escrow_fen=0,
            from_advance_fen=0,
            from_overpaid_fen=amount_fen,
            due_at=due_at,
            verdict=verdict,
        )
    )
    draft.effect(effects.REFUND, n)


def mark_sent(draft: Draft, command: c.MarkRefundSent, context: Context) -> None:
    """Mark an attempt before the call; finds nothing to do when one is open, the refund has arrived, or the channel
    has a dispute open about the payment, so that nothing is paid twice (R20).
    """
    refund = draft.order.refund(command.refund)
    if refund is None or refund.status != "decided" or waits_for_channel(draft.order, refund.payment):
        return
    attempt = draft.open_attempt("refund", refund.n)
    draft.add(e.RefundAttempted(refund.n, attempt))


def record(draft: Draft, command: c.RecordRefund, context: Context) -> None:
    """Take the channel's answer in. Only a clear yes or no ends an attempt (ADR outbox-rows)."""
    order = draft.order
    refund = order.refund(command.refund)
    if refund is None or not 1 <= command.attempt <= order.attempts:
        raise LookupError(f"no refund {command.refund} with attempt {command.attempt}")
    payment = find_payment(order.payments, refund.payment)
    channel = payment.channel if payment else "unknown"
    if command.outcome == "succeeded":
        if refund.knows(command.attempt):
            return
        fits = (
            refund.status not in ("succeeded", "charged_back", "by_bank")
            and command.amount_fen == refund.amount_fen
        )
        draft.add(_paid(fits, command, channel))
        if command.attempt == refund.attempt:
            draft.close_attempt(command.attempt, "succeeded")
        place_again(draft, refund.payment)
    elif refund.status in ("sent", "parked") and command.attempt == refund.attempt:
        if command.outcome == "failed" and command.payer_account == "closed":
            _go_by_bank(draft, command)
        elif command.outcome == "failed":
            _fail(draft, command)
        elif command.outcome == "parked" and refund.status == "sent":
            draft.add(e.RefundParked(refund.n, command.attempt, command.code))


def _paid(fits: bool, command: c.RecordRefund, channel: str) -> e.RefundSucceeded | e.RefundUnexpected:
    number, attempt, amount = command.channel_refund_no, command.attempt, command.amount_fen
    if fits:
        return e.RefundSucceeded(command.refund, attempt, amount, channel, number, command.source_sha256)
    return e.RefundUnexpected(command.refund, attempt, amount, channel, number)


def _go_by_bank(draft: Draft, command: c.RecordRefund) -> None:
    """The account that paid is no more, and nothing moved: the money goes by bank to the same name (R15, R23)."""
    refund = draft.order.refunds[command.refund - 1]
    draft.add(e.RefundAttemptFailed(refund.n, command.attempt, command.code, command.source_sha256))
    draft.close_attempt(command.attempt, "failed")
    draft.add(e.PayerAccountKnown(refund.payment, "closed", command.source_sha256))
    place_again(draft, refund.payment)
    if refund.status == "decided" and not draft.order.channel_dispute_open(refund.payment):
        draft.add(e.RefundRerouted(refund.n))
        want_for_refund(draft, refund)


def _fail(draft: Draft, command: c.RecordRefund) -> None:
    refund = draft.order.refunds[command.refund - 1]
    payment = find_payment(draft.order.payments, refund.payment)
    charged = payment is not None and payment.chargeback_fen > 0
    if refund.tries >= ATTEMPTS_MAX and not charged:
        if refund.status == "sent":
            draft.add(e.RefundParked(refund.n, command.attempt, command.code or "attempts_used_up"))
        return
    draft.add(e.RefundAttemptFailed(refund.n, command.attempt, command.code))
    draft.close_attempt(command.attempt, "failed")
    place_again(draft, refund.payment)
    if refund.status == "decided":
        draft.effect(effects.REFUND, refund.n, RETRY_AFTER_SECONDS * 2**refund.tries)


def retry(draft: Draft, command: c.RetryRefund, context: Context) -> None:
    """Give a parked refund one more attempt, once a signed failure has ended the last one.

    A refund that is parked while its attempt is still open at the channel is not touched: a new reference could
    pay twice, and the worker goes on asking about the open one by itself.
    """
    refund = draft.order.refund(command.refund)
    if refund is None or refund.status != "parked" or refund.tries < ATTEMPTS_MAX:
        raise Refused("refund_not_parked")
    draft.add(e.RefundAttemptFailed(refund.n, refund.attempt, "retried_by_operator"))
    draft.close_attempt(refund.attempt, "failed")
    place_again(draft, refund.payment)
    draft.effect(effects.REFUND, refund.n)
