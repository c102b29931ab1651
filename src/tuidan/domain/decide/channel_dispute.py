"""Deciders for the channel's own dispute: take in what it says, place the money it took, answer it (R20, S-085).

What the channel does is always recorded, however impossible. Money that it took back pays first the refunds that
were decided and not sent, then what no refund has touched yet; what was returned before as well goes to suspense.
"""

from __future__ import annotations

from tuidan.domain import commands as c
from tuidan.domain import effects
from tuidan.domain import events as e
from tuidan.domain.channel_dispute import ChannelDispute, find_channel_dispute
from tuidan.domain.decide.order import arm_release
from tuidan.domain.delivery import Unit
from tuidan.domain.draft import Context, Draft, Refused
from tuidan.domain.order import Order
from tuidan.domain.payment import Payment, find_payment
from tuidan.domain.refund import Refund

# A notice of the channel may be lost, so an open dispute is asked about by itself.
WATCH_SECONDS = 3600


def record(draft: Draft, command: c.RecordChannelDispute, context: Context) -> None:
    """Take in what the channel says of a dispute; a repeat finds nothing to do."""
    order = draft.order
    payment = find_payment(order.payments, command.payment_n)
    if payment is None:
        raise LookupError(f"no payment attempt {command.payment_n}")
    dispute = find_channel_dispute(order.channel_disputes, command.number)
    if dispute is None or (command.status != "closed" and not dispute.is_open()):
        dispute = _open(draft, command, dispute)
    more_fen = command.charged_back_fen - dispute.charged_fen
    if more_fen > 0:
        charged = e.ChargedBack(payment.attempt, command.channel, more_fen, dispute.n, command.source_sha256)
        draft.add(charged)
        place(draft, payment)
    if command.status == "answered" and dispute.status == "open":
        draft.add(e.ChannelDisputeAnswerTaken(dispute.n, command.source_sha256))
    elif command.status == "closed" and dispute.is_open():
        closed_at = (command.closed_at or draft.now).isoformat()
        draft.add(e.ChannelDisputeClosed(dispute.n, command.outcome, closed_at, command.source_sha256))
        resume(draft)


def _open(draft: Draft, command: c.RecordChannelDispute, known: ChannelDispute | None) -> ChannelDispute:
    disputes = draft.order.channel_disputes
    n = known.n if known else len(disputes) + 1
    draft.add(
        e.ChannelDisputeOpened(
            dispute=n,
            payment=command.payment_n,
            channel=command.channel,
            number=command.number,
            amount_fen=command.amount_fen,
            opened_at=command.opened_at.isoformat(),
            due_at=command.due_at.isoformat() if command.due_at else "",
            reason=command.reason,
            source_sha256=command.source_sha256,
        )
    )
    draft.effect(effects.QUERY_SETTLEMENT, command.payment_n)
    draft.effect(effects.WATCH_DISPUTE, n, WATCH_SECONDS)
    return disputes[n - 1]


def resume(draft: Draft) -> None:
    """Nothing is frozen any more: refunds that waited are sent, and the hold on the seller's money runs on."""
    order = draft.order
    for refund in order.refunds:
        if refund.status == "decided" and not waits_for_channel(order, refund.payment):
            draft.effect(effects.REFUND, refund.n)
    if not order.channel_dispute_open():
        arm_release(draft)


def place(draft: Draft, payment: Payment) -> None:
    """Give what the channel took of a payment its place: a decided refund, an untouched unit, or suspense.

    As much as a refund in flight may have carried stays open until the channel says what became of that one.
    """
    order = draft.order
    for refund in [refund for refund in order.refunds if refund.payment == payment.attempt]:
        if (
            not payment.chargeback_fen
            or refund.status not in ("decided", "by_bank")
            or _in_flight(order, refund)
        ):
            continue
        if refund.amount_fen <= payment.chargeback_fen:
            draft.add(e.RefundChargedBack(refund.n, payment.attempt, refund.amount_fen))
        else:
            draft.add(e.RefundReduced(refund.n, payment.attempt, payment.chargeback_fen))
    in_flight_fen = sum(
        refund.amount_fen
        for refund in order.refunds
        if refund.payment == payment.attempt and _in_flight(order, refund)
    )
    if payment.status == "captured":
        for unit in _units_by_claim(order):
            amount_fen = min(unit.left_fen(), payment.chargeback_fen - in_flight_fen)
            if amount_fen > 0:
                _take_from(draft, unit, payment, amount_fen)
    if payment.chargeback_fen > in_flight_fen:
        draft.add(e.ChargebackDoubled(payment.attempt, payment.chargeback_fen - in_flight_fen))


def _in_flight(order: Order, refund: Refund) -> bool:
    """Whether its money may be on the way: at the channel, or paid by an operator and not found at the bank yet."""
    if refund.status == "by_bank":
        return any(p.refund == refund.n and p.status == "entered" for p in order.payouts)
    return refund.status in ("sent", "parked")


def _units_by_claim(order: Order) -> list[Unit]:
    """Units with an open request first: that is what the buyer complained of."""
    return sorted(order.units, key=lambda unit: order.open_case_of(unit.n) is None)


def _take_from(draft: Draft, unit: Unit, payment: Payment, amount_fen: int) -> None:
    """The channel returned this unit's money: decided and paid in one step. What the escrow lacks stays a loss."""
    order = draft.order
    from_escrow = min(amount_fen, order.totals.escrow)
    case = order.open_case_of(unit.n)
    n = len(order.refunds) + 1
    verdict: dict[str, object] = {
        "decision": "approve_full" if amount_fen == unit.left_fen() else "approve_partial",
        "amount_fen": amount_fen,
        "by": "channel",
        "rules": ["R20"],
        "reasons": [{"code": "charged_back"}],
    }
    draft.add(
        e.RefundDecided(
            refund=n,
            unit=unit.n,
            payment=payment.attempt,
            amount_fen=amount_fen,
            from_escrow_fen=from_escrow,
            from_advance_fen=0,
            from_overpaid_fen=0,
            due_at="",
            case=case.n if case else 0,
            verdict=verdict,
            from_chargeback_fen=amount_fen - from_escrow,
        )
    )
    draft.add(e.RefundChargedBack(n, payment.attempt, amount_fen))
    code_is_out = order.stock_kind == "unique" and unit.status in ("delivered", "revealed")
    if code_is_out and not unit.left_fen():
        draft.effect(effects.SETTLE_CODE, unit.n)


def place_again(draft: Draft, payment_n: int) -> None:
    """After a refund in flight has ended: the channel's money that waited for it finds its place."""
    payment = find_payment(draft.order.payments, payment_n)
    if payment is None or not payment.chargeback_fen:
        return
    place(draft, payment)
    if not waits_for_channel(draft.order, payment_n):
        for refund in draft.order.refunds:
            if refund.payment == payment_n and refund.status == "decided":
                draft.effect(effects.REFUND, refund.n)


def waits_for_channel(order: Order, payment_n: int) -> bool:
    """Whether nothing may be sent along a payment now: a dispute is open, or money that the channel took may yet turn
    out to belong to any of its refunds, because one in flight has no clear answer (R20).
    """
    payment = find_payment(order.payments, payment_n)
    return order.channel_dispute_open(payment_n) or (payment is not None and payment.chargeback_fen > 0)


def answer(draft: Draft, command: c.AnswerChannelDispute, context: Context) -> None:
    """Send words with our evidence; the channel may be told more than once while it has not decided."""
    disputes = draft.order.channel_disputes
    if not 1 <= command.dispute <= len(disputes):
        raise Refused("no_such_channel_dispute", dispute=command.dispute)
    if not disputes[command.dispute - 1].is_open():
        raise Refused("channel_dispute_closed", dispute=command.dispute)
    draft.add(e.ChannelDisputeAnswered(command.dispute, command.text_sha256))
    draft.effect(effects.ANSWER_DISPUTE, command.dispute)
