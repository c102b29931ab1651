"""A top-up of the same buyer to the same account that has not arrived yet: worth a warning before another (S-106)."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tuidan.reads.lists import buyer_orders
from tuidan.reads.order import read_order
from tuidan.reads.viewer import Viewer

# Only the newest are looked at: an older top-up has long arrived or been refunded.
LOOKED_AT_MAX = 5
ON_ITS_WAY = frozenset({"waiting", "queued", "processing"})


def pending_top_up(viewer: Viewer, account: str, now: datetime) -> UUID | None:
    """The order whose top-up to this account is still on its way, if there is one."""
    lines = [
        line
        for line in buyer_orders(viewer.person_id)
        if line.goods_kind == "top_up" and line.status == "paid"
    ]
    for line in lines[:LOOKED_AT_MAX]:
        order = read_order(line.order_id, viewer, now)
        if order is None or order.account != account:
            continue
        if any(unit.status in ON_ITS_WAY and not unit.refund_fen for unit in order.units):
            return line.order_id
    return None
