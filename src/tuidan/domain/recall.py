"""What a buyer owes after a wrong refund, and what was repaid. Fen."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain import events as e
from tuidan.domain.transitions import Folds


@dataclass(slots=True)
class Recall:
    """Recall n of refund `refund`: the fund paid the seller `amount_fen`, the buyer owes it."""

    n: int
    refund: int
    amount_fen: int
    repaid_fen: int = 0

    def left_fen(self) -> int:
        """What the buyer still owes."""
        return self.amount_fen - self.repaid_fen


def _recall(recalls: list[Recall], event: e.MoneyRecalled, n: int, now: int) -> None:
    recalls.append(Recall(event.recall, event.refund, event.amount_fen))


def _repay(recalls: list[Recall], event: e.MoneyRepaid, n: int, now: int) -> None:
    recalls[event.recall - 1].repaid_fen += event.amount_fen


RECALL_FOLDS: Folds = {e.MoneyRecalled: _recall, e.MoneyRepaid: _repay}
