"""The buyer's last 90 days as they were when the request was made: a fact from outside, frozen into the order."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain import events as e
from tuidan.domain.transitions import Folds


@dataclass(slots=True)
class History:
    """Orders placed, orders with money returned, and repeated mistakes of the buyer, in 90 days (R13, R24)."""

    orders: int
    refunds: int
    misoperations: int


def _freeze(histories: list[History], event: e.RefundRequested, n: int, now: int) -> None:
    """The latest request's history stands; a request by the system brings none."""
    if event.history:
        histories[:] = [
            History(*(int(str(event.history[name])) for name in ("orders", "refunds", "misoperations")))
        ]


HISTORY_FOLDS: Folds = {e.RefundRequested: _freeze}
