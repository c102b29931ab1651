"""Commands about the renewal of a membership. The new term itself is an order of its own."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NoticeRenewal:
    """The term ends soon (timer): tell the buyer and offer the next one."""


@dataclass(frozen=True, slots=True)
class TakeRenewal:
    """The buyer ordered the next term; `order` is the new order's id."""

    order: str


@dataclass(frozen=True, slots=True)
class CancelRenewal:
    """The buyer wants no renewal."""
