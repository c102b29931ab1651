"""One claimed row of work: what to do, until when this worker may, and how to put it off."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from tuidan.commands.outside import Outside
from tuidan.store.orders import claim
from tuidan.store.orders.claim import Work

# The lease must outlast a mark, two calls at their total deadline, and a record.
LEASE = timedelta(seconds=90)
CALL_SECONDS_MAX = 20
BACKOFF_SECONDS = (1, 2, 4, 8, 15, 30, 60, 120, 300)
KILL_AT = os.environ.get("TUIDAN_KILL_AT", "")

Clock = Callable[[], datetime]


class LeaseOver(Exception):
    """Too little of the lease is left to make a call: send nothing, somebody else may have the row."""


def utc_now() -> datetime:
    return datetime.now(UTC)


def reached(point: str) -> None:
    """A kill point: the process ends here at once when the environment names it (tests only set it)."""
    if KILL_AT == point:
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
        if self.clock() + timedelta(seconds=CALL_SECONDS_MAX) > self.lease_until:
            raise LeaseOver(self.work.kind)

    def finish(self) -> None:
        """There is nothing to report: take the row away."""
        claim.finish_outbox([(self.work.order_id, self.work.n)])

    def put_off(self, why: str, seconds: int | None = None) -> None:
        """Look again later; without a number the pause grows with the tries."""
        step = min(self.work.tries, len(BACKOFF_SECONDS) - 1)
        pause = timedelta(seconds=seconds if seconds is not None else BACKOFF_SECONDS[step])
        claim.postpone_outbox(self.work, self.clock() + pause, why)
