"""What the platform read on an exhibit's pictures, put beside what its party claims."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tuidan.commands.runner import Outcome, envelop, run
from tuidan.domain import commands as c

READER = c.Actor("policy", "reader")


def record_reading(order_id: UUID, command: c.RecordReading, now: datetime) -> Outcome:
    """Record it once for each exhibit. Raises NoSuchOrder, TooBusy, OutcomeUnknown."""
    key = f"reading:{command.case}:{command.exhibit}"
    return run(order_id, envelop(order_id, command, READER, key, now))
