"""A membership that runs: stopped early, by whom and when."""

from __future__ import annotations

import hashlib
from datetime import date, datetime
from uuid import UUID

from tuidan.commands.runner import Outcome, envelop, run
from tuidan.domain import commands as c


def stop_membership(
    order_id: UUID, actor: c.Actor, unit: int, by: str, stopped_on: date, note: str, key: str, now: datetime
) -> Outcome:
    """Note who ended it and the last day it could be used (a day in China); the rest follows by policy (R9).

    `actor` is the shop, which may name itself or the provider, or a reviewer, who may find a buyer's breach.
    """
    note = note.replace("\0", "").strip()
    proof = hashlib.sha256(note.encode()).hexdigest() if note else ""
    command = c.StopMembership(unit, by, stopped_on.isoformat(), proof)
    return run(order_id, envelop(order_id, command, actor, key, now), words=note)
