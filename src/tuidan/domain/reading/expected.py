"""What one order lets us expect on its pictures: its numbers, amounts, account, code tails and span of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Expected:
    """Facts of one order; amounts in fen, times aware. Empty means not known, and nothing is held against it.

    `numbers` are ours, the channel's and the supplier's; `arrived_fen` -1 where nobody knows what arrived.
    """

    numbers: tuple[str, ...]
    since: datetime
    until: datetime
    amounts_fen: tuple[int, ...] = ()
    arrived_fen: int = -1
    account: str = ""
    code_tails: tuple[str, ...] = ()
    goods_name: str = ""
