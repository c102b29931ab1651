"""The operators' switches for kinds of service, as they stand."""

from __future__ import annotations

from tuidan.domain.service import SWITCHED_TYPES
from tuidan.store.service_switch import SwitchRecord, all_switches

__all__ = ["SwitchRecord", "list_switches"]


def list_switches() -> list[SwitchRecord]:
    """Each kind that has a switch; what nobody ever switched on is off."""
    known = {each.type: each for each in all_switches()}
    return [known.get(kind, SwitchRecord(kind, on=False, changed_at=None)) for kind in sorted(SWITCHED_TYPES)]
