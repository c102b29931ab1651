"""Amounts are whole fen with a currency; splitting never loses or makes a unit.

Leaves to others: which account an amount moves between (ledger.py) and how much a rule grants (policy).
"""

from __future__ import annotations

from collections.abc import Sequence

AMOUNT_FEN_MAX = 10**12


def split_by_weight(amount_fen: int, weights: Sequence[int]) -> list[int]:
    """Split an amount by the largest remainder, ties to the earlier part; the parts sum to the amount.

    Raises ValueError for a negative amount, no weights, a negative weight or weights that sum to 0.
    """
    total = sum(weights)
    if amount_fen < 0 or total <= 0 or min(weights) < 0:
        raise ValueError("an amount of at least 0 and weights with a sum above 0 are needed")
    parts = [amount_fen * weight // total for weight in weights]
    order = sorted(range(len(weights)), key=lambda i: (-(amount_fen * weights[i] % total), i))
    for i in order[: amount_fen - sum(parts)]:
        parts[i] += 1
    return parts


def format_yuan(amount_fen: int) -> str:
    """12345 -> "123.45"; the text that payment channels and people read."""
    sign = "-" if amount_fen < 0 else ""
    return f"{sign}{abs(amount_fen) // 100}.{abs(amount_fen) % 100:02d}"
