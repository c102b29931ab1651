"""Feed rows become board lines and leaves of the log. Rows are consumed: a late one is simply found later."""

from __future__ import annotations

from tuidan.domain.effects import FEED
from tuidan.store.boards.project import ROWS_MAX, project
from tuidan.store.orders import claim
from tuidan.worker.job import Clock
from tuidan.worker.log import log_orders


def project_feed(clock: Clock) -> int:
    """Bring boards and the log up to date with one batch of feed rows; gives how many rows.

    A row goes only when both have it. Each step may be done again, so whoever dies in between has lost nothing, and
    no local table is written together with an order's (S12).
    """
    rows = claim.due_outbox(clock(), [FEED], ROWS_MAX)
    if rows:
        project({row.order_id for row in rows})
        if log_orders(rows, clock):
            claim.finish_outbox([(row.order_id, row.n) for row in rows])
    return len(rows)
