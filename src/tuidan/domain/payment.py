"""One attempt to pay: its state and its table. An order may have several; money that nobody asked for is kept apart."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain import events as e
from tuidan.domain.transitions import Folds, Table, step

PAYMENT_TABLE: Table = {
    ("started", "payment_captured"): "captured",
    ("started", "payment_unexpected"): "unexpected",
    ("captured", "payment_unexpected"): "captured",
    ("unexpected", "payment_unexpected"): "unexpected",
}


@dataclass(slots=True)
class Payment:
    """Attempt `attempt` through a channel; `trade_no` is the channel's own number once money came.

    `refund_window_days` is how long the channel takes refunds by our contract, frozen at payment; 0: not known.
    """

    attempt: int
    channel: str
    amount_fen: int
    status: str = "started"
    trade_no: str = ""
    captured_at: int = 0
    other_trade_nos: str = ""
    refund_window_days: int = 0

    def knows(self, trade_no: str) -> bool:
        """Whether money with this number of the channel was recorded on the attempt before."""
        return trade_no == self.trade_no or trade_no in self.other_trade_nos.split()


def find_payment(payments: list[Payment], attempt: int) -> Payment | None:
    """The payment with this attempt number; None when there is none."""
    return next((payment for payment in payments if payment.attempt == attempt), None)


def _start(payments: list[Payment], event: e.PaymentStarted, n: int, now: int) -> None:
    payments.append(Payment(event.attempt, event.channel, event.amount_fen))


def _take(payments: list[Payment], event: e.PaymentCaptured | e.PaymentUnexpected, n: int, now: int) -> None:
    payment = find_payment(payments, event.attempt)
    if payment is None:
        raise LookupError(f"no payment attempt {event.attempt}")
    payment.status = step(PAYMENT_TABLE, payment.status, e.kind_of(event))
    if payment.trade_no:
        payment.other_trade_nos = f"{payment.other_trade_nos} {event.trade_no}".strip()
    else:
        payment.trade_no = event.trade_no
        payment.captured_at = now
    if isinstance(event, e.PaymentCaptured):
        payment.refund_window_days = event.refund_window_days


PAYMENT_FOLDS: Folds = {e.PaymentStarted: _start, e.PaymentCaptured: _take, e.PaymentUnexpected: _take}
