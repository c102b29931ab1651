"""The terms of a service as a listing names them: read strictly, written into the order's snapshot and its terms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from tuidan.domain.money import AMOUNT_FEN_MAX
from tuidan.domain.service import (
    MILESTONES_MAX,
    SERVICE_TYPES,
    TIMED_TYPES,
    WHOLE_BASIS_POINTS,
    ServiceTerms,
)

NAME_CHARS_MAX = 40
HOURS_MAX = 1_000
WORKING_DAYS_MAX = 90
NUMBERS = {
    "efficiency_deposit_fen": AMOUNT_FEN_MAX,
    "safety_deposit_fen": AMOUNT_FEN_MAX,
    "hours": HOURS_MAX,
    "working_days": WORKING_DAYS_MAX,
}
FIELDS = ("type", "milestones", *NUMBERS)
WHOLE = {"name": "全部完成", "name_en": "All done", "share": WHOLE_BASIS_POINTS}


class BadService(ValueError):
    """The terms of a service are wrong; the message names the field and what it may be."""


@dataclass(frozen=True, slots=True)
class ServiceOffer:
    """Terms that were read: `terms` bind the order, `milestones` are shown (name, name_en, share)."""

    terms: ServiceTerms
    milestones: tuple[dict[str, object], ...]

    def to_snapshot(self) -> dict[str, object]:
        """What the buyer confirms, for the order's snapshot."""
        return self.terms.to_event() | {"milestones": list(self.milestones)}


def read_service(told: object) -> ServiceOffer:
    """Read `{"type", "milestones": [{"name", "share"}], …}`; shares are basis points and add up to 10,000.

    Raises BadService.
    """
    if not isinstance(told, Mapping) or not set(told) <= set(FIELDS):
        raise BadService(f"service must be an object with {', '.join(FIELDS)}")
    kind = told.get("type")
    if kind not in SERVICE_TYPES:
        raise BadService(f"service.type must be one of {', '.join(SERVICE_TYPES)}")
    numbers = {name: _number(name, told[name], most) for name, most in NUMBERS.items() if name in told}
    if kind == "account_rental" and "hours" not in numbers:
        raise BadService("service.hours is needed for account_rental")
    if kind not in TIMED_TYPES and "hours" in numbers:
        raise BadService(f"service.hours is only for {', '.join(sorted(TIMED_TYPES))}")
    milestones = _milestones(told.get("milestones", [WHOLE]))
    terms = ServiceTerms(
        str(kind),
        tuple(int(str(each["share"])) for each in milestones),
        numbers.get("efficiency_deposit_fen", 0),
        numbers.get("safety_deposit_fen", 0),
        numbers.get("hours", 0) * 60,
        numbers.get("working_days", 0),
    )
    return ServiceOffer(terms, milestones)


def service_of(told: Mapping[str, object] | None) -> ServiceOffer:
    """The terms of a listing; one that was put up before services had terms is a single piece of work."""
    if told is None:
        return ServiceOffer(ServiceTerms("unknown"), (dict(WHOLE),))
    return read_service(told)


def _number(name: str, value: object, most: int) -> int:
    if type(value) is not int or not 1 <= value <= most:
        raise BadService(f"service.{name} must be a whole number from 1 to {most}")
    return value


def _milestones(told: object) -> tuple[dict[str, object], ...]:
    if not isinstance(told, list) or not 1 <= len(told) <= MILESTONES_MAX:
        raise BadService(f"service.milestones must be a list of 1 to {MILESTONES_MAX}")
    found = tuple(_milestone(each) for each in told)
    if sum(int(str(each["share"])) for each in found) != WHOLE_BASIS_POINTS:
        raise BadService(f"the shares of service.milestones must add up to {WHOLE_BASIS_POINTS} basis points")
    return found


def _milestone(told: object) -> dict[str, object]:
    if not isinstance(told, Mapping) or not {"name", "share"} <= set(told) <= {"name", "name_en", "share"}:
        raise BadService("each of service.milestones needs a name and a share in basis points")
    share = told["share"]
    if type(share) is not int or not 1 <= share <= WHOLE_BASIS_POINTS:
        raise BadService(f"a milestone's share must be from 1 to {WHOLE_BASIS_POINTS} basis points")
    names = {name: told[name] for name in ("name", "name_en") if told.get(name)}
    for name, text in names.items():
        if not isinstance(text, str) or not text.strip() or len(text) > NAME_CHARS_MAX or "\0" in text:
            raise BadService(f"a milestone's {name} must be text of at most {NAME_CHARS_MAX} characters")
    if "name" not in names:
        raise BadService("each of service.milestones needs a name")
    return {**names, "share": share}
