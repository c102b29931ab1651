"""What came from outside as it came: kept with a salt beside the event, erasable; the event holds the hash of both.

The salt is new each time, so it is no part of a command's input: the same answer heard twice stays the same answer.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from typing import Any
from uuid import UUID

from tuidan.commands.runner import Outcome, run
from tuidan.domain.commands import Envelope
from tuidan.store.orders.words import SALT_CHARS

RAW_CHARS_MAX = 8_000


def salted(text: str) -> tuple[str, str]:
    """The text with a random salt in front, as it is kept, and the SHA-256 (hex) of that, as the event holds it."""
    kept = os.urandom(SALT_CHARS // 2).hex() + text.replace("\0", "")[:RAW_CHARS_MAX]
    return kept, hashlib.sha256(kept.encode()).hexdigest()


def run_with_answer(order_id: UUID, envelope: Envelope, raw: str) -> Outcome:
    """Run a command about an outside answer; its field `answer_sha256` and the words beside its first event are `raw`.

    Without a raw text the command runs as it is. Raises as `run` does.
    """
    if not raw:
        return run(order_id, envelope)
    kept, digest = salted(raw)
    command: Any = replace(envelope.command, answer_sha256=digest)  # type: ignore[arg-type]
    return run(order_id, replace(envelope, command=command), words=kept)
