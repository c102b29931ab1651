"""What happens while a service is worked on: started, reported part by part, answered, accepted, stopped, timed."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain.events.base import Event


@dataclass(frozen=True, slots=True)
class WorkStarted(Event):
    """The seller began; from here on the work is paid by agreed progress (R10, 民法典787)."""

    unit: int
    note_sha256: str = ""


@dataclass(frozen=True, slots=True)
class ProgressReported(Event):
    """The seller says how far one milestone is, in percent of it, with a proof; it counts once it is agreed."""

    unit: int
    milestone: int
    percent: int
    note_sha256: str
    link_sha256: str = ""


@dataclass(frozen=True, slots=True)
class ProgressAccepted(Event):
    """The buyer agrees to a report (`how` buyer), or did not answer in time (silence). It cures no defect."""

    unit: int
    milestone: int
    percent: int
    how: str


@dataclass(frozen=True, slots=True)
class ProgressDisputed(Event):
    """The buyer does not agree; `own_percent` is how far the milestone is in the buyer's eyes."""

    unit: int
    milestone: int
    percent: int
    own_percent: int
    note_sha256: str = ""


@dataclass(frozen=True, slots=True)
class WorkAccepted(Event):
    """The buyer accepted the whole of a unit."""

    unit: int


@dataclass(frozen=True, slots=True)
class WorkStopped(Event):
    """The seller will not go on."""

    unit: int
    by: str
    note_sha256: str = ""


@dataclass(frozen=True, slots=True)
class WorkEnded(Event):
    """The work is over before its end: part of the price went back, the rest pays what was done."""

    unit: int


@dataclass(frozen=True, slots=True)
class WorkDueSet(Event):
    """When the work is due (ISO 8601 UTC): counted at payment, or moved by agreement; `why` is paid or extended."""

    unit: int
    due_at: str
    why: str


@dataclass(frozen=True, slots=True)
class ClockStarted(Event):
    """The buyer began to use a service that is sold by time; the platform's clock counts."""

    unit: int


@dataclass(frozen=True, slots=True)
class ClockStopped(Event):
    """The use ended; `minutes` were used since the start, `taken_back` when a rental's owner ended it early."""

    unit: int
    minutes: int
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class LoginTried(Event):
    """The platform's login tool tried the rented account's password: `failed`, or `signed_in` (R10)."""

    unit: int
    result: str
