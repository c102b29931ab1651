"""A text as a reader hears it: one width, simplified forms, no spaces or ornaments; each sign knows where it stood."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache

from tuidan.domain.terms.characters import (
    CONFUSED,
    CONFUSED_WORDS,
    DRAWN,
    HOMOPHONES,
    REAL_WORDS,
    SIGNS,
    SIMPLIFIED,
)

STOP = "。"
PAUSE = ","
STOPS = frozenset("。;\n\r\u2028\u2029")
PAUSES = frozenset(",:!?…")
KEPT = frozenset("%")
DRAWINGS = frozenset(DRAWN)


@dataclass(frozen=True, slots=True)
class Normal:
    """`text` to search in; sign n of it came from `origin[n]` of the original, whose length is `length`."""

    text: str
    origin: tuple[int, ...]
    length: int
    stops: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The part of the original that text[start:end] came from."""
        last = self.origin[end - 1]
        return self.origin[start], min(last + 1, self.length)

    def sentence(self, start: int, end: int, neighbours: int = 0) -> tuple[int, int]:
        """The sentence around text[start:end], with so many sentences more on either side."""
        before = bisect_left(self.stops, start) - 1 - neighbours
        after = bisect_left(self.stops, end) + neighbours
        first = self.stops[before] + 1 if before >= 0 else 0
        return first, self.stops[after] if after < len(self.stops) else len(self.text)


def has_drawings(original: str) -> bool:
    """Whether the text holds a sign that may be a word or an ornament."""
    return not DRAWINGS.isdisjoint(original)


def normalise(original: str, drawn: bool = True) -> Normal:
    """Make a text searchable; `drawn` reads a cross as "no", without it drawings are ornaments. Linear."""
    signs: list[str] = []
    origin: list[int] = []
    for n, char in enumerate(original):
        for sign in _heard(char) if drawn or char not in DRAWINGS else ():
            kept = _kept(sign, signs[-1] if signs else "", original[n + 1 : n + 2])
            if kept and not (kept in (STOP, PAUSE) and signs and signs[-1] == kept):
                signs.append(kept)
                origin.append(n)
    return _without_homophones("".join(signs), origin, len(original))


@cache
def _heard(char: str) -> str:
    if char in DRAWN:
        return DRAWN[char]
    wide = unicodedata.normalize("NFKC", char).lower()
    return "".join(SIGNS.get(sign) or SIMPLIFIED.get(sign, sign) for sign in wide)


def _kept(sign: str, before: str, following: str) -> str:
    """The sign, a stop, a pause, or nothing for an ornament."""
    if sign in STOPS:
        return STOP
    if sign in PAUSES:
        return PAUSE
    if sign == ".":
        if before.isdigit() and following.isdigit():
            return sign
        return STOP if before.isascii() and before.isalpha() and following in ("", " ") else ""
    return sign if sign in KEPT or sign.isalnum() else ""


@cache
def _homophones() -> tuple[re.Pattern[str], dict[str, str]]:
    """One expression for all that hides a word; a slip is looked up, anything else is told by its group."""
    slips: dict[str, str] = {}
    for word in CONFUSED_WORDS:
        for slip in _slips(word):
            slips.setdefault(slip, word)
    # Most signs begin no slip: the look ahead spares trying hundreds of them there.
    firsts = "".join(sorted({slip[0] for slip in slips}))
    alternatives = "|".join(f"({pattern})" for _, pattern in HOMOPHONES)
    return re.compile(f"{alternatives}|(?=[{firsts}])(?:{'|'.join(slips)})"), slips


def _slips(word: str) -> list[str]:
    """The word with one sign taken for another that sounds or looks like it."""
    slips = [
        word[:n] + wrong + word[n + 1 :] for n, sign in enumerate(word) for wrong in CONFUSED.get(sign, "")
    ]
    return [slip for slip in slips if slip not in REAL_WORDS]


def _without_homophones(text: str, origin: list[int], length: int) -> Normal:
    pattern, slips = _homophones()
    signs: list[str] = []
    kept: list[int] = []
    done = 0
    for found in pattern.finditer(text):
        word = HOMOPHONES[found.lastindex - 1][0] if found.lastindex else slips[found[0]]
        signs.append(text[done : found.start()])
        kept += origin[done : found.start()]
        signs.append(word)
        # The word's signs share the span of what stood there: the last one carries its end.
        kept += [origin[found.start()]] * (len(word) - 1) + [origin[found.end() - 1]]
        done = found.end()
    signs.append(text[done:])
    kept += origin[done:]
    heard = "".join(signs)
    return Normal(heard, tuple(kept), length, tuple(n for n, sign in enumerate(heard) if sign == STOP))
