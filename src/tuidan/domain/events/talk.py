"""The talk about an order, and what the seller answered to the buyer's question."""

from __future__ import annotations

from dataclasses import dataclass, field

from tuidan.domain.events.base import Event


@dataclass(frozen=True, slots=True)
class MessageSent(Event):
    """Message n of the order's talk (S-048). The words are kept beside it, with a salt, and can be erased.

    `flags` are what the words were found to hold (talk_risk.py); they warn and never block. `asks` says that the
    buyer wants an answer about `unit` (0: about none in particular), and `due_at` by when, where this starts the clock
    (ISO 8601 UTC). `case` names the request it belongs to (0: none).
    """

    n: int
    by: str
    text_sha256: str
    template: str = ""
    flags: list[str] = field(default_factory=list)
    asks: bool = False
    unit: int = 0
    case: int = 0
    due_at: str = ""


@dataclass(frozen=True, slots=True)
class ContactAnswered(Event):
    """The seller's answer about a unit; `offered_fen` is what an agreement gives back."""

    unit: int
    response: str
    offered_fen: int = 0


@dataclass(frozen=True, slots=True)
class ContactSilent(Event):
    """The seller gave no answer in the time that the policy sets (S-057)."""

    unit: int


@dataclass(frozen=True, slots=True)
class ContactBlocked(Event):
    """Nobody can answer for the seller: the shop is closed, or has no member."""

    unit: int
    why: str
