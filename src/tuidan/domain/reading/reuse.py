"""Whether two pictures filed in different orders are the same one, from what was compared and from their words.

Screens of one app share every label; only long numbers tell two orders apart. So where words were read on both, their
telling lines must agree; where not, hardly a stretch may differ. A hint is for a person, who sees both places.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from tuidan.domain.reading.line import Line
from tuidan.domain.reading.order_number import folded
from tuidan.domain.reading.thresholds import SURE_PERCENT

GRADES = ("exact", "same", "like")
# A line of at least so many letters and digits, so many of them digits, tells one order from another.
TELLING_CHARS_MIN = 10
TELLING_DIGITS_MIN = 6
COMPARED_MIN = 5
SAME_PERCENT = 85
ALIKE_PERCENT = 95
SHARE_MIN = 50
TELLING_AGREE_PERCENT = 60
# Two orders placed within this span may share one screenshot, of a payment for both, say.
SAME_OCCASION_SECONDS = 3_600
_STRETCH, _WORDS, _BYTES = 1 << 60, 2 << 60, 3 << 60


def telling_lines(lines: Iterable[Line] | None) -> frozenset[str]:
    """The lines that hardly any other order's picture has, in a form that all spellings share."""
    told = (folded(line.text) for line in lines or () if line.confidence >= SURE_PERCENT)
    return frozenset(
        text
        for text in told
        if len(text) >= TELLING_CHARS_MIN and sum(map(str.isdigit, text)) >= TELLING_DIGITS_MIN
    )


def bands(stretches: Iterable[int], lines: Iterable[Line] | None, sha256: str) -> tuple[int, ...]:
    """The numbers by which a picture is found again: of its stretches, its telling lines and its bytes."""
    found = {_STRETCH | key for key in stretches}
    found |= {_WORDS | _short(text.encode()) for text in telling_lines(lines)}
    found.add(_BYTES | _short(bytes.fromhex(sha256)))
    return tuple(sorted(found))


def _short(text: bytes) -> int:
    return int.from_bytes(hashlib.sha256(text).digest()[:7])


def grade(
    compared: int, same: int, share: int, own: Iterable[Line] | None, theirs: Iterable[Line] | None
) -> str:
    """`same`, `like` (a hint) or "". `compared` stretches were put over each other, `same` are equal."""
    one, other = telling_lines(own), telling_lines(theirs)
    over = compared >= COMPARED_MIN and share >= SHARE_MIN
    percent = 100 * same // max(1, compared)
    if one and other:
        agree = 100 * len(one & other) // min(len(one), len(other))
        if agree < TELLING_AGREE_PERCENT:
            return ""
        return "same" if over and percent >= SAME_PERCENT else "like"
    if not over:
        return ""
    return "same" if percent >= ALIKE_PERCENT else "like" if percent >= SAME_PERCENT else ""


def is_another_time(placed_at: int, other_placed_at: int, *, same_buyer: bool) -> bool:
    """Whether the other order is another occasion, so that one picture cannot rightly show both. Times in seconds."""
    return not same_buyer or abs(placed_at - other_placed_at) > SAME_OCCASION_SECONDS
