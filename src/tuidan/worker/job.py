"""One claimed row of work: what to do, until when this worker may, and how to put it off."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tuidan.commands import clock
from tuidan.commands.outside import Outside
from tuidan.store.orders import claim
from tuidan.store.orders.claim import Work

BACKOFF_SECONDS = (1, 2, 4, 8, 15, 30, 60, 120, 300)
RECORD_SECONDS = 5

Clock = Callable[[], datetime]


class LeaseOver(Exception):
    """Too little of the lease is left to make a call: send nothing, somebody else may have the row."""


def utc_now() -> datetime:
    """The clock of a worker: now, in UTC."""
    return clock.utc_now()


def lease_of(outside: Outside) -> timedelta:
    """How long a claim holds: beyond a mark, three calls at their total deadline, and a record."""
    return timedelta(seconds=3 * outside.call_seconds + RECORD_SECONDS)


_kill_at = ""


def arm_kill_point(point: str) -> None:
    """Let this process die at a kill point, as a crash would; for tests and stories of crashes."""
    global _kill_at
    _kill_at = point


def reached(point: str) -> None:
    """A step between two writes: the process ends here at once when it was armed for it."""
    if _kill_at == point:
        os._exit(137)


@dataclass(frozen=True, slots=True)
class Job:
    """A row this worker has claimed."""

    work: Work
    lease_until: datetime
    clock: Clock
    outside: Outside

    @property
    def order_id(self) -> UUID:
        return self.work.order_id

    @property
    def done(self) -> tuple[int, ...]:
        """The row's number, for the command that reports; it goes with the same append."""
        return (self.work.n,)

    def before_call(self) -> None:
        """Raise LeaseOver when a call could outlast the lease (a worker that slept must not send)."""
        if self.clock() + timedelta(seconds=self.outside.call_seconds) > self.lease_until:
            raise LeaseOver(self.work.kind)

    def finish(self) -> None:
        """There is nothing to report: take the row away."""
        claim.finish_outbox([(self.work.order_id, self.work.n)])

    def put_off(self, why: str, seconds: int | None = None) -> None:
        """Look again later; without a number the pause grows with the tries."""
        step = min(self.work.tries, len(BACKOFF_SECONDS) - 1)
        pause = timedelta(seconds=seconds if seconds is not None else BACKOFF_SECONDS[step])
        claim.postpone_outbox(self.work, self.clock() + pause, why)
