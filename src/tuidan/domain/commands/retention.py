"""Commands about what is kept: place a legal hold, lift it, erase what may be erased."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PlaceLegalHold:
    """An operator: nothing of this order is erased until the hold is lifted. The reason is needed."""

    text_sha256: str


@dataclass(frozen=True, slots=True)
class LiftLegalHold:
    """An operator lifts hold n, with a reason."""

    hold: int
    text_sha256: str


@dataclass(frozen=True, slots=True)
class EraseWords:
    """Take away what the law lets go: of the buyer, of the seller, or of all; `why` is request or retention_over."""

    of: str
    why: str
    text_sha256: str = ""
