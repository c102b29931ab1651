"""One payment by bank to the buyer: its state and its table. Two operators stand behind each payment.

charging → wanted → consented → entered → paid; a refund's begins at wanted, a compensation's when the seller's
book has given the whole of it. What fails goes back to wanted: the buyer names an account again.
"""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain import events as e
from tuidan.domain.transitions import Folds, Table, step

PAYOUT_TABLE: Table = {
    ("new", "refund_wanted"): "wanted",
    ("new", "compensation_wanted"): "charging",
    ("charging", "charged_in_part"): "charging",
    ("charging", "charged_in_full"): "wanted",
    ("wanted", "payout_consented"): "consented",
    ("consented", "payout_consented"): "consented",
    ("consented", "payout_entered"): "entered",
    ("consented", "payout_failed"): "wanted",
    ("entered", "payout_confirmed"): "paid",
    ("entered", "payout_failed"): "wanted",
    # The channel returned the money by itself before anybody paid (R20).
    ("wanted", "refund_charged_back"): "dropped",
    ("consented", "refund_charged_back"): "dropped",
    ("wanted", "refund_reduced"): "wanted",
    ("consented", "refund_reduced"): "consented",
}


@dataclass(slots=True)
class Payout:
    """Payout n of an order: for refund `refund`, or (0) compensation of `case`. `entered_by`: an operator's id."""

    n: int
    refund: int
    case: int
    amount_fen: int
    why: str
    due_at: str
    status: str = "new"
    charged_fen: int = 0
    reference: str = ""
    entered_by: str = ""


def _want(payouts: list[Payout], event: e.PayoutWanted, n: int, now: int) -> None:
    payout = Payout(event.payout, event.refund, event.case, event.amount_fen, event.why, event.due_at)
    payout.status = step(PAYOUT_TABLE, "new", "refund_wanted" if event.refund else "compensation_wanted")
    payouts.append(payout)


def _charge(payouts: list[Payout], event: e.CompensationCharged, n: int, now: int) -> None:
    payout = payouts[event.payout - 1]
    payout.charged_fen += event.amount_fen
    full = payout.charged_fen == payout.amount_fen
    payout.status = step(PAYOUT_TABLE, payout.status, "charged_in_full" if full else "charged_in_part")


def _consent(payouts: list[Payout], event: e.PayoutConsented, n: int, now: int) -> None:
    payout = payouts[event.payout - 1]
    payout.status = step(PAYOUT_TABLE, payout.status, e.kind_of(event))
    payout.due_at = event.due_at or payout.due_at


def _move(payouts: list[Payout], event: e.PayoutConfirmed | e.PayoutFailed, n: int, now: int) -> None:
    payout = payouts[event.payout - 1]
    payout.status = step(PAYOUT_TABLE, payout.status, e.kind_of(event))


def _enter(payouts: list[Payout], event: e.PayoutEntered, n: int, now: int) -> None:
    payout = payouts[event.payout - 1]
    payout.status = step(PAYOUT_TABLE, payout.status, e.kind_of(event))
    payout.reference, payout.entered_by = event.reference, event.by


def _return_by_channel(
    payouts: list[Payout], event: e.RefundChargedBack | e.RefundReduced, n: int, now: int
) -> None:
    for payout in payouts:
        if payout.refund == event.refund and payout.status in ("wanted", "consented"):
            payout.status = step(PAYOUT_TABLE, payout.status, e.kind_of(event))
            payout.amount_fen -= event.amount_fen if isinstance(event, e.RefundReduced) else 0


PAYOUT_FOLDS: Folds = {
    e.RefundChargedBack: _return_by_channel,
    e.RefundReduced: _return_by_channel,
    e.PayoutWanted: _want,
    e.CompensationCharged: _charge,
    e.PayoutConsented: _consent,
    e.PayoutEntered: _enter,
    e.PayoutConfirmed: _move,
    e.PayoutFailed: _move,
}
