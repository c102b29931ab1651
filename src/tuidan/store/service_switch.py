"""The operators' switches for kinds of service; a kind without a row is off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tuidan.store.shared.models import ServiceSwitch


@dataclass(frozen=True, slots=True)
class SwitchRecord:
    """One kind and how its switch stands; `changed_at` None: never touched."""

    type: str
    on: bool
    changed_at: datetime | None


def all_switches() -> list[SwitchRecord]:
    """The switches that somebody has touched."""
    return [SwitchRecord(row.type, row.on, row.changed_at) for row in ServiceSwitch.objects.order_by("type")]


def switched_on() -> frozenset[str]:
    """The kinds that are on."""
    return frozenset(ServiceSwitch.objects.filter(on=True).values_list("type", flat=True))


def set_switch(service_type: str, *, on: bool, by: UUID | None, now: datetime) -> None:
    """Switch a kind on or off for all processes at once; listings and orders that exist stay as they are."""
    told = {"on": on, "changed_at": now, "changed_by": by}
    ServiceSwitch.objects.update_or_create(type=service_type, defaults=told)
