"""What reads pictures must do, and the records it speaks in.

A reader looks at untrusted pictures in a process of its own with limits on memory and time, one at a time. It knows
no orders: what the words mean is `domain/reading`. Trouble is told in `trouble`, never raised.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from tuidan.domain.reading.line import Box, Line

# Why a picture could not be looked at: it took too long, the process ended, or the bytes are no picture.
TROUBLES = ("", "too_slow", "ended", "no_picture")


@dataclass(frozen=True, slots=True)
class Sign:
    """A hint that a picture may have been edited: `kind` is software; where, and the words that tell it."""

    kind: str
    detail: str = ""
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """What was seen on one picture. `lines` is None where nobody reads words here; `keys` find it again."""

    width: int = 0
    height: int = 0
    lines: tuple[Line, ...] | None = None
    keys: tuple[int, ...] = ()
    signs: tuple[Sign, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two pictures are: of `compared` stretches of words `same` are equal; `other` shows where not.

    `share` is the part of the smaller picture's stretches that has its place in the other, in per cent.
    """

    compared: int = 0
    same: int = 0
    share: int = 0
    other: tuple[Box, ...] = ()
    trouble: str = ""


class Reader(Protocol):
    """One reader. Thread-safe; `close` ends its process, and the next picture starts a new one."""

    reads_words: bool

    def look(self, picture: bytes) -> Seen:
        """Look at a picture: its words where the extra is there, what finds it again, signs of editing."""
        ...

    def compare(self, one: bytes, other: bytes) -> Likeness:
        """Whether two pictures are the same one, cut or made smaller perhaps. Boxes are on `one`."""
        ...

    def close(self) -> None:
        """End the process; nothing is lost."""
        ...
