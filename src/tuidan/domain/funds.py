"""Holds on the seller's book that an order knows of, one a case. The book itself is the truth (domain/books/)."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain import events as e
from tuidan.domain.transitions import Folds


@dataclass(slots=True)
class Hold:
    """What the seller's book answered for a case, fen; held 0 with asked 0: let go."""

    case: int
    asked_fen: int = 0
    held_fen: int = 0


def hold_of(holds: list[Hold], case: int) -> Hold | None:
    """The hold of a case; None when none was asked for."""
    return next((hold for hold in holds if hold.case == case), None)


def _hold(holds: list[Hold], event: e.FundsHeld, n: int, now: int) -> None:
    hold = hold_of(holds, event.case)
    if hold is None:
        holds.append(hold := Hold(event.case))
    hold.asked_fen, hold.held_fen = event.asked_fen, event.held_fen


def _free(holds: list[Hold], event: e.FundsFreed, n: int, now: int) -> None:
    hold = hold_of(holds, event.case)
    if hold is not None:
        hold.asked_fen = hold.held_fen = 0


HOLD_FOLDS: Folds = {e.FundsHeld: _hold, e.FundsFreed: _free}
