"""What a buyer owes after a wrong refund, and what was repaid. Fen."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain import events as e
from tuidan.domain.transitions import Folds


@dataclass(slots=True)
class Recall:
    """Recall n of refund `refund`; the fund paid `to_seller_fen`, and `from_advance_fen` was laid out before."""

    n: int
    refund: int
    amount_fen: int
    to_seller_fen: int
    from_advance_fen: int
    repaid_fen: int = 0

    def left_fen(self) -> int:
        """What the buyer still owes."""
        return self.amount_fen - self.repaid_fen


def _recall(recalls: list[Recall], event: e.MoneyRecalled, n: int, now: int) -> None:
    recalls.append(
        Recall(event.recall, event.refund, event.amount_fen, event.to_seller_fen, event.from_advance_fen)
    )


def _repay(recalls: list[Recall], event: e.MoneyRepaid, n: int, now: int) -> None:
    recalls[event.recall - 1].repaid_fen += event.amount_fen


RECALL_FOLDS: Folds = {e.MoneyRecalled: _recall, e.MoneyRepaid: _repay}
