"""The timeline of an order for any reader."""

from __future__ import annotations

from tuidan.reads.records import OrderView
from tuidan.web.shared.timeline import HIDDEN, Row, actor_of, actor_text, event_text


def timeline(order: OrderView, language: str, reader: str) -> list[Row]:
    """The order's events in sentences, the newest first."""
    return [
        Row(
            row.at,
            actor_text(actor_of(row.kind, row.actor), language, reader),
            event_text(row.kind, row.data, language),
            row.hash,
        )
        for row in reversed(order.timeline)
        if row.kind not in HIDDEN
    ]
