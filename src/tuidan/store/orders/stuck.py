"""Work that does not move: effects tried often or long overdue, for the operator's page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tuidan.store import connection

STUCK = """
SELECT order_id, n, kind, target, due_at, tries, last_error FROM orders_outbox
WHERE kind <> 'feed' AND ((tries >= %s AND kind <> 'watch_dispute') OR due_at < %s) ORDER BY due_at LIMIT %s
"""
TRIES_FROM = 5
OVERDUE = timedelta(minutes=15)
ROWS_MAX = 200


@dataclass(frozen=True, slots=True)
class StuckWork:
    """One row of work that does not move, with the last thing that went wrong."""

    order_id: UUID
    n: int
    kind: str
    target: int
    due_at: datetime
    tries: int
    last_error: str | None


def stuck_work(now: datetime) -> list[StuckWork]:
    """Work tried often, or due for more than OVERDUE; the longest waiting first, at most ROWS_MAX."""
    rows = connection.fetch_all(STUCK, (TRIES_FROM, now - OVERDUE, ROWS_MAX))
    return [StuckWork(*row) for row in rows]
