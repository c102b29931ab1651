"""Follow a log by itself: look at its published head, hold it against the last one, cosign it or shout."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from tuidan.domain.tlog.checkpoint import BadCheckpoint, Checkpoint
from tuidan.domain.tlog.note import BadNote
from tuidan.witness.published import NotReached, NotThere, PublishedLog
from tuidan.witness.watch import UnknownLog, Witness, last_of

# What a look can bring. The last three mean that the log cannot be trusted as it stands.
SAME, GREW, BEHIND, AWAY = "same", "grew", "behind", "away"
REWRITTEN, UNSOUND, FOREIGN = "rewritten", "unsound", "foreign"
SHOUTED = frozenset({REWRITTEN, UNSOUND, FOREIGN})


@dataclass(frozen=True, slots=True)
class Look:
    """What one look brought. `last` is what was seen before; `proof` is where the contradicting head lies."""

    what: str
    why: str = ""
    last: Checkpoint | None = None
    now: Checkpoint | None = None
    proof: Path | None = None


def look(witness: Witness, log: PublishedLog) -> Look:
    """Look once. A log that cannot be reached is `away`; one that contradicts itself is never forgiven."""
    try:
        data = log.checkpoint()
        opened, told = witness.open(data)
    except (NotReached, NotThere) as error:
        return Look(AWAY, str(error))
    except (BadNote, BadCheckpoint, UnknownLog) as error:
        # a page of another making says nothing about the log; a head that its key did not sign does
        is_note = isinstance(error, UnknownLog) or (isinstance(error, BadNote) and error.code != "not_a_note")
        return Look(FOREIGN if is_note else AWAY, str(error))
    with witness.memory.turn(told.origin) as turn:
        kept = turn.last()
        last = last_of(turn)
        if kept is not None and (last.size, last.root) == (told.size, told.root):
            return Look(SAME, last=last, now=told)
        older, newer = sorted((last, told), key=lambda each: each.size)
        try:
            fault = log.find_fault(older, newer)
        except NotReached as error:
            return Look(AWAY, str(error), last, told)
        if fault:
            what = (
                UNSOUND if fault == "root_differs" and newer is told and last.size < told.size else REWRITTEN
            )
            return Look(what, fault, last, told, witness.keep_fork(opened.note.bytes(), told))
        if told.size < last.size:
            return Look(BEHIND, last=last, now=told)
        witness.cosign(turn, opened)
        return Look(GREW, last=last, now=told)
