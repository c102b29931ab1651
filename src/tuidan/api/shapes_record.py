"""What callers get of what the platform keeps by itself. Amounts are fen, times RFC 3339; codes are for programs."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema


class SnapshotTold(Schema):
    order_id: UUID
    placed_at: datetime
    sha256: str
    event_hash: str
    fits: bool
    body: str


class ReceiptTold(Schema):
    name: str
    kind: str
    at: datetime
    amount_fen: int
    channel: str
    channel_no: str
    note: str


class ReceiptsTold(Schema):
    order_id: UUID
    receipts: list[ReceiptTold]
    vkeys: list[str]


class LifeStepTold(Schema):
    at: datetime
    kind: str
    order_id: UUID | None
    n: int
    proof: str
    data: dict[str, Any]


class LifeTold(Schema):
    listing_id: UUID
    code_id: UUID
    masked: str
    state: str
    seal_sha256: str
    steps: list[LifeStepTold]
