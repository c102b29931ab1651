"""Accounts of one book, and which event posts what. Amounts are fen in the book's one currency.

A seller's book: what orders handed over lies in `payable`; parts of it are `held` for open requests or kept as
`reserve`; `deposit` is the seller's own money with us; `owed` is what a claim could not take. The fund's book:
`available`, laid `out`, and `borne` by the platform for good. A posting is one row, as in an order's ledger.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from tuidan.domain.books import events as b
from tuidan.domain.ledger import Posting

PAYABLE, HELD, RESERVE, DEPOSIT, OWED = "payable", "held", "reserve", "deposit", "owed"
ORDERS, CLAIMS, BANK_DEPOSIT, BANK_PAYOUT = "orders", "claims", "bank:deposit", "bank:payout"
AVAILABLE, OUT, BORNE, OWN = "available", "out", "borne", "platform:own"
# What each account counts into, and the sign of a credit there.
COUNTS: Mapping[str, tuple[str, int]] = {
    PAYABLE: ("payable", 1),
    HELD: ("held", 1),
    RESERVE: ("reserve", 1),
    DEPOSIT: ("deposit", 1),
    OWED: ("owed", -1),
    ORDERS: ("taken_in", -1),
    CLAIMS: ("claimed", 1),
    BANK_DEPOSIT: ("brought", -1),
    BANK_PAYOUT: ("paid_out", 1),
    AVAILABLE: ("available", -1),
    OUT: ("out", -1),
    BORNE: ("borne", -1),
    OWN: ("limit", 1),
}


@dataclass(slots=True)
class BookTotals:
    """Running totals of a book, each a fold of its postings.

    Seller: taken_in + brought + owed = payable + held + reserve + deposit + paid_out + claimed.
    Fund: limit = available + out + borne.
    """

    taken_in: int = 0
    brought: int = 0
    owed: int = 0
    payable: int = 0
    held: int = 0
    reserve: int = 0
    deposit: int = 0
    paid_out: int = 0
    claimed: int = 0
    limit: int = 0
    available: int = 0
    out: int = 0
    borne: int = 0

    def apply(self, posting: Posting) -> None:
        """Take one more posting in."""
        for account, side in ((posting.debit, -1), (posting.credit, 1)):
            name, sign = COUNTS[account]
            setattr(self, name, getattr(self, name) + side * sign * posting.amount_fen)

    def fault(self) -> str | None:
        """The name of the first invariant that does not hold, or None."""
        if any(getattr(self, name) < 0 for name in TOTAL_NAMES):
            return "no account of a book below zero"
        kept = self.payable + self.held + self.reserve + self.deposit
        if self.taken_in + self.brought + self.owed != kept + self.paid_out + self.claimed:
            return "what a seller got = what is kept + paid out + claimed - owed"
        if self.limit != self.available + self.out + self.borne:
            return "the fund's limit = available + out + borne"
        return None


TOTAL_NAMES = tuple(f.name for f in fields(BookTotals))


def fold(postings: Iterable[Posting]) -> BookTotals:
    """The totals that a list of postings makes."""
    totals = BookTotals()
    for posting in postings:
        totals.apply(posting)
    return totals


def _moves(*moves: tuple[str, str, int]) -> list[Posting]:
    return [Posting(debit, credit, amount) for debit, credit, amount in moves if amount]


def _taken(told: b.Claimed | b.Collected, to: str) -> list[Posting]:
    return _moves(
        (PAYABLE, to, told.from_payable_fen),
        (RESERVE, to, told.from_reserve_fen),
        (DEPOSIT, to, told.from_deposit_fen),
    )


def _either(one: str, other: str, fen: int) -> list[Posting]:
    """Move `fen` from `one` to `other`; a negative amount goes back."""
    return _moves((one, other, fen) if fen > 0 else (other, one, -fen))


POSTINGS: Mapping[type, Callable[[Any], list[Posting]]] = {
    b.TakenIn: lambda told: _moves((ORDERS, PAYABLE, told.amount_fen)),
    b.HoldChanged: lambda told: _either(PAYABLE, HELD, told.held_fen - told.was_fen),
    b.Claimed: lambda told: [*_taken(told, CLAIMS), *_moves((OWED, CLAIMS, told.owed_fen))],
    b.Collected: lambda told: _taken(told, OWED),
    b.WrittenOff: lambda told: _moves((CLAIMS, OWED, told.amount_fen)),
    b.DepositPaidIn: lambda told: _moves((BANK_DEPOSIT, DEPOSIT, told.amount_fen)),
    b.DepositReturned: lambda told: _moves((DEPOSIT, BANK_DEPOSIT, told.amount_fen)),
    b.SellerPaidOut: lambda told: _moves((PAYABLE, BANK_PAYOUT, told.amount_fen)),
    b.ReserveSet: lambda told: _either(PAYABLE, RESERVE, told.reserve_fen - told.was_fen),
    b.LimitSet: lambda told: _either(AVAILABLE, OWN, told.limit_fen - told.was_fen),
    b.Drawn: lambda told: _moves((OUT, AVAILABLE, told.amount_fen)),
    b.GivenBack: lambda told: _moves((AVAILABLE, OUT, told.amount_fen)),
    b.Borne: lambda told: _moves((BORNE, OUT, told.amount_fen)),
}


def postings_of(event: b.BookEvent) -> list[Posting]:
    """Which postings an event of a book makes; some make none."""
    made = POSTINGS.get(type(event))
    return made(event) if made else []
