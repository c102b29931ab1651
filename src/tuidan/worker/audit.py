"""The audit that runs by itself: a bounded slice now and then, over all orders again and again."""

from __future__ import annotations

from datetime import timedelta

import structlog

from tuidan.store.audit.boards import find_strays
from tuidan.store.audit.run import audit_page
from tuidan.store.watch import attempts, audit
from tuidan.worker.job import Clock

log = structlog.get_logger()
SLICE_ORDERS = 50
SLICE_EVERY = timedelta(seconds=5)
PASS_EVERY = timedelta(hours=1)
LEASE = timedelta(minutes=2)
STRAYS_MAX = 200
KEEP_ATTEMPTS = timedelta(days=1)


def audit_slice(clock: Clock) -> int:
    """Audit the next orders where it is time and nobody else does; gives how many were looked at."""
    now = clock()
    after = audit.claim_slice(now, now + LEASE)
    if after is None:
        return 0
    page = audit.next_orders(after, SLICE_ORDERS)
    found = audit_page(page) if page else list(find_strays(STRAYS_MAX))
    looked_at = page or [difference.order_id for difference in found]
    audit.keep_findings(looked_at, found, clock())
    for difference in found:
        log.error("audit_difference", order=str(difference.order_id), what=difference.what, n=difference.n)
    if page:
        audit.move_on(page[-1], len(page), clock() + SLICE_EVERY)
    else:
        audit.finish_pass(clock(), clock() + PASS_EVERY)
        attempts.forget_attempts(clock() - KEEP_ATTEMPTS)
    return len(page)
