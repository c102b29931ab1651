"""Notices that name a channel's dispute and no order: stored once, claimed, applied or put off."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from tuidan.store import connection

DUE = """
SELECT number, digest, channel, tries FROM orders_channel_notice
WHERE applied_at IS NULL AND (lease_until IS NULL OR lease_until <= %s) ORDER BY received_at LIMIT %s
"""
STRANDED = """
SELECT number, channel, received_at, fault FROM orders_channel_notice
WHERE fault IS NOT NULL AND (applied_at IS NOT NULL OR tries >= %s) ORDER BY received_at DESC LIMIT %s
"""
TRIES_FROM = 5


@dataclass(frozen=True, slots=True)
class StrandedNotice:
    """A notice that fits no order of ours, or that could not be applied for long; `fault` says why."""

    number: str
    channel: str
    received_at: datetime
    fault: str


@dataclass(frozen=True, slots=True)
class DueChannelNotice:
    """A stored notice about dispute `number` of a channel that was not applied yet."""

    number: str
    digest: bytes
    channel: str
    tries: int


def store_channel_notice(channel: str, number: str, digest: bytes, body: bytes, now: datetime) -> str:
    """Keep a verified notice: `new`, or `known` when it was stored before."""
    row = connection.fetch_one(
        "SELECT orders_store_channel_notice_v1(%s, %s, %s, %s, %s)", (number, digest, channel, body, now)
    )
    assert row is not None
    return str(row[0])


def due_channel_notices(now: datetime, rows_max: int) -> list[DueChannelNotice]:
    """Notices not applied yet that nobody holds, oldest first."""
    rows = connection.fetch_all(DUE, (now, rows_max))
    return [DueChannelNotice(number, bytes(digest), *rest) for number, digest, *rest in rows]


def stranded_notices(rows_max: int) -> list[StrandedNotice]:
    """What an operator must look at, newest first."""
    return [StrandedNotice(*row) for row in connection.fetch_all(STRANDED, (TRIES_FROM, rows_max))]


def claim_channel_notice(notice: DueChannelNotice, now: datetime, until: datetime) -> bool:
    """Whether this caller has the notice until `until`."""
    row = connection.fetch_one(
        "SELECT orders_claim_channel_notice_v1(%s, %s, %s, %s)", (notice.number, notice.digest, now, until)
    )
    return row is not None and bool(row[0])


def finish_channel_notice(notice: DueChannelNotice, now: datetime, fault: str = "") -> None:
    """Note that the notice was applied, or why it never can be; its bytes stay."""
    connection.run(
        "SELECT orders_finish_channel_notice_v1(%s, %s, %s, %s)",
        (notice.number, notice.digest, now, fault or None),
    )


def postpone_channel_notice(notice: DueChannelNotice, until: datetime, fault: str) -> None:
    """Look at the notice again later."""
    connection.run(
        "SELECT orders_postpone_channel_notice_v1(%s, %s, %s, %s)",
        (notice.number, notice.digest, until, fault),
    )
