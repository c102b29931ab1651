"""Offers in a case: made, accepted, declined, expired."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain.events.base import Event


@dataclass(frozen=True, slots=True)
class OfferMade(Event):
    """A party, or the platform for both, proposes how to end the case; `until` and `remedy_until` in seconds."""

    case: int
    offer: int
    by: str
    kind: str
    amount_fen: int
    until: int
    remedy_until: int = 0
    text_sha256: str = ""


@dataclass(frozen=True, slots=True)
class OfferAccepted(Event):
    """A party accepted; the platform's proposal needs both."""

    case: int
    offer: int
    by: str


@dataclass(frozen=True, slots=True)
class OfferDeclined(Event):
    """A party said no."""

    case: int
    offer: int
    by: str


@dataclass(frozen=True, slots=True)
class OfferExpired(Event):
    """Nobody answered in time: the offer stands no more."""

    case: int
    offer: int
