"""Notices as they came: stored once, claimed, applied."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tuidan.store import connection

DUE = """
SELECT order_id, digest, source, reference, tries FROM orders_notice
WHERE applied_at IS NULL AND (lease_until IS NULL OR lease_until <= %s) ORDER BY received_at LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class DueNotice:
    """A stored notice that was not applied yet; `source` says who sent it, as `payment:alipay`."""

    order_id: UUID
    digest: bytes
    source: str
    reference: str
    tries: int


def store_notice(
    order_id: UUID, digest: bytes, source: str, reference: str, body: bytes, now: datetime
) -> str:
    """Keep a verified notice: `new`, `known` (stored before) or `no_order`."""
    row = connection.fetch_one(
        "SELECT orders_store_notice_v1(%s, %s, %s, %s, %s, %s)",
        (order_id, digest, source, reference, body, now),
    )
    assert row is not None
    return row[0]


def due_notices(now: datetime, rows_max: int) -> list[DueNotice]:
    """Notices not applied yet that nobody holds, oldest first."""
    rows = connection.fetch_all(DUE, (now, rows_max))
    return [DueNotice(order_id, bytes(digest), *rest) for order_id, digest, *rest in rows]


def read_body(notice: DueNotice) -> bytes:
    """The notice's bytes as they came."""
    row = connection.fetch_one(
        "SELECT body FROM orders_notice WHERE order_id = %s AND digest = %s", (notice.order_id, notice.digest)
    )
    assert row is not None
    return bytes(row[0])


def claim_notice(notice: DueNotice, now: datetime, until: datetime) -> bool:
    """Whether this caller has the notice until `until`."""
    row = connection.fetch_one(
        "SELECT orders_claim_notice_v1(%s, %s, %s, %s)", (notice.order_id, notice.digest, now, until)
    )
    return row is not None and bool(row[0])


def finish_notice(notice: DueNotice, now: datetime) -> None:
    """Note that the notice was applied; its bytes stay."""
    connection.run("SELECT orders_finish_notice_v1(%s, %s, %s)", (notice.order_id, notice.digest, now))
