"""One refund and its attempts: state and table. One open attempt at a time; unknown is pending (ADR outbox-rows).

decided → sent → succeeded; a signed terminal failure brings it back to decided for a new attempt, and what a
channel cannot pay is parked for a person while the same attempt stays open. What the channel took back by itself
meanwhile ends a decided refund as `charged_back`, so that nothing is paid twice (R20).
"""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain import events as e
from tuidan.domain.transitions import Folds, Table, step

REFUND_TABLE: Table = {
    ("decided", "refund_attempted"): "sent",
    ("decided", "refund_succeeded"): "succeeded",
    ("sent", "refund_succeeded"): "succeeded",
    ("sent", "refund_attempt_failed"): "decided",
    ("sent", "refund_parked"): "parked",
    ("parked", "refund_succeeded"): "succeeded",
    ("parked", "refund_attempt_failed"): "decided",
    ("decided", "refund_charged_back"): "charged_back",
    ("decided", "refund_reduced"): "decided",
    ("charged_back", "refund_unexpected"): "charged_back",
    ("succeeded", "refund_unexpected"): "succeeded",
    ("decided", "refund_unexpected"): "decided",
    ("sent", "refund_unexpected"): "sent",
    ("parked", "refund_unexpected"): "parked",
    ("decided", "goes_by_bank"): "by_bank",
    ("parked", "refund_rerouted"): "by_bank",
    ("decided", "refund_rerouted"): "by_bank",
    ("by_bank", "payout_confirmed"): "succeeded",
    ("by_bank", "refund_charged_back"): "charged_back",
    ("by_bank", "refund_reduced"): "by_bank",
    ("by_bank", "refund_unexpected"): "by_bank",
}
ATTEMPTS_MAX = 5


@dataclass(slots=True)
class Refund:
    """Refund n of an order for one unit (0: money that nobody asked for), by payment attempt `payment`.

    `paid_by` lists the attempts that the channel says it paid: one, or more when something went wrong out there.
    The platform laid out `laid_fen` of it; of that so much is back from the seller, and so much borne.
    """

    n: int
    unit: int
    payment: int
    amount_fen: int
    due_at: str
    case: int = 0
    status: str = "decided"
    attempt: int = 0
    tries: int = 0
    paid_by: str = ""
    laid_fen: int = 0
    back_fen: int = 0
    borne_fen: int = 0
    at_platform: bool = False
    owed_by_seller: bool = False

    def owed_fen(self) -> int:
        """What the platform laid out for it and has neither back nor borne."""
        return self.laid_fen - self.back_fen - self.borne_fen

    def knows(self, attempt: int) -> bool:
        """Whether the channel's yes for this attempt was recorded; each attempt can be paid by itself."""
        return str(attempt) in self.paid_by.split()


def _decide(refunds: list[Refund], event: e.RefundDecided, n: int, now: int) -> None:
    refund = Refund(event.refund, event.unit, event.payment, event.amount_fen, event.due_at, event.case)
    refund.laid_fen = event.from_advance_fen
    refund.at_platform = bool(event.from_advance_fen) and event.verdict.get("liable") == "platform"
    if event.by_bank:
        refund.status = step(REFUND_TABLE, "decided", "goes_by_bank")
    refunds.append(refund)


def _move(
    refunds: list[Refund],
    event: e.RefundAttempted
    | e.RefundSucceeded
    | e.RefundAttemptFailed
    | e.RefundParked
    | e.RefundUnexpected,
    n: int,
    now: int,
) -> None:
    refund = refunds[event.refund - 1]
    refund.status = step(REFUND_TABLE, refund.status, e.kind_of(event))


def _attempt(refunds: list[Refund], event: e.RefundAttempted, n: int, now: int) -> None:
    _move(refunds, event, n, now)
    refund = refunds[event.refund - 1]
    refund.attempt = event.attempt
    refund.tries += 1


def _pay(refunds: list[Refund], event: e.RefundSucceeded | e.RefundUnexpected, n: int, now: int) -> None:
    _move(refunds, event, n, now)
    refund = refunds[event.refund - 1]
    refund.paid_by = f"{refund.paid_by} {event.attempt}".strip()


def _charge_back(refunds: list[Refund], event: e.RefundChargedBack, n: int, now: int) -> None:
    refund = refunds[event.refund - 1]
    refund.status = step(REFUND_TABLE, refund.status, "refund_charged_back")


def _reduce(refunds: list[Refund], event: e.RefundReduced, n: int, now: int) -> None:
    refund = refunds[event.refund - 1]
    refund.status = step(REFUND_TABLE, refund.status, "refund_reduced")
    refund.amount_fen -= event.amount_fen


def _reroute(refunds: list[Refund], event: e.RefundRerouted, n: int, now: int) -> None:
    refund = refunds[event.refund - 1]
    refund.status = step(REFUND_TABLE, refund.status, "refund_rerouted")


def _confirm(refunds: list[Refund], event: e.PayoutConfirmed, n: int, now: int) -> None:
    if event.refund:
        refund = refunds[event.refund - 1]
        refund.status = step(REFUND_TABLE, refund.status, "payout_confirmed")


def _recover(refunds: list[Refund], event: e.AdvanceRecovered, n: int, now: int) -> None:
    refunds[event.refund - 1].back_fen += event.amount_fen


def _owe(refunds: list[Refund], event: e.AdvanceOwed, n: int, now: int) -> None:
    refunds[event.refund - 1].owed_by_seller = True


def _bear(refunds: list[Refund], event: e.AdvanceBorne, n: int, now: int) -> None:
    refunds[event.refund - 1].borne_fen += event.amount_fen


REFUND_FOLDS: Folds = {
    e.RefundRerouted: _reroute,
    e.PayoutConfirmed: _confirm,
    e.AdvanceRecovered: _recover,
    e.AdvanceBorne: _bear,
    e.AdvanceOwed: _owe,
    e.RefundDecided: _decide,
    e.RefundAttempted: _attempt,
    e.RefundSucceeded: _pay,
    e.RefundAttemptFailed: _move,
    e.RefundParked: _move,
    e.RefundUnexpected: _pay,
    e.RefundChargedBack: _charge_back,
    e.RefundReduced: _reduce,
}
