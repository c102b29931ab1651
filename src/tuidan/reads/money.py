"""Where an order's money is: what pays each refund, holds, payments by bank, and what was recalled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson

from tuidan.domain.order import Order
from tuidan.domain.payout import PAYOUT_TABLE
from tuidan.domain.transitions import allows
from tuidan.reads.viewer import Viewer, visible_order
from tuidan.store.orders.story import EventRecord, load_events, read_words
from tuidan.store.orders.words import without_salt


@dataclass(frozen=True, slots=True)
class RefundSource:
    """What pays refund n. Amounts fen; `owed_fen` the platform laid out and has neither back nor borne."""

    refund: int
    unit: int
    amount_fen: int
    from_escrow_fen: int
    from_advance_fen: int
    fee_fen: int
    by_bank: bool
    owed_fen: int
    borne_fen: int


@dataclass(frozen=True, slots=True)
class HoldView:
    """Of what was asked for a case the seller's book holds so much, fen."""

    case: int
    asked_fen: int
    held_fen: int


@dataclass(frozen=True, slots=True)
class PayoutView:
    """A payment by bank. `why` is refund or compensation; `due_at` the platform's promise; what may be done now."""

    n: int
    refund: int
    case: int
    amount_fen: int
    charged_fen: int
    why: str
    status: str
    due_at: datetime
    reference: str
    can_consent: bool
    can_enter: bool
    can_confirm: bool
    can_fail: bool


@dataclass(frozen=True, slots=True)
class PayoutAccount:
    """Whom an operator pays: the name and account that the buyer agreed to; empty once they are erased."""

    name: str
    account: str


@dataclass(frozen=True, slots=True)
class RecallView:
    """Money that went to the buyer wrongly: what was recalled and what is owed still, fen."""

    n: int
    refund: int
    amount_fen: int
    left_fen: int


@dataclass(frozen=True, slots=True)
class MoneyView:
    """The money of one order beyond its price; `advance_fen` is out at the platform's cost or risk now."""

    order_id: UUID
    version: int
    escrow_fen: int
    released_fen: int
    advance_fen: int
    fees_fen: int
    receivable_fen: int
    compensated_fen: int
    sources: tuple[RefundSource, ...]
    holds: tuple[HoldView, ...]
    payouts: tuple[PayoutView, ...]
    recalls: tuple[RecallView, ...]
    coupon_fen: int = 0
    coupon_returned: bool = False


def read_money(order_id: UUID, viewer: Viewer) -> MoneyView | None:
    """The order's money as this person may see it; None when the order is none of theirs.

    What a seller's book could hold or owes is between the shop and the platform: the buyer is not told.
    """
    order = visible_order(order_id, viewer)
    if order is None:
        return None
    inside = viewer.is_operator or viewer.is_reviewer or viewer.is_seller_of(order)
    totals = order.totals
    return MoneyView(
        order_id=order_id,
        version=order.version,
        escrow_fen=totals.escrow,
        released_fen=totals.released,
        advance_fen=totals.advance,
        fees_fen=totals.fees,
        receivable_fen=totals.receivable,
        compensated_fen=totals.charged - totals.compensating,
        sources=tuple(_sources(order, load_events(order_id), inside=inside)),
        holds=tuple(HoldView(h.case, h.asked_fen, h.held_fen) for h in order.holds) if inside else (),
        payouts=tuple(_payouts(order, viewer)),
        recalls=tuple(RecallView(r.n, r.refund, r.amount_fen, r.left_fen()) for r in order.recalls),
        coupon_fen=sum(coupon.amount_fen for coupon in order.coupons),
        coupon_returned=any(coupon.returned for coupon in order.coupons),
    )


def _sources(order: Order, rows: list[EventRecord], *, inside: bool) -> Iterator[RefundSource]:
    for row in rows:
        if row.kind != "refund_decided":
            continue
        told = row.data
        refund = order.refunds[int(str(told["refund"])) - 1]
        yield RefundSource(
            refund.n,
            refund.unit,
            refund.amount_fen,
            int(str(told["from_escrow_fen"])),
            int(str(told["from_advance_fen"])),
            int(str(told.get("fee_fen", 0))),
            bool(told.get("by_bank", False)),
            refund.owed_fen() if inside else 0,
            refund.borne_fen if inside else 0,
        )


def _payouts(order: Order, viewer: Viewer) -> Iterator[PayoutView]:
    for payout in order.payouts:
        confirms = viewer.is_operator and payout.entered_by != str(viewer.person_id)
        yield PayoutView(
            payout.n,
            payout.refund,
            payout.case,
            payout.amount_fen,
            payout.charged_fen,
            payout.why,
            payout.status,
            datetime.fromisoformat(payout.due_at),
            payout.reference,
            viewer.is_buyer_of(order) and allows(PAYOUT_TABLE, payout.status, "payout_consented"),
            viewer.is_operator and allows(PAYOUT_TABLE, payout.status, "payout_entered"),
            confirms and allows(PAYOUT_TABLE, payout.status, "payout_confirmed"),
            viewer.is_operator and allows(PAYOUT_TABLE, payout.status, "payout_failed"),
        )


def payout_account(order_id: UUID, payout: int, viewer: Viewer) -> PayoutAccount | None:
    """Whom to pay, for operators alone; None before the consent, and for everybody else."""
    if not viewer.is_operator:
        return None
    consents = [
        row.n
        for row in load_events(order_id)
        if row.kind == "payout_consented" and row.data["payout"] == payout
    ]
    if not consents:
        return None
    words = without_salt(read_words(order_id, consents[-1]))
    told = orjson.loads(words) if words else {"name": "", "account": ""}
    return PayoutAccount(told["name"], told["account"])
