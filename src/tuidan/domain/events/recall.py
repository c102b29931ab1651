"""Money that went to the buyer wrongly, and what of it comes back (S-124)."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain.events.base import Event


@dataclass(frozen=True, slots=True)
class MoneyRecalled(Event):
    """A refund was wrong: the buyer owes it, and the fund makes the seller whole at once. What the seller still owes
    for the refund's advance is collected from that.
    """

    recall: int
    refund: int
    case: int
    amount_fen: int
    why: str


@dataclass(frozen=True, slots=True)
class MoneyRepaid(Event):
    """The buyer repaid a part, or all, of what was recalled; `reference` is the bank's."""

    recall: int
    amount_fen: int
    reference: str
