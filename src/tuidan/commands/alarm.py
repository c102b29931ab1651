"""Alarms: an operator acknowledges one with a reason; money that left the channel without us is recorded."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from tuidan.commands.runner import Outcome, envelop, run
from tuidan.domain import commands as c

WORDS_MAX = 500


def acknowledge_alarm(
    order_id: UUID, operator_id: UUID, alarm: str, measure: int, words: str, key: str, now: datetime
) -> Outcome:
    """Take an alarm off the list up to the measure that was seen; the edge has checked that it is an operator."""
    words = words.replace("\0", "").strip()[:WORDS_MAX]
    digest = hashlib.sha256(words.encode()).hexdigest() if words else ""
    command = c.AcknowledgeAlarm(alarm, measure, digest)
    actor = c.Actor("operator", str(operator_id))
    return run(order_id, envelop(order_id, command, actor, key, now), words=words)


def record_outside_refund(order_id: UUID, command: c.RecordOutsideRefund, now: datetime) -> Outcome:
    """Book money that went back without us; told again it finds nothing to do."""
    key = f"outside:{command.payment_n}:{command.total_fen}:{command.source_sha256[:16]}"
    return run(order_id, envelop(order_id, command, c.Actor("channel", command.channel), key, now))
