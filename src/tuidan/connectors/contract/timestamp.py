"""What every timestamp authority connector must do: give a token that says these bytes existed at this time.

A token proves "existed before", a witness proves "one history"; neither stands in for the other. The authority
sees a SHA-256 and nothing else. Asking twice gives two tokens, each good: asking again is always safe.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable

__all__ = ["TimestampAuthority", "TimestampRefused", "TimestampToken"]


class TimestampRefused(ValueError):
    """The authority said no, or its answer is not a token of its own over what was asked. Nothing may be kept."""


@dataclass(frozen=True, slots=True)
class TimestampToken:
    """A verified token as it came (RFC 3161 response, DER) and the time that it names, UTC."""

    der: bytes
    at: datetime


@runtime_checkable
class TimestampAuthority(Protocol):
    """One authority. Thread-safe; holds a connection pool, `close_connections` lets it go.

    `call_deadline_seconds` is the longest a call may take; `every_minutes` the pause between two tokens;
    `ca_pem` the certificates that its tokens are verified against, to hand on beside them.
    """

    name: str
    call_deadline_seconds: float
    every_minutes: int
    ca_pem: bytes

    def stamp(self, data: bytes) -> TimestampToken:
        """A token over these bytes, verified. Raises OutsideError, TimestampRefused."""
        ...

    def close_connections(self) -> None:
        """Let go of open connections."""
        ...
