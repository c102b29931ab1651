"""One attempt to pay: its state and its table. An order may have several; money that nobody asked for is kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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
    `chargeback_fen` is what the channel took back that belongs to no refund yet. `settlement` is what the channel said
    at `settlement_at` (settled, unsettled, unknown; "": never asked).
    """

    attempt: int
    channel: str
    amount_fen: int
    status: str = "started"
    trade_no: str = ""
    captured_at: int = 0
    other_trade_nos: str = ""
    refund_window_days: int = 0
    chargeback_fen: int = 0
    settlement: str = ""
    settlement_at: int = 0
    settled_at: int = 0
    outside_fen: int = 0
    payer_account: str = ""

    def knows(self, trade_no: str) -> bool:
        """Whether money with this number of the channel was recorded on the attempt before."""
        return trade_no == self.trade_no or trade_no in self.other_trade_nos.split()


def find_payment(payments: list[Payment], attempt: int) -> Payment | None:
    """The payment with this attempt number; None when there is none."""
    return next((payment for payment in payments if payment.attempt == attempt), None)


def _start(payments: list[Payment], event: e.PaymentStarted, n: int, now: int) -> None:
    payments.append(Payment(event.attempt, event.channel, event.amount_fen))


def _take(payments: list[Payment], event: e.PaymentCaptured | e.PaymentUnexpected, n: int, now: int) -> None:
    payment = _known(payments, event.attempt)
    payment.status = step(PAYMENT_TABLE, payment.status, e.kind_of(event))
    if payment.trade_no:
        payment.other_trade_nos = f"{payment.other_trade_nos} {event.trade_no}".strip()
    else:
        payment.trade_no = event.trade_no
        payment.captured_at = now
    if isinstance(event, e.PaymentCaptured):
        payment.refund_window_days = event.refund_window_days


def _charge(payments: list[Payment], event: e.ChargedBack, n: int, now: int) -> None:
    _known(payments, event.payment).chargeback_fen += event.amount_fen


def _return_outside(payments: list[Payment], event: e.RefundOutside, n: int, now: int) -> None:
    payment = _known(payments, event.payment)
    payment.chargeback_fen += event.amount_fen
    payment.outside_fen += event.amount_fen


def _place(
    payments: list[Payment],
    event: e.RefundChargedBack | e.RefundReduced | e.ChargebackDoubled,
    n: int,
    now: int,
) -> None:
    _known(payments, event.payment).chargeback_fen -= event.amount_fen


def _settle(payments: list[Payment], event: e.SettlementKnown, n: int, now: int) -> None:
    payment = _known(payments, event.payment)
    payment.settlement, payment.settlement_at = event.state, now
    if event.settled_at:
        payment.settled_at = int(datetime.fromisoformat(event.settled_at).timestamp())


def _know_payer(payments: list[Payment], event: e.PayerAccountKnown, n: int, now: int) -> None:
    _known(payments, event.payment).payer_account = event.state


def _ask(payments: list[Payment], event: e.SettlementAsked, n: int, now: int) -> None:
    _known(payments, event.payment).settlement_at = now


def _known(payments: list[Payment], attempt: int) -> Payment:
    payment = find_payment(payments, attempt)
    if payment is None:
        raise LookupError(f"no payment attempt {attempt}")
    return payment


PAYMENT_FOLDS: Folds = {
    e.PaymentStarted: _start,
    e.PaymentCaptured: _take,
    e.PaymentUnexpected: _take,
    e.ChargedBack: _charge,
    e.RefundOutside: _return_outside,
    e.RefundChargedBack: _place,
    e.RefundReduced: _place,
    e.ChargebackDoubled: _place,
    e.PayerAccountKnown: _know_payer,
    e.SettlementAsked: _ask,
    e.SettlementKnown: _settle,
}
