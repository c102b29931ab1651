"""Commands about offers in a case."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class MakeOffer:
    """Propose how to end the case; a new offer takes the place of the open one. `amount_fen` only for `partial`."""

    case: int
    kind: str
    amount_fen: int = 0
    text_sha256: str = ""


@dataclass(frozen=True, slots=True)
class AnswerOffer:
    """Accept or decline the open offer of the other side, or of the platform."""

    case: int
    offer: int
    accept: bool


@dataclass(frozen=True, slots=True)
class ExpireOffer:
    """The time to answer an offer is over (timer)."""

    offer: int
