"""Deciders for money that goes by bank: wanted, the buyer's consent, entered by one operator, confirmed by another."""

from __future__ import annotations

from datetime import timedelta

from tuidan.domain import commands as c
from tuidan.domain import effects
from tuidan.domain import events as e
from tuidan.domain.decide.channel_dispute import place_again
from tuidan.domain.draft import Context, Draft, Refused
from tuidan.domain.payout import PAYOUT_TABLE, Payout
from tuidan.domain.refund import ATTEMPTS_MAX, Refund
from tuidan.domain.transitions import allows

# The law gives seven days (消法25); they run anew from the moment at which the buyer has named an account.
PAY_WITHIN = timedelta(days=7)
REFERENCE_CHARS_MAX = 64
WHY_CHARS_MAX = 200


def want_for_refund(draft: Draft, refund: Refund) -> None:
    """A refund that its channel cannot make is to go by bank."""
    due_at = (draft.now + PAY_WITHIN).isoformat()
    n = len(draft.order.payouts) + 1
    draft.add(e.PayoutWanted(n, refund.n, refund.case, refund.amount_fen, "refund", due_at))


def want_compensation(draft: Draft, case: int, amount_fen: int) -> None:
    """What the seller promised on top (R10) is charged to its book first, and goes by bank: a channel pays back no
    more than was paid.
    """
    due_at = (draft.now + PAY_WITHIN).isoformat()
    n = len(draft.order.payouts) + 1
    draft.add(e.PayoutWanted(n, 0, case, amount_fen, "compensation", due_at))
    draft.effect(effects.CHARGE_DEPOSIT, n)


def record_charge(draft: Draft, command: c.RecordCharge, context: Context) -> None:
    """The seller's book gave so much for a compensation, in all; less than before finds nothing to do."""
    payout = _payout(draft, command.payout)
    more = command.charged_fen - payout.charged_fen
    if payout.status == "charging" and more > 0:
        owed = payout.amount_fen - command.charged_fen
        draft.add(e.CompensationCharged(payout.n, more, owed))


def consent(draft: Draft, command: c.ConsentToPayout, context: Context) -> None:
    """The buyer agrees and names the account; may name another one until an operator has paid."""
    payout = _waiting(draft, command.payout, "payout_consented")
    draft.add(e.PayoutConsented(payout.n, command.text_sha256, (draft.now + PAY_WITHIN).isoformat()))


def enter(draft: Draft, command: c.EnterPayout, context: Context) -> None:
    """An operator pays and names the bank's reference; not while the channel may return the same money (R20)."""
    payout = _waiting(draft, command.payout, "payout_entered")
    refund = draft.order.refund(payout.refund)
    if refund is not None and draft.order.channel_dispute_open(refund.payment):
        raise Refused("channel_dispute_open")
    reference = command.reference.strip()
    if not 0 < len(reference) <= REFERENCE_CHARS_MAX:
        raise Refused("reference_missing")
    draft.add(e.PayoutEntered(payout.n, reference, draft.actor.id))


def confirm(draft: Draft, command: c.ConfirmPayout, context: Context) -> None:
    """Another operator found it in the bank's records: the refund has arrived, or the compensation is paid."""
    payout = _waiting(draft, command.payout, "payout_confirmed")
    if payout.entered_by == draft.actor.id:
        raise Refused("same_person")
    draft.add(e.PayoutConfirmed(payout.n, payout.refund, payout.amount_fen, draft.actor.id))
    _place_what_the_channel_took(draft, payout)


def fail(draft: Draft, command: c.FailPayout, context: Context) -> None:
    """It did not go through: ask the buyer for the account again."""
    payout = _waiting(draft, command.payout, "payout_failed")
    draft.add(e.PayoutFailed(payout.n, command.why.strip()[:WHY_CHARS_MAX], draft.actor.id))
    _place_what_the_channel_took(draft, payout)


def _place_what_the_channel_took(draft: Draft, payout: Payout) -> None:
    refund = draft.order.refund(payout.refund)
    if refund is not None:
        place_again(draft, refund.payment)


def reroute(draft: Draft, command: c.RerouteRefund, context: Context) -> None:
    """Send a parked refund by bank. Its last attempt must have ended: what is open at the channel could pay twice."""
    refund = draft.order.refund(command.refund)
    if refund is None or refund.status != "parked" or refund.tries < ATTEMPTS_MAX:
        raise Refused("refund_not_parked")
    draft.add(e.RefundRerouted(refund.n))
    draft.close_attempt(refund.attempt, "failed")
    want_for_refund(draft, refund)


def _payout(draft: Draft, n: int) -> Payout:
    if not 1 <= n <= len(draft.order.payouts):
        raise Refused("no_such_payout", payout=n)
    return draft.order.payouts[n - 1]


def _waiting(draft: Draft, n: int, step: str) -> Payout:
    payout = _payout(draft, n)
    if not allows(PAYOUT_TABLE, payout.status, step):
        raise Refused("payout_not_waiting", payout=n, status=payout.status)
    return payout
