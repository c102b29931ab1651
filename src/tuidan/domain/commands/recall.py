"""Commands about money that went to the buyer wrongly (S-124)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class RecallRefund:
    """An operator finds a refund wrong; `amount_fen` 0 means all of it. Refused when something came in meanwhile."""

    refund: int
    amount_fen: int
    why: str
    seen_version: int


@dataclass(frozen=True, slots=True)
class RecordRepayment:
    """The buyer repaid so much of a recall, with the bank's reference."""

    recall: int
    amount_fen: int
    reference: str
