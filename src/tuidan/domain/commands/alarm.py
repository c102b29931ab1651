"""Commands about alarms, and about money that left the channel without us."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class AcknowledgeAlarm:
    """An operator has looked at an alarm as it stood at `measure`, and says why it needs nothing more."""

    alarm: str
    measure: int
    text_sha256: str


@dataclass(frozen=True, slots=True)
class RecordOutsideRefund:
    """The channel says that in all `total_fen` of a payment went back; what is more than we know of was not ours."""

    payment_n: int
    channel: str
    total_fen: int
    source_sha256: str = ""
