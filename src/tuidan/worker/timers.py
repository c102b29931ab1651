"""Deadlines that came due become commands. A timer fires after a small grace and may find nothing to do."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from tuidan.commands.order import fire_timer
from tuidan.store.orders import claim
from tuidan.store.orders.claim import Work
from tuidan.worker.job import Clock

log = structlog.get_logger()

# A command received before the deadline may still be on its way through the database.
GRACE = timedelta(seconds=1)
TIMERS_MAX = 500
LEASE = timedelta(seconds=15)


def fire_timers(clock: Clock) -> int:
    """Fire the timers that are due; gives how many."""
    done = 0
    for work in claim.due_timers(clock() - GRACE, TIMERS_MAX):
        now = clock()
        if claim.claim_timer(work, now, now + LEASE):
            done += _fire(work, now)
    return done


def _fire(work: Work, now: datetime) -> bool:
    try:
        fire_timer(work.order_id, work.n, work.kind, work.target, now)
    except Exception:  # a poisoned timer must not stop the others: its lease runs out and it is tried again
        log.exception("timer_failed", kind=work.kind, order=str(work.order_id))
        return False
    return True
