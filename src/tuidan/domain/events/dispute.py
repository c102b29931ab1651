"""Refund requests and what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from tuidan.domain.events.base import Event


@dataclass(frozen=True, slots=True)
class RefundRequested(Event):
    """Somebody asked for money back for one unit; `amount_fen` 0 asks for all that is left of it."""

    case: int
    unit: int
    reason: str
    amount_fen: int
    text_sha256: str = ""
    waits_for: str = ""


@dataclass(frozen=True, slots=True)
class CaseOpened(Event):
    """No rule decides alone: a person does, by the due time."""

    case: int
    route: str
    due_at: str
    verdict: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RequestRejected(Event):
    """The request was refused; the verdict holds the reasons."""

    case: int
    verdict: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RequestWithdrawn(Event):
    """The buyer took the request back, or another reason took its place."""

    case: int
