"""A channel's own disputes: keep their notices, record what the channel says, send our answer."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

from tuidan.commands.runner import Outcome, envelop, run
from tuidan.domain import commands as c
from tuidan.store.orders.channel_notices import store_channel_notice

WORDS_MAX = 200


def keep_channel_notice(channel: str, number: str, body: bytes, now: datetime) -> str:
    """Store a verified notice about a dispute before it is answered: `new`, or `known`."""
    return store_channel_notice(channel, number, hashlib.sha256(body).digest(), body, now)


def record_channel_dispute(
    order_id: UUID, command: c.RecordChannelDispute, now: datetime, done: tuple[int, ...] = ()
) -> Outcome:
    """Record how a dispute stands; a repeat finds nothing to do."""
    actor = c.Actor("channel", command.channel)
    told = f"{command.number}:{command.status}:{command.charged_back_fen}:{command.source_sha256[:16]}"
    return run(order_id, envelop(order_id, command, actor, f"dispute:{told}", now, done))


def answer_channel_dispute(
    order_id: UUID, actor: c.Actor, dispute: int, words: str, key: str, now: datetime
) -> Outcome:
    """Send our side in words (at most WORDS_MAX characters); the edge has checked that the person works here."""
    words = words.replace("\0", "").strip()[:WORDS_MAX]
    command = c.AnswerChannelDispute(dispute, hashlib.sha256(words.encode()).hexdigest() if words else "")
    return run(order_id, envelop(order_id, command, actor, key, now), words=words)


def record_settlement(
    order_id: UUID, command: c.RecordSettlement, channel: str, now: datetime, done: tuple[int, ...] = ()
) -> Outcome:
    """Record whether the channel has settled a payment (S-086)."""
    key = f"settlement:{command.payment_n}:{command.state}:{int(now.timestamp())}"
    return run(order_id, envelop(order_id, command, c.Actor("channel", channel), key, now, done))


def ask_settlement(order_id: UUID, actor: c.Actor, key: str, now: datetime) -> Outcome:
    """Have the channel asked whether a dispute there can still stop the money."""
    return run(order_id, envelop(order_id, c.AskSettlement(), actor, key, now))
