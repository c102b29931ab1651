"""The alarms of one order with their measures, for operators."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from tuidan.domain.alarm import ACKNOWLEDGEABLE, alarms, measures
from tuidan.store.orders.load import NoSuchOrder, load_order

FEN = frozenset({"suspense", "chargeback", "refund_outside", "seller_owes"})


@dataclass(frozen=True, slots=True)
class AlarmView:
    """One alarm; `measure` is fen where `is_fen`, else a count. What cannot be acknowledged ends by an act."""

    name: str
    measure: int
    is_fen: bool
    can_acknowledge: bool


def read_alarms(order_id: UUID) -> list[AlarmView]:
    """The alarms that wait for an operator, the most urgent first; none for an unknown order."""
    try:
        order, _ = load_order(order_id)
    except NoSuchOrder:
        return []
    found = measures(order)
    return [AlarmView(name, found[name], name in FEN, name in ACKNOWLEDGEABLE) for name in alarms(order)]
