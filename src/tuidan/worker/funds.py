"""The second steps of money: arrivals, holds, recovery of advances, compensations. Each may be done again."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog

from tuidan.commands import coupon, funds
from tuidan.commands.advance import give_back_orphans
from tuidan.domain.effects import SETTLE_SELLER
from tuidan.store.orders import claim
from tuidan.store.orders.claim import Work
from tuidan.worker.job import Clock, Job, reached

log = structlog.get_logger()

ARRIVALS_MAX = 500
OWED_SECONDS = 3600
ORPHAN_AFTER = timedelta(minutes=10)
TROUBLE_PAUSE = timedelta(minutes=1)


def settle_sellers(clock: Clock) -> int:
    """Bring one batch of released money into the sellers' books, a book at a time; gives how many rows.

    No lease is taken: an arrival is known by its order and event, so two workers at once do no harm.
    """
    rows = claim.due_outbox(clock(), [SETTLE_SELLER], ARRIVALS_MAX)
    if not rows:
        return 0
    try:
        _take_in(rows, clock)
    except Exception:  # one seller's trouble must not keep the money of the others
        log.exception("arrivals_failed", rows=len(rows))
        for row in rows:
            _take_in_alone(row, clock)
    return len(rows)


def _take_in(rows: list[Work], clock: Clock) -> None:
    funds.take_in([(row.order_id, row.target) for row in rows], clock())
    reached("arrivals:taken")
    claim.finish_outbox([(row.order_id, row.n) for row in rows])


def _take_in_alone(row: Work, clock: Clock) -> None:
    try:
        _take_in([row], clock)
    except Exception as error:  # put off, not lost
        log.exception("arrival_failed", order=str(row.order_id))
        claim.postpone_outbox(row, clock() + TROUBLE_PAUSE, f"{type(error).__name__}: {error}")


def hold_funds(job: Job) -> None:
    """Do one hold effect; the row goes with the order's own record."""
    funds.hold(job.order_id, job.work.target, job.work.n, job.clock())


def recover_advance(job: Job) -> None:
    """Do one recovery; what is owed still is tried again each hour, and is an alarm until then."""
    owed_fen = funds.recover(job.order_id, job.work.target, job.clock())
    reached("advance:recovered")
    _finish(job, owed_fen)


def charge_deposit(job: Job) -> None:
    """Charge one compensation; what is missing is tried again each hour."""
    _finish(job, funds.charge(job.order_id, job.work.target, job.clock()))


def settle_recall(job: Job) -> None:
    """Settle one recall with the fund."""
    funds.settle_recall(job.order_id, job.work.target, job.clock())
    job.finish()


def return_coupon(job: Job) -> None:
    """Give the coupon of an order back, where it is its buyer's again; the row goes with the order's own record."""
    coupon.return_coupon(job.order_id, job.work.n, job.clock())


class LostDraws:
    """Draws of the fund that no refund came to use, because a process died in between: they are given back."""

    def __init__(self) -> None:
        self.next_look: datetime | None = None

    def look(self, clock: Clock) -> int:
        """Once in ORPHAN_AFTER, settle the oldest draws that are out; gives 0, for it is no reason to hurry."""
        now = clock()
        if self.next_look is None or now >= self.next_look:
            self.next_look = now + ORPHAN_AFTER
            give_back_orphans(now - ORPHAN_AFTER, now)
        return 0


def _finish(job: Job, owed_fen: int) -> None:
    if owed_fen:
        job.put_off(f"seller_owes {owed_fen}", OWED_SECONDS)
    else:
        job.finish()
