"""What happens to a unit: queued, sent, delivered, shown, checked, failed."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain.events.base import Event


@dataclass(frozen=True, slots=True)
class UnitQueued(Event):
    """A top-up waits to be sent to its supplier."""

    unit: int


@dataclass(frozen=True, slots=True)
class SupplySent(Event):
    """Marked before the call: this attempt goes to the supplier now, or may have gone."""

    unit: int
    attempt: int


@dataclass(frozen=True, slots=True)
class SupplyAnswered(Event):
    """An answer that moves no state by itself: accepted, or one that came too late to matter."""

    unit: int
    attempt: int
    outcome: str
    supplier_no: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class UnitDelivered(Event):
    """The unit reached the buyer: `how` is code, supplier or seller; `arrived_fen` -1 means not known."""

    unit: int
    how: str
    tail: str = ""
    arrived_fen: int = -1
    account: str = ""
    note_sha256: str = ""


@dataclass(frozen=True, slots=True)
class UnitPartial(Event):
    """Less than was bought arrived, as the issuer says (R7)."""

    unit: int
    arrived_fen: int
    account: str = ""


@dataclass(frozen=True, slots=True)
class UnitStarted(Event):
    """A service's work began or went on."""

    unit: int
    progress_percent: int
    note_sha256: str = ""


@dataclass(frozen=True, slots=True)
class UnitFailed(Event):
    """The unit will not be delivered: out of stock, refused by the supplier, an incident, or taken back."""

    unit: int
    why: str


@dataclass(frozen=True, slots=True)
class CancelRequested(Event):
    """A refund request waits for the supplier to stop the top-up."""

    unit: int


@dataclass(frozen=True, slots=True)
class CancelAnswered(Event):
    """The supplier's answer to that: cancelled, refused or unknown."""

    unit: int
    outcome: str


@dataclass(frozen=True, slots=True)
class CodeRevealed(Event):
    """The buyer was shown the code. One way: it never goes back on sale (S-009)."""

    unit: int
    session_proof: str


@dataclass(frozen=True, slots=True)
class IssuerChecked(Event):
    """What the issuer says of the code, frozen before it decides (S-026)."""

    unit: int
    status: str
    activated_at: str = ""
    activated_by: str = ""


@dataclass(frozen=True, slots=True)
class CodeSettled(Event):
    """What became of a refunded code: void, or returned to the seller's stock."""

    unit: int
    result: str
