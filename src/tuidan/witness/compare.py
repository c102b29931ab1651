"""Hold a checkpoint in a file (from a bundle, from a friend) against the last one that this witness has seen."""

from __future__ import annotations

from tuidan.domain.tlog.checkpoint import BadCheckpoint
from tuidan.domain.tlog.note import BadNote
from tuidan.witness.published import NotReached, PublishedLog
from tuidan.witness.watch import UnknownLog, Witness, last_of

SAME, FITS, FORKED, FOREIGN, UNSEEN, UNDECIDED = "same", "fits", "forked", "foreign", "unseen", "undecided"


def compare(witness: Witness, data: bytes, log: PublishedLog | None = None) -> tuple[str, str]:
    """What the checkpoint is to ours, and why. Of two sizes only the log's tiles can tell: `undecided` without them."""
    try:
        opened, told = witness.open(data)
    except (BadNote, BadCheckpoint, UnknownLog) as error:
        return FOREIGN, str(error)
    with witness.memory.turn(told.origin) as turn:
        if turn.last() is None:
            return UNSEEN, ""
        last = last_of(turn)
    if told.size == last.size:
        if told.root == last.root:
            return SAME, ""
        return FORKED, str(witness.keep_fork(opened.note.bytes(), told))
    if log is None:
        return UNDECIDED, f"{told.size} and {last.size} leaves"
    older, newer = sorted((last, told), key=lambda each: each.size)
    try:
        fault = log.find_fault(older, newer)
    except NotReached as error:
        return UNDECIDED, str(error)
    return (FORKED, fault) if fault else (FITS, "")
