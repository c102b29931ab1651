"""Values unique over all orders: the placing key, a channel's trade number, a notice's digest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tuidan.store import connection


@dataclass(frozen=True, slots=True)
class PlacingClaim:
    """What a placing key stands for: the order, the input it was first used with, the refusal it met then."""

    order_id: UUID
    input_sha256: bytes
    refusal: str | None


def claim_placing_key(
    owner: UUID, key: str, order_id: UUID, input_sha256: bytes, now: datetime, refusal: str | None
) -> PlacingClaim:
    """Claim the buyer's key; the first claim stands and is given back, ours or an earlier one."""
    row = connection.fetch_one(
        "SELECT order_id, input_sha256, refusal FROM orders_claim_key_v1(%s, %s, %s, %s, %s, %s)",
        (owner, key, order_id, input_sha256, now, refusal),
    )
    assert row is not None
    return PlacingClaim(row[0], bytes(row[1]), row[2])


def claim_trade_number(channel: str, trade_no: str, order_id: UUID) -> UUID:
    """The order that a channel's own number belongs to: ours, or the one that had it first."""
    row = connection.fetch_one("SELECT orders_claim_trade_v1(%s, %s, %s)", (channel, trade_no, order_id))
    assert row is not None
    return row[0]
