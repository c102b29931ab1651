"""Feed rows become board lines. Rows are consumed, not remembered up to: a late one is simply found later."""

from __future__ import annotations

from tuidan.domain.effects import FEED
from tuidan.store.boards.project import ROWS_MAX, project
from tuidan.store.orders import claim
from tuidan.worker.job import Clock


def project_feed(clock: Clock) -> int:
    """Bring boards up to date with one batch of feed rows; gives how many rows."""
    rows = claim.due_outbox(clock(), [FEED], ROWS_MAX)
    if rows:
        project({row.order_id for row in rows})
        claim.finish_outbox([(row.order_id, row.n) for row in rows])
    return len(rows)
