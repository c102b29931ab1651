"""Links to what the platform keeps of an order: snapshot, receipts, and for those who may see it the life of a code."""

from __future__ import annotations

from typing import Any

from tuidan.reads.records import OrderView
from tuidan.web.shared.words import say


def record_links(order: OrderView, language: str, *, codes: bool = False) -> dict[str, Any]:
    """Which receipts there are, in the reader's language; `codes` for the shop and the platform's people only."""
    receipts = [{"name": "payment", "word": say("receipt.payment", language)}] if order.paid_at else []
    receipts += [
        {"name": f"refund-{refund.n}", "word": say("receipt.refund", language)}
        for refund in order.refunds
        if refund.arrived_at
    ]
    several = len(order.units) > 1
    lives = [
        {
            "path": f"/stock/{order.listing_id}/{unit.code_id}/",
            "word": f"{say('life.link', language)} {unit.n}" if several else say("life.link", language),
        }
        for unit in order.units
        if codes and unit.code_id
    ]
    return {"receipts": receipts, "codes": lives}
