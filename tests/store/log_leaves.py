"""Leaves for tests of the log: heads of orders that nobody placed, and the proof of one as a stranger checks it."""

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from uuid import UUID, uuid4

from tuidan.domain.tlog.checkpoint import BadCheckpoint, read_checkpoint_text
from tuidan.domain.tlog.entry import Head
from tuidan.domain.tlog.note import BadNote, open_note, read_vkey
from tuidan.domain.tlog.proof import find_inclusion_fault
from tuidan.domain.tlog.proof_text import BadProofText, read_proof_text
from tuidan.domain.tlog.tree import leaf_hash
from tuidan.reads import log
from tuidan.store.log.append import append
from tuidan.store.log.checkpoints import sign_newest

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)


def heads(count: int, n: int = 1) -> list[Head]:
    """Heads of so many unknown orders."""
    return [Head(uuid4(), n, os.urandom(32)) for _ in range(count)]


def logged(count: int) -> list[Head]:
    """So many leaves, logged and signed."""
    found = heads(count)
    append(found)
    sign_newest(NOW)
    return found


def holds(order_id: UUID) -> bool:
    """Whether the proof of an order's newest leaf holds, looked at from outside."""
    told = log.proof_of(order_id)
    assert told is not None
    return holds_as_files(told.entry, told.proof, log.log_keys())


def holds_as_files(entry: bytes, proof: bytes, vkeys: Iterable[str]) -> bool:
    """Whether these two files prove each other under keys that are trusted: all that a stranger has."""
    try:
        told = read_proof_text(proof)
        opened = open_note(told.checkpoint, [read_vkey(vkey) for vkey in vkeys])
        head = read_checkpoint_text(opened.note.text)
    except (BadProofText, BadNote, BadCheckpoint):
        return False
    return find_inclusion_fault(leaf_hash(entry), told.index, head.size, told.path, head.root) is None
