"""An operator's switch for the kinds of service that are off by default: boosting and rented accounts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tuidan.domain.service import SWITCHED_TYPES
from tuidan.store import service_switch

__all__ = ["SWITCHED_TYPES", "UnknownSwitch", "is_off", "switch_service"]


class UnknownSwitch(ValueError):
    """There is no switch for this kind of service."""


def switch_service(service_type: str, *, on: bool, by: UUID | None, now: datetime) -> None:
    """Offer a kind on this site, or no more; orders that exist go on. Raises UnknownSwitch."""
    if service_type not in SWITCHED_TYPES:
        raise UnknownSwitch(service_type)
    service_switch.set_switch(service_type, on=on, by=by, now=now)


def is_off(service_type: str) -> bool:
    """Whether this site does not offer the kind now."""
    return service_type in SWITCHED_TYPES and service_type not in service_switch.switched_on()
