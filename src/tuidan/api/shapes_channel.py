"""What callers get about disputes at the payment channel, its settlement, and alarms. See `shapes_out.py`."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from ninja import Schema


class ChannelDisputeTold(Schema):
    """A dispute that the buyer opened at the payment channel; while it is open, money here waits."""

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


class ChannelSettlementTold(Schema):
    """Whether the channel can still stop the money: `can_stop` is yes, no or unknown."""

    channel: str
    state: str
    can_stop: str
    asked_at: datetime | None
    settled_at: datetime | None


class ChannelAnswerTold(Schema):
    order_id: UUID
    dispute: int
    sent: bool


class SettlementAskedTold(Schema):
    """`asked` is false where the channel was asked a moment ago or has settled already."""

    order_id: UUID
    asked: bool


class AlarmLine(Schema):
    order_id: UUID
    alarm: str


class AlarmsTold(Schema):
    orders: list[AlarmLine]
    page: int


class AlarmTold(Schema):
    """`measure` is fen where `is_fen`, else a count."""

    name: str
    measure: int
    is_fen: bool
    can_acknowledge: bool


class OrderAlarmsTold(Schema):
    order_id: UUID
    alarms: list[AlarmTold]


class AcknowledgementTold(Schema):
    order_id: UUID
    alarm: str
    measure: int
