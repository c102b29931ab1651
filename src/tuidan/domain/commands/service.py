"""Commands about the work of a service: the seller works and reports, the buyer answers, the clock counts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class StartWork:
    """The seller begins with a unit."""

    unit: int
    note_sha256: str = ""


@dataclass(frozen=True, slots=True)
class ReportProgress:
    """The seller says how far a milestone is (percent of it, 1..100) and proves it by words and perhaps a link."""

    unit: int
    milestone: int
    percent: int
    note_sha256: str
    link_sha256: str = ""


@dataclass(frozen=True, slots=True)
class AnswerProgress:
    """The buyer agrees to a report or disputes it; `percent` is the claim that the buyer saw.

    `own_percent` is how far the milestone is in the buyer's eyes; it matters only for a dispute.
    """

    unit: int
    milestone: int
    percent: int
    accept: bool
    own_percent: int = 0
    note_sha256: str = ""


@dataclass(frozen=True, slots=True)
class PassAnswer:
    """The time to answer the reports on a unit is over (timer): silence agrees to the progress."""

    unit: int


@dataclass(frozen=True, slots=True)
class AcceptWork:
    """The buyer accepts the whole of a delivered unit."""

    unit: int


@dataclass(frozen=True, slots=True)
class StopWork:
    """The seller will not go on with a unit (R10: the rest goes back, and the displayed deposit)."""

    unit: int
    note_sha256: str = ""


@dataclass(frozen=True, slots=True)
class StartClock:
    """The buyer begins to use a service that is sold by time."""

    unit: int


@dataclass(frozen=True, slots=True)
class StopClock:
    """Buyer or seller ends the use."""

    unit: int


@dataclass(frozen=True, slots=True)
class RecordLogin:
    """What the platform's login tool met at a rented account: `failed` or `signed_in`."""

    unit: int
    result: str
