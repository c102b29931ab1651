"""The audit in slices: take the next orders, keep what was found, know when the last pass ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson

from tuidan.store import connection
from tuidan.store.audit.difference import Difference

START = UUID(int=0)
CLAIM = """
UPDATE watch_audit SET lease_until = %s, started_at = coalesce(started_at, %s)
WHERE id = 1 AND (lease_until IS NULL OR lease_until <= %s) RETURNING after
"""
MOVE = "UPDATE watch_audit SET after = %s, orders = orders + %s, lease_until = %s WHERE id = 1"
FINISH = """
UPDATE watch_audit SET after = %s, finished_at = %s, finished_orders = orders, orders = 0, started_at = NULL,
    lease_until = %s
WHERE id = 1
"""
STATUS = "SELECT started_at, finished_at, finished_orders, orders FROM watch_audit WHERE id = 1"
FINDINGS = (
    "SELECT order_id, what, n, data, found_at FROM watch_finding ORDER BY found_at, order_id, i LIMIT %s"
)
KEEP = """
INSERT INTO watch_finding (order_id, i, what, n, data, found_at) VALUES (%s, %s, %s, %s, %s, %s)
ON CONFLICT DO NOTHING
"""
NEXT = "SELECT order_id FROM orders_order WHERE order_id > %s ORDER BY order_id LIMIT %s"


@dataclass(frozen=True, slots=True)
class AuditStatus:
    """When the last whole pass ended and over how many orders; how many the running one has looked at."""

    started_at: datetime | None
    finished_at: datetime | None
    finished_orders: int
    orders: int
    findings: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A difference with the moment at which the audit found it."""

    difference: Difference
    found_at: datetime


def claim_slice(now: datetime, until: datetime) -> UUID | None:
    """The order after which to go on, for whoever gets the turn; None while another has it or it is too early."""
    connection.run(
        "INSERT INTO watch_audit (id, after, orders, finished_orders) VALUES (1, %s, 0, 0) ON CONFLICT DO NOTHING",
        (START,),
    )
    row = connection.fetch_one(CLAIM, (until, now, now))
    return row[0] if row else None


def next_orders(after: UUID, orders_max: int) -> list[UUID]:
    """The ids of the next orders."""
    return [order_id for (order_id,) in connection.fetch_all(NEXT, (after, orders_max))]


def keep_findings(looked_at: Sequence[UUID], found: Sequence[Difference], now: datetime) -> None:
    """What was found about these orders takes the place of what was found before."""
    connection.run("DELETE FROM watch_finding WHERE order_id = ANY(%s)", (list(looked_at),))
    for i, each in enumerate(found):
        data = orjson.dumps(each.data, option=orjson.OPT_SORT_KEYS, default=str).decode()
        connection.run(KEEP, (each.order_id, i, each.what, each.n, data, now))


def move_on(after: UUID, orders: int, next_at: datetime) -> None:
    """Note how far the pass is; the next slice may begin at `next_at`."""
    connection.run(MOVE, (after, orders, next_at))


def finish_pass(now: datetime, next_at: datetime) -> None:
    """All orders were looked at; the next pass may begin at `next_at`."""
    connection.run(FINISH, (START, now, next_at))


def audit_status() -> AuditStatus:
    """How the audit stands; all empty before its first slice."""
    row = connection.fetch_one(STATUS, ())
    count = connection.fetch_one("SELECT count(*) FROM watch_finding", ())
    findings = int(count[0]) if count else 0
    if row is None:
        return AuditStatus(None, None, 0, 0, findings)
    return AuditStatus(row[0], row[1], int(row[2]), int(row[3]), findings)


def findings(rows_max: int) -> list[Finding]:
    """What was found and not found sound since, the oldest first."""
    return [
        Finding(Difference(order_id, what, n, orjson.loads(data)), found_at)
        for order_id, what, n, data, found_at in connection.fetch_all(FINDINGS, (rows_max,))
    ]
