"""Which part of a file a reader asks for: one range of bytes (RFC 9110, 14.1), as players of videos send it."""

from __future__ import annotations

import re
from dataclasses import dataclass

_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


class NoSuchSpan(ValueError):
    """The range lies outside the file; it is answered with 416."""


@dataclass(frozen=True, slots=True)
class Span:
    """`length` bytes from `start`."""

    start: int
    length: int

    def told(self, size: int) -> str:
        """As Content-Range says it."""
        return f"bytes {self.start}-{self.start + self.length - 1}/{size}"


def read_span(header: str, size: int) -> Span | None:
    """The part that is asked for; None for all of it, or for a form that is not understood (the whole is right then).

    Raises NoSuchSpan.
    """
    found = _ONE_RANGE.fullmatch(header.strip())
    if found is None or found[1] == found[2] == "":
        return None
    if not found[1]:
        length = min(int(found[2]), size)
        start = size - length
    else:
        start = int(found[1])
        last = min(int(found[2]), size - 1) if found[2] else size - 1
        length = last - start + 1
    if length < 1 or start >= size:
        raise NoSuchSpan(header)
    return Span(start, length)
