"""What one order lets us expect on its pictures: all its numbers, amounts, account, code tails and its span of time."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from tuidan.domain.reading.expected import Expected
from tuidan.domain.reference import PAYMENT, REFUND, TOP_UP, write_reference
from tuidan.store.orders.story import Story

NUMBERED = {"payment_started": PAYMENT, "supply_sent": TOP_UP, "refund_attempted": REFUND}


def expected_of(order_id: UUID, story: Story, until: datetime) -> Expected:
    """From the order's own record; `until` is the moment at which a picture was uploaded."""
    order = story.order
    numbers = [str(order_id)]
    for row in story.rows:
        kind = NUMBERED.get(row.kind)
        if kind is not None:
            numbers.append(write_reference(order_id, kind, int(str(row.data["attempt"]))))
        if row.data.get("trade_no"):
            numbers.append(str(row.data["trade_no"]))
    numbers += [str(told["supplier_no"]) for told in story.answers.values() if told.get("supplier_no")]
    paid = {unit.paid_fen for unit in order.units} | {order.price_fen(), order.face_fen}
    arrived = [unit.arrived_fen for unit in order.units if unit.arrived_fen >= 0]
    return Expected(
        numbers=tuple(dict.fromkeys(numbers)),
        since=datetime.fromtimestamp(order.placed_at, tz=UTC),
        until=until,
        amounts_fen=tuple(sorted(fen for fen in paid if fen > 0)),
        arrived_fen=arrived[0] if arrived else -1,
        account=story.personal.get("account", ""),
        code_tails=tuple(tail for tail in story.tails.values() if tail),
        goods_name=str(story.snapshot.get("title", "")),
    )
