"""Disputes at the payment channel, and whether the channel can still stop the money, ready to show (S-085, S-086)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from tuidan.domain.order import Order


@dataclass(frozen=True, slots=True)
class ChannelDisputeView:
    """One dispute as the channel tells it. `answer` is what we last wrote there; amounts fen, times UTC."""

    n: int
    channel: str
    number: str
    status: str
    outcome: str
    amount_fen: int
    charged_fen: int
    opened_at: datetime | None
    due_at: datetime | None
    closed_at: datetime | None
    answer: str


@dataclass(frozen=True, slots=True)
class ChannelSettlement:
    """What the channel said of its settlement: `state` settled, unsettled, unknown, or "" when it was never asked.

    `can_stop` is yes while the money is not settled, no once it is or has gone back, else unknown.
    """

    channel: str
    state: str
    can_stop: str
    asked_at: datetime | None
    settled_at: datetime | None


def channel_disputes(order: Order, words: Mapping[int, str]) -> tuple[ChannelDisputeView, ...]:
    """All disputes of an order, the first first."""
    channels = {payment.attempt: payment.channel for payment in order.payments}
    return tuple(
        ChannelDisputeView(
            n=dispute.n,
            channel=channels.get(dispute.payment, ""),
            number=dispute.number,
            status=dispute.status,
            outcome=dispute.outcome,
            amount_fen=dispute.amount_fen,
            charged_fen=dispute.charged_fen,
            opened_at=_moment(dispute.opened_at),
            due_at=datetime.fromisoformat(dispute.due_at) if dispute.due_at else None,
            closed_at=_moment(dispute.closed_at),
            answer=words.get(dispute.answer, ""),
        )
        for dispute in order.channel_disputes
    )


def channel_settlement(order: Order) -> ChannelSettlement | None:
    """What is known of the payment that filled the escrow; None for an order that is not paid."""
    payment = next((p for p in order.payments if p.status == "captured"), None)
    if payment is None:
        return None
    gone = all(not unit.left_fen() for unit in order.units)
    can_stop = "no" if gone else {"settled": "no", "unsettled": "yes"}.get(payment.settlement, "unknown")
    return ChannelSettlement(
        payment.channel,
        payment.settlement,
        can_stop,
        _moment(payment.settlement_at),
        _moment(payment.settled_at),
    )


def _moment(seconds: int) -> datetime | None:
    return datetime.fromtimestamp(seconds, tz=UTC) if seconds else None
