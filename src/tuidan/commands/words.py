"""Commands that carry words: kept with a salt beside the events, erasable; the event holds the hash of both."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from tuidan.commands.runner import Outcome, envelop, run
from tuidan.domain import commands as c
from tuidan.domain.draft import Context
from tuidan.domain.order import Order
from tuidan.store import facts
from tuidan.store.connection import Question
from tuidan.store.orders.talk import words_of_key
from tuidan.store.orders.words import SALT_CHARS

WORDS_CHARS_MAX = 2_000


def run_with_words(
    order_id: UUID,
    actor: c.Actor,
    words: str,
    build: Callable[[str], c.Command],
    key: str,
    now: datetime,
    gather: Callable[[Order], Context] = facts.gather,
    beside: Question | None = None,
) -> Outcome:
    """Run the command that `build` makes of the words' hash ("" without words), once for a key.

    The same words sent twice under one key are the same input: the salt of the first is found again.
    """
    words = words.replace("\0", "").replace("\r\n", "\n").strip()[:WORDS_CHARS_MAX]
    if not words:
        return run(order_id, envelop(order_id, build(""), actor, key, now), gather=gather, beside=beside)
    outcome = _run(
        order_id, actor, os.urandom(SALT_CHARS // 2).hex() + words, build, key, now, gather, beside
    )
    if outcome.refusal is not None and outcome.refusal.code == "key_used_for_other_input":
        kept = words_of_key(order_id, f"{actor.kind}:{key}")
        if kept:
            outcome = _run(order_id, actor, kept[:SALT_CHARS] + words, build, key, now, gather, beside)
    return outcome


def _run(
    order_id: UUID,
    actor: c.Actor,
    kept: str,
    build: Callable[[str], c.Command],
    key: str,
    now: datetime,
    gather: Callable[[Order], Context],
    beside: Question | None,
) -> Outcome:
    command = build(hashlib.sha256(kept.encode()).hexdigest())
    return run(
        order_id, envelop(order_id, command, actor, key, now), words=kept, gather=gather, beside=beside
    )
