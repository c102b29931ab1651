"""What happens to a membership: opened with its days, stopped before its end."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain.events.base import Event


@dataclass(frozen=True, slots=True)
class MembershipActivated(Event):
    """Opened by the seller. Days in China: `starts_on` is not counted, `ends_on` runs to 24:00 (民法典201, 203).

    `ends_on` is empty where no end was sold; `months` is the plan that was opened, 0 where the listing names none.
    """

    unit: int
    starts_on: str
    ends_on: str
    months: int = 0


@dataclass(frozen=True, slots=True)
class MembershipStopped(Event):
    """It ended early: `by` is seller, provider or buyer_breach; days are counted to `stopped_on` in China (R9)."""

    unit: int
    by: str
    stopped_on: str
    note_sha256: str = ""
