"""What is kept and what is taken away: legal holds, and the erasure of words that the events only prove."""

from __future__ import annotations

from dataclasses import dataclass, field

from tuidan.domain.events.base import Event


@dataclass(frozen=True, slots=True)
class LegalHoldPlaced(Event):
    """An operator ordered that nothing of the order be erased: a court, the police, a claim. The reason is in words."""

    hold: int
    text_sha256: str


@dataclass(frozen=True, slots=True)
class LegalHoldLifted(Event):
    """An operator lifted it, with a reason."""

    hold: int
    text_sha256: str


@dataclass(frozen=True, slots=True)
class WordsErased(Event):
    """From here on words, accounts and files of these classes of one side (or all) may be gone from beside the events.

    No event loses a byte: what is gone was only proven here. `of` is buyer, seller or all; `why` is request or
    retention_over; an operator who carries it out for somebody gives a reason in words (domain/retention.py).
    """

    erasure: int
    of: str
    why: str
    classes: list[str] = field(default_factory=list)
    text_sha256: str = ""
