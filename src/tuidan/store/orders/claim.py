"""Take work that is due: list with a plain SELECT, claim one row by conditional update, finish or put off.

Nothing here remembers "up to here": a row that was committed late is simply there at the next look (ADR outbox-rows).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tuidan.store import connection

DUE_OUTBOX = """
SELECT order_id, n, kind, target, due_at, tries FROM orders_outbox
WHERE due_at <= %s AND (lease_until IS NULL OR lease_until <= %s) AND kind = ANY(%s) ORDER BY due_at LIMIT %s
"""
DUE_TIMERS = """
SELECT order_id, n, kind, target, due_at, 0 FROM orders_timer
WHERE due_at <= %s AND (lease_until IS NULL OR lease_until <= %s) ORDER BY due_at LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class Work:
    """A row of outbox or timers that is due."""

    order_id: UUID
    n: int
    kind: str
    target: int
    due_at: datetime
    tries: int


def due_outbox(now: datetime, kinds: Sequence[str], rows_max: int) -> list[Work]:
    """Effects of these kinds that are due and nobody holds, oldest first."""
    return [Work(*row) for row in connection.fetch_all(DUE_OUTBOX, (now, now, list(kinds), rows_max))]


def due_timers(now: datetime, rows_max: int) -> list[Work]:
    """Timers that are due and nobody holds, oldest first."""
    return [Work(*row) for row in connection.fetch_all(DUE_TIMERS, (now, now, rows_max))]


def claim_outbox(work: Work, now: datetime, until: datetime) -> bool:
    """Whether this caller has the row until `until`; `until` must lie beyond the call's total deadline."""
    row = connection.fetch_one(
        "SELECT orders_claim_outbox_v1(%s, %s, %s, %s)", (work.order_id, work.n, now, until)
    )
    return row is not None and bool(row[0])


def postpone_outbox(work: Work, until: datetime, why: str) -> None:
    """Give the row back, to be looked at again at `until`; `why` is for the operator."""
    connection.run(
        "SELECT orders_postpone_outbox_v1(%s, %s, %s, %s)", (work.order_id, work.n, until, why[:500])
    )


def hurry_outbox(order_id: UUID, kind: str, target: int, now: datetime) -> None:
    """Look at an order's effect at once instead of after its pause; a row being worked on stays where it is."""
    connection.run("SELECT orders_hurry_outbox_v1(%s, %s, %s, %s)", (order_id, kind, target, now))


def finish_outbox(done: Sequence[tuple[UUID, int]]) -> None:
    """Take done rows (order, n) out of the hot table, in one order, so that two who finish the same rows can meet."""
    done = sorted(done)
    connection.run(
        "SELECT orders_finish_outbox_v1(%s::uuid[], %s::bigint[])",
        ([order_id for order_id, _ in done], [n for _, n in done]),
    )


def claim_timer(work: Work, now: datetime, until: datetime) -> bool:
    """Whether this caller has the timer until `until`."""
    row = connection.fetch_one(
        "SELECT orders_claim_timer_v1(%s, %s, %s, %s)", (work.order_id, work.n, now, until)
    )
    return row is not None and bool(row[0])


def finish_timer(order_id: UUID, n: int) -> None:
    """Take a timer away."""
    connection.run("SELECT orders_finish_timer_v1(%s, %s)", (order_id, n))
