"""What operators do about alarms."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain.events.base import Event


@dataclass(frozen=True, slots=True)
class AlarmAcknowledged(Event):
    """An operator has looked at an alarm up to this measure (fen, or a count); the reason is kept in words beside."""

    alarm: str
    measure: int
    text_sha256: str
