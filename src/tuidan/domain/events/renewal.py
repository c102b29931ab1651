"""The renewal of a membership: announced and offered, taken by the buyer, or called off."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain.events.base import Event


@dataclass(frozen=True, slots=True)
class RenewalNoticed(Event):
    """The buyer was told and offered the next term at `price_fen`; nothing is charged (网络交易办法18).

    `days_before` the last day `ends_on`; the offer stands until `until` (ISO 8601 UTC).
    """

    ends_on: str
    price_fen: int
    days_before: int
    until: str


@dataclass(frozen=True, slots=True)
class RenewalTaken(Event):
    """The buyer ordered the next term: `order` is the new order."""

    order: str


@dataclass(frozen=True, slots=True)
class RenewalCancelled(Event):
    """The buyer wants no renewal any more; no further notice, and an open offer is closed."""
