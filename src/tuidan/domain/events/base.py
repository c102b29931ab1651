"""What every event is. Kinds are never reused, fields only added (with a default)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """What happened; `kind_of(event)` names it."""
