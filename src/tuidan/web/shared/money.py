"""Writing money for people: integer fen in, `1,234.50` out; and reading what a person typed."""

from __future__ import annotations

import re

_TYPED = re.compile(r"^\s*[¥¥]?\s*(\d{1,9})(?:[.。](\d{1,2}))?\s*(?:元)?\s*$")


def yuan(fen: int) -> str:
    """Two decimals, thousands apart, no sign: a refund is told by a word, not by a minus."""
    whole, rest = divmod(abs(int(fen)), 100)
    return f"{whole:,}.{rest:02d}"


def read_yuan(typed: str) -> int | None:
    """Fen from `24`, `24.5`, `¥24.00` or `24元`; None when it is not an amount."""
    found = _TYPED.match(typed.replace(",", ""))
    if not found:
        return None
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0"))
