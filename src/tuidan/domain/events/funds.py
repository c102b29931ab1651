"""Money of an order beyond its escrow: holds on the seller's book, the platform's advance and its recovery."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain.events.base import Event


@dataclass(frozen=True, slots=True)
class FundsHeld(Event):
    """The seller's book answered: of `asked_fen` so much is held back for the case (S-087)."""

    case: int
    asked_fen: int
    held_fen: int


@dataclass(frozen=True, slots=True)
class FundsFreed(Event):
    """The hold for the case is over; what was held is the seller's again."""

    case: int


@dataclass(frozen=True, slots=True)
class AdvanceRecovered(Event):
    """So much of what the platform laid out came back from the seller; `owed_fen` is still owed (R15)."""

    refund: int
    amount_fen: int
    owed_fen: int


@dataclass(frozen=True, slots=True)
class AdvanceOwed(Event):
    """The seller's book could not give all: so much stays owed by this seller, by name, and is an alarm."""

    refund: int
    owed_fen: int


@dataclass(frozen=True, slots=True)
class AdvanceBorne(Event):
    """The platform bears what it laid out: the seller cannot be named, or nothing more is to be had (消法44)."""

    refund: int
    amount_fen: int
    why: str
