"""A line of words on a picture, and what an element of the three came out as. Boxes are in pixels of the picture."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

STATES = ("found", "unsure", "missing", "contradicts")


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the picture: pixels from its left and upper edges."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def height(self) -> int:
        return self.bottom - self.top

    def joined(self, other: Box) -> Box:
        """The smallest rectangle around both."""
        return Box(
            min(self.left, other.left),
            min(self.top, other.top),
            max(self.right, other.right),
            max(self.bottom, other.bottom),
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One line as the reader saw it; `confidence` is per cent."""

    text: str
    box: Box
    confidence: int


@dataclass(frozen=True, slots=True)
class Element:
    """One thing looked for: its state, the words it was found in, where, how surely, and why where that needs saying.

    `why` is a code: other_number, unknown_number, before_order, after_now, clock_only, no_day, other_account,
    other_code, other_amount, blurred, part_of_number.
    """

    name: str
    state: str = "missing"
    value: str = ""
    box: Box | None = None
    confidence: int = 0
    why: str = ""


def plain(text: str) -> str:
    """The words with full-width forms made half-width and one sign for the yuan, so that all spellings meet."""
    return unicodedata.normalize("NFKC", text).replace("\uffe5", "¥").strip()


def best(elements: list[Element]) -> Element | None:
    """The surest of several finds; None for none."""
    return max(elements, key=lambda found: found.confidence, default=None)


def line_from(told: Mapping[str, Any]) -> Line:
    """A line from its stored form."""
    return Line(str(told["text"]), Box(**told["box"]), int(told["confidence"]))


def box_from(told: Mapping[str, int] | None) -> Box | None:
    """A box from its stored form; None where there is none."""
    return Box(**told) if told else None
