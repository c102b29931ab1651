"""The facts of one case opened once: moments, elapsed seconds and the money asked about, ready for the inputs.

Facts are already validated here. Missing and null read as None; nothing is guessed except what follows from two
other facts (elapsed seconds from two moments).
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

Part = Mapping[str, object]
EMPTY: Part = {}
HOUR_SECONDS = 3_600


def whole(value: object) -> int | None:
    """A whole number or None; a fraction of a second counts as a begun second."""
    if value is None or type(value) is int:
        return value
    return math.ceil(value) if isinstance(value, float) else None


def moment(value: object) -> datetime | None:
    """A moment given as text or as an aware datetime."""
    if isinstance(value, datetime):
        return value
    return datetime.fromisoformat(value) if isinstance(value, str) else None


def hours_as_seconds(value: object) -> int | None:
    """Hours, possibly broken (0.6), to the nearest second."""
    if value is None:
        return None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return round(value * HOUR_SECONDS)
    return None


def promised_seconds(facts: Part) -> int | None:
    """The promise of delivery that the listing names, in seconds after payment."""
    exact = whole(facts.get("promised_delivery_seconds"))
    return hours_as_seconds(facts.get("promised_delivery_hours")) if exact is None else exact


def part_of(facts: Part, name: str) -> Part:
    """A sub-object, or an empty one where it is missing."""
    part = facts.get(name)
    # almost always a dict; the general check costs ten times as much
    return part if type(part) is dict or isinstance(part, Mapping) else EMPTY


@dataclass(slots=True)
class Reading:
    """One case. `base_fen`: price of what is asked about (the unit's share, else the order); `left_fen`: of that,
    what was not returned yet; `second_fen`: a second payment of the same order."""

    facts: Part
    now: datetime
    paid_at: datetime | None
    delivered_at: datetime | None
    since_paid: int | None
    since_delivered: int | None
    base_fen: int | None
    refunded_fen: int
    left_fen: int | None
    requested_fen: int | None
    second_fen: int


def _elapsed(given: object, since: datetime | None, now: datetime) -> int | None:
    seconds = whole(given)
    if seconds is None and since is not None:
        return max(0, math.ceil((now - since).total_seconds()))
    return seconds


def read_case(facts: Part) -> Reading:
    """Open validated facts."""
    now = moment(facts["now"])
    if now is None:
        raise ValueError("now: missing")
    paid_at, delivered_at = moment(facts.get("paid_at")), moment(facts.get("delivered_at"))
    since_paid = _elapsed(facts.get("seconds_since_paid"), paid_at, now)
    since_delivered = _elapsed(facts.get("seconds_since_delivered"), delivered_at, now)
    if delivered_at is None and since_delivered is not None:
        delivered_at = now - timedelta(seconds=since_delivered)
    if paid_at is None and since_paid is not None:
        paid_at = now - timedelta(seconds=since_paid)
    base = whole(facts.get("unit_paid_fen"))
    if base is None:
        base = whole(facts.get("amount_paid_fen"))
    refunded = whole(facts.get("refunded_fen")) or 0
    second = whole(part_of(facts, "payment").get("second_payment_fen"))
    if second is None:
        second = whole(part_of(facts, "top_up").get("second_payment_fen"))
    return Reading(
        facts=facts,
        now=now,
        paid_at=paid_at,
        delivered_at=delivered_at,
        since_paid=since_paid,
        since_delivered=since_delivered,
        base_fen=base,
        refunded_fen=refunded,
        left_fen=None if base is None else max(0, base - refunded),
        requested_fen=whole(facts.get("requested_fen")) or None,
        second_fen=second or 0,
    )
