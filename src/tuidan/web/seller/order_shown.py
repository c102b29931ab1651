"""One order made ready for its shop: what to deliver to whom by when, and where the money stands."""

from __future__ import annotations

from typing import Any

from tuidan.domain.dispute import OPEN
from tuidan.reads.records import OrderView
from tuidan.web.shared.case_shown import show_case
from tuidan.web.shared.channel_shown import show_channel
from tuidan.web.shared.order_badge import order_badge
from tuidan.web.shared.order_timeline import timeline
from tuidan.web.shared.record_shown import record_links
from tuidan.web.shared.service_shown import show_plan, show_work
from tuidan.web.shared.titles import title_of


def show_sale(order: OrderView, waits: list[int], language: str) -> dict[str, Any]:
    """All that a shop sees of an order; never a code, never who the buyer is."""
    return {
        "id": order.order_id,
        "title": title_of(order),
        "spec": order.spec,
        "goods_kind": order.goods_kind,
        "quantity": len(order.units),
        "badge": order_badge(order),
        "account": order.account,
        "account_label": order.account_label,
        "total_fen": order.price_fen,
        "escrow_fen": order.escrow_fen,
        "refunded_fen": order.refunded_fen,
        "placed_at": order.placed_at,
        "paid_at": order.paid_at,
        "promise": next((clock.at for clock in order.deadlines if clock.what == "promise"), None),
        "waits": waits,
        "units": [
            {
                "n": unit.n,
                "badge": f"unit.{unit.status}",
                "paid_fen": unit.paid_fen,
                "note": unit.note,
                "work": show_work(unit.work, language),
                "plan": show_plan(unit.plan, language),
            }
            for unit in order.units
        ],
        "cases": [show_case(case, language) for case in reversed(order.cases)],
        "has_open_case": any(case.status in OPEN for case in order.cases),
        "channel": show_channel(order, language),
        "rows": timeline(order, language, "seller"),
        "record": record_links(order, language, codes=True),
    }
