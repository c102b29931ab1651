"""The platform's advance fund by an operator's hand: its limit, in all and for one order (S-127)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tuidan.commands.books import BookOutcome, run_on_book
from tuidan.domain.books import commands as q
from tuidan.domain.books.book import FUND_ID
from tuidan.domain.commands import Actor


def set_limit(
    limit_fen: int, order_fen_max: int, why: str, operator_id: UUID, key: str, now: datetime
) -> BookOutcome:
    """Set what the fund may lay out; the edge has checked that the person is an operator."""
    command = q.SetLimit(limit_fen, order_fen_max, why)
    return run_on_book(FUND_ID, command, Actor("operator", str(operator_id)), now, f"operator:{key}")
