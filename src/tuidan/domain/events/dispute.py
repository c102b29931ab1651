"""Refund requests and what becomes of them: asked, opened, answered, decided, appealed, settled, frozen."""

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
    history: dict[str, object] = field(
        default_factory=dict
    )  # of the buyer's last 90 days, as it was known then


@dataclass(frozen=True, slots=True)
class CaseOpened(Event):
    """No rule decides alone: somebody is asked, by the due time. `asked_of` names the party who must add evidence."""

    case: int
    route: str
    due_at: str
    verdict: dict[str, object] = field(default_factory=dict)
    asked_of: str = ""
    types: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class RequestRejected(Event):
    """The request was refused; the verdict holds the reasons."""

    case: int
    verdict: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RequestWithdrawn(Event):
    """The buyer took the request back, or another reason took its place."""

    case: int


@dataclass(frozen=True, slots=True)
class SellerAsked(Event):
    """The request was put to the seller, whose time to answer runs from now until `due_at` (R12)."""

    case: int
    unit: int
    due_at: str


@dataclass(frozen=True, slots=True)
class EvidenceSubmitted(Event):
    """A party said that all it has is filed."""

    case: int
    by: str


@dataclass(frozen=True, slots=True)
class EvidenceTimeOver(Event):
    """The time to add evidence is over (R11)."""

    case: int


@dataclass(frozen=True, slots=True)
class CaseLapsed(Event):
    """The buyer showed nothing in time: closed once without prejudice, the same may be asked again."""

    case: int


@dataclass(frozen=True, slots=True)
class ReviewEscalated(Event):
    """The platform was late and says so; a senior has until the new due time, then the default stands."""

    case: int
    due_at: str


@dataclass(frozen=True, slots=True)
class AppealFiled(Event):
    """The side that lost brings new facts; a fresh reviewer decides by the due time (R19)."""

    case: int
    by: str
    due_at: str
    text_sha256: str = ""


@dataclass(frozen=True, slots=True)
class AppealUpheld(Event):
    """The appeal changed nothing: the earlier decision, an approval or a rejection, is final."""

    case: int
    approval: bool
    verdict: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class AppealResumed(Event):
    """What was frozen during an appeal goes on there."""

    case: int
    due_at: str


@dataclass(frozen=True, slots=True)
class CaseSettled(Event):
    """The parties agreed; a remedy other than money is owed until `remedy_until` (seconds since 1970)."""

    case: int
    offer: int
    kind: str
    amount_fen: int = 0
    remedy_until: int = 0


@dataclass(frozen=True, slots=True)
class CaseFrozen(Event):
    """A dispute is open at the payment channel: nothing is decided here meanwhile, so nothing is paid twice (R20)."""

    case: int
    before: str
    due_at: str


@dataclass(frozen=True, slots=True)
class LegalLimitNear(Event):
    """The case is still open one day before a legal limit of 7 or 15 days; an alarm for the operator."""

    case: int
    days: int


@dataclass(frozen=True, slots=True)
class ComplaintLinked(Event):
    """The buyer complained outside too (payment app, 12315); its number is kept with the case."""

    case: int
    where: str
    number: str
