"""The receipts of one order: one for the payment and one for each refund that arrived, as text ready to be signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tuidan.domain.order import Order
from tuidan.domain.receipt import write_receipt
from tuidan.domain.reference import PAYMENT, REFUND, write_reference
from tuidan.reads.viewer import Viewer
from tuidan.store.orders.load import NoSuchOrder
from tuidan.store.orders.story import EventRecord, Story, load_story

PAYMENT_NAME = "payment"


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """One receipt: its name in addresses (`payment`, `refund-1`), what it says, and the text that is signed."""

    name: str
    kind: str
    at: datetime
    amount_fen: int
    channel: str
    channel_no: str
    told: dict[str, object]
    text: str


def receipts_of(order_id: UUID, viewer: Viewer) -> list[ReceiptView] | None:
    """All receipts of an order in the order of time; None when there is no such order or it is none of theirs."""
    try:
        story = load_story(order_id)
    except NoSuchOrder:
        return None
    if not viewer.may_see(story.order):
        return None
    found = [_payment(order_id, story, row) for row in story.rows if row.kind == "payment_captured"]
    arrived = ("refund_succeeded", "payout_confirmed")
    found += [
        _refund(order_id, story, row) for row in story.rows if row.kind in arrived and row.data.get("refund")
    ]
    return found


def find_receipt(order_id: UUID, name: str, viewer: Viewer) -> ReceiptView | None:
    """One receipt by its name; None where there is none for this person."""
    found = receipts_of(order_id, viewer) or []
    return next((receipt for receipt in found if receipt.name == name), None)


def _common(order_id: UUID, story: Story, row: EventRecord) -> dict[str, object]:
    placed = story.rows[0].data
    return {
        "order": str(order_id),
        "title": str(story.snapshot["title"]),
        "quantity": len(story.order.units),
        "shop": str(story.snapshot["shop_name"]),
        "currency": story.order.currency,
        "snapshot_sha256": str(placed["snapshot_sha256"]),
        "policy_sha256": story.order.policy_sha256,
        "recorded_at": row.at.isoformat(),
        "event": {"n": row.n, "hash": row.hash},
    }


def _payment(order_id: UUID, story: Story, row: EventRecord) -> ReceiptView:
    data = row.data
    attempt = int(str(data["attempt"]))
    told = _common(order_id, story, row) | {
        "kind": "payment",
        "amount_fen": int(str(data["amount_fen"])),
        "channel": str(data["channel"]),
        "channel_no": str(data["trade_no"]),
        "our_no": write_reference(order_id, PAYMENT, attempt),
        "captured_at": str(data["captured_at"]),
        "notice_sha256": str(data.get("source_sha256", "")),
    }
    return _view(PAYMENT_NAME, told, row)


def _refund(order_id: UUID, story: Story, row: EventRecord) -> ReceiptView:
    data, n = row.data, int(str(row.data["refund"]))
    by_bank = row.kind == "payout_confirmed"
    refund = story.order.refunds[n - 1]
    decided = story.refund_steps[n]["refund_decided"]
    told = _common(order_id, story, row) | {
        "kind": "refund",
        "refund": n,
        "unit": refund.unit,
        "amount_fen": int(str(data["amount_fen"])),
        "channel": "bank" if by_bank else str(data["channel"]),
        "channel_no": _bank_reference(story.order, n) if by_bank else str(data.get("channel_refund_no", "")),
        "our_no": "" if by_bank else write_reference(order_id, REFUND, int(str(data["attempt"]))),
        "answer_sha256": str(data.get("source_sha256", "")),
        "decided_at": decided.at.isoformat(),
        "decision_event": {"n": decided.n, "hash": decided.hash},
    }
    return _view(f"refund-{n}", told, row)


def _bank_reference(order: Order, refund: int) -> str:
    return next((payout.reference for payout in order.payouts if payout.refund == refund), "")


def _view(name: str, told: dict[str, object], row: EventRecord) -> ReceiptView:
    return ReceiptView(
        name=name,
        kind=str(told["kind"]),
        at=row.at,
        amount_fen=int(str(told["amount_fen"])),
        channel=str(told["channel"]),
        channel_no=str(told["channel_no"]),
        told=told,
        text=write_receipt(told),
    )
