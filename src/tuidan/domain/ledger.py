"""Accounts of one order, postings, and which event posts what.

A posting is one row: debit account, credit account, amount above 0, so it balances by construction (I1); rows
are never changed, a correction is a new row that names the old one (I12). Amounts are fen in the order's one
currency (I11).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from tuidan.domain import events as e

ESCROW = "escrow"
OVERPAID = "overpaid"
SETTLED_OUT = "seller:settled_out"
ADVANCE = "platform:advance"
SUSPENSE = "suspense"
CHARGEBACK = "chargeback"
FEES = "platform:fees"
RECEIVABLE = "buyer:receivable"
DEPOSIT = "seller:deposit"
BANK = "bank:clearing"
COMPENSATED = "bank:compensation"


def clearing(channel: str) -> str:
    """The account of money that is at a channel, or came from it."""
    return f"channel:{channel}:clearing"


def compensation_payable(payout: int) -> str:
    """The account of one compensation that the seller's book has given and the bank has not paid."""
    return f"compensation:payable:{payout}"


def refund_payable(refund: int) -> str:
    """The account of one refund that was decided and has not arrived."""
    return f"refund:payable:{refund}"


@dataclass(frozen=True, slots=True)
class Posting:
    """Moves `amount_fen` from the credited account to the debited one, in the sense of double entry."""

    debit: str
    credit: str
    amount_fen: int
    reverses: int = 0

    def __post_init__(self) -> None:
        if self.amount_fen <= 0 or self.debit == self.credit:
            raise ValueError("a posting moves more than nothing between two accounts")


@dataclass(slots=True)
class Totals:
    """Running totals of one order, kept on its row. Every one is a fold of the postings (I9).

    received + advance + receivable
        = escrow + overpaid + released + fees + refunding + refunded - suspense - chargeback (I6).
    `chargeback` is what the channel took back by itself and no refund of ours accounts for yet, `receivable` what the
    buyer owes after a recall. `charged` to the seller for compensations is `compensating` until the bank has paid.
    """

    received: int = 0
    escrow: int = 0
    overpaid: int = 0
    released: int = 0
    advance: int = 0
    refunding: int = 0
    refunded: int = 0
    suspense: int = 0
    chargeback: int = 0
    fees: int = 0
    receivable: int = 0
    charged: int = 0
    compensating: int = 0

    def apply(self, posting: Posting) -> None:
        """Take one more posting into the totals."""
        self._move(posting.debit, posting.amount_fen, debit=True)
        self._move(posting.credit, posting.amount_fen, debit=False)

    def _move(self, account: str, amount: int, *, debit: bool) -> None:
        sign = -1 if debit else 1  # liabilities grow by credit
        if account == ESCROW:
            self.escrow += sign * amount
        elif account == OVERPAID:
            self.overpaid += sign * amount
        elif account == SETTLED_OUT:
            self.released += sign * amount
        elif account == ADVANCE:
            self.advance -= sign * amount
        elif account == SUSPENSE:
            self.suspense -= sign * amount
        elif account == CHARGEBACK:
            self.chargeback -= sign * amount
        elif account.startswith("refund:payable:"):
            self.refunding += sign * amount
        elif account == FEES:
            self.fees += sign * amount
        elif account == RECEIVABLE:
            self.receivable -= sign * amount
        elif account == DEPOSIT:
            self.charged -= sign * amount
        elif account.startswith("compensation:payable:"):
            self.compensating += sign * amount
        elif account == COMPENSATED:
            return  # what was charged and is not to be paid any more was paid
        elif debit:
            self.received += amount
        else:
            self.refunded += amount

    def fault(self) -> str | None:
        """The name of the first money invariant that does not hold, or None."""
        if min(self.received, self.escrow, self.overpaid, self.released, self.advance, self.suspense) < 0:
            return "no account below zero"
        if min(self.refunding, self.refunded, self.chargeback, self.fees, self.receivable) < 0:
            return "no account below zero"
        if not 0 <= self.compensating <= self.charged:
            return "a compensation never exceeds what the seller was charged"
        apart = self.suspense + self.chargeback
        if self.refunding + self.refunded - apart > self.received:
            return "refunds not failed never exceed what was received"
        held = (
            self.escrow + self.overpaid + self.released + self.fees + self.refunding + self.refunded - apart
        )
        given = self.received + self.advance + self.receivable
        return None if given == held else "received = held + released + refunded"


def fold(postings: Iterable[Posting]) -> Totals:
    """The totals that a list of postings makes."""
    totals = Totals()
    for posting in postings:
        totals.apply(posting)
    return totals


def balances(postings: Iterable[Posting]) -> dict[str, int]:
    """Each account's balance as debits minus credits; they sum to 0."""
    found: dict[str, int] = {}
    for posting in postings:
        found[posting.debit] = found.get(posting.debit, 0) + posting.amount_fen
        found[posting.credit] = found.get(posting.credit, 0) - posting.amount_fen
    return found


def _decided(event: e.RefundDecided) -> list[Posting]:
    payable = refund_payable(event.refund)
    parts = (
        (ESCROW, event.from_escrow_fen),
        (ADVANCE, event.from_advance_fen),
        (OVERPAID, event.from_overpaid_fen),
        (CHARGEBACK, event.from_chargeback_fen),
    )
    made = [Posting(source, payable, amount) for source, amount in parts if amount]
    return [*made, Posting(ESCROW, FEES, event.fee_fen)] if event.fee_fen else made


def _confirmed(event: e.PayoutConfirmed) -> list[Posting]:
    if event.refund:
        return [Posting(refund_payable(event.refund), BANK, event.amount_fen)]
    return [Posting(compensation_payable(event.payout), COMPENSATED, event.amount_fen)]


POSTINGS: Mapping[type, Callable[[Any], list[Posting]]] = {
    e.PaymentCaptured: lambda told: [Posting(clearing(told.channel), ESCROW, told.amount_fen)],
    e.PaymentUnexpected: lambda told: [Posting(clearing(told.channel), OVERPAID, told.amount_fen)],
    e.RefundDecided: _decided,
    e.RefundSucceeded: lambda told: [
        Posting(refund_payable(told.refund), clearing(told.channel), told.amount_fen)
    ],
    e.RefundUnexpected: lambda told: [Posting(SUSPENSE, clearing(told.channel), told.amount_fen)],
    e.ChargedBack: lambda told: [Posting(CHARGEBACK, clearing(told.channel), told.amount_fen)],
    e.RefundOutside: lambda told: [Posting(CHARGEBACK, clearing(told.channel), told.amount_fen)],
    e.RefundChargedBack: lambda told: [Posting(refund_payable(told.refund), CHARGEBACK, told.amount_fen)],
    e.RefundReduced: lambda told: [Posting(refund_payable(told.refund), CHARGEBACK, told.amount_fen)],
    e.ChargebackDoubled: lambda told: [Posting(SUSPENSE, CHARGEBACK, told.amount_fen)],
    e.OrderReleased: lambda told: [Posting(ESCROW, SETTLED_OUT, told.amount_fen)],
    e.AdvanceRecovered: lambda told: [Posting(SETTLED_OUT, ADVANCE, told.amount_fen)],
    e.MoneyRecalled: lambda told: [Posting(RECEIVABLE, SETTLED_OUT, told.amount_fen)],
    e.MoneyRepaid: lambda told: [Posting(BANK, RECEIVABLE, told.amount_fen)],
    e.CompensationCharged: lambda told: (
        [Posting(DEPOSIT, compensation_payable(told.payout), told.amount_fen)] if told.amount_fen else []
    ),
    e.PayoutConfirmed: _confirmed,
}


def postings_of(event: e.Event) -> list[Posting]:
    """Which postings an event makes; most make none."""
    made = POSTINGS.get(type(event))
    return made(event) if made else []
