"""The orders whose time of keeping is over, so that what lies erasable beside them may go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tuidan.domain.order import Order
from tuidan.domain.retention import erasable, open_holds, open_why, was_traded
from tuidan.domain.retention_state import Keeping
from tuidan.store.facts import years_kept
from tuidan.store.orders.retention import ended_orders

# No order is due before it is this old: the shortest time of keeping, or none where nothing was paid.
UNPAID_DAYS = 30


@dataclass(frozen=True, slots=True)
class DueOrder:
    """An order that is over, under no hold, with the classes that may go now."""

    order_id: UUID
    order: Order
    ended_at: datetime
    classes: tuple[str, ...]


def due_orders(now: datetime) -> Iterator[DueOrder]:
    """The orders of which something is due, the oldest first; unpaid ones after a month, in case money comes late."""
    years = years_kept()
    for ended in ended_orders(now - timedelta(days=UNPAID_DAYS)):
        order = ended.order
        if open_holds(order) or open_why(order):
            continue
        if not was_traded(order) and now < ended.ended_at + timedelta(days=UNPAID_DAYS):
            continue
        classes = erasable(order, "all", Keeping(ended.ended_at, years), now)
        if classes:
            yield DueOrder(ended.order_id, order, ended.ended_at, tuple(classes))
