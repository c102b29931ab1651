"""The one state that names an order in a list or at the head of its page."""

from __future__ import annotations

from tuidan.domain.dispute import WAITING
from tuidan.reads.records import OrderView


def order_badge(order: OrderView) -> str:
    """The one state a list and a page head name: what is happening to the money comes first."""
    waiting = next((case.status for case in order.cases if case.status in WAITING), "")
    if waiting:
        return f"case.{waiting}"
    if any(case.status == "checking" for case in order.cases):
        return "case.checking"
    if order.refunding_fen:
        return "refund.sent"
    return f"order.{order.status}"
