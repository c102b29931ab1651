"""What a witness does with a checkpoint, however it came: hold it against the last, cosign what goes on from it.

A checkpoint that does not go on from the last one is kept as proof: two heads of one log, both signed by the log, that
cannot both be true.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tuidan.domain.tlog.checkpoint import BadCheckpoint, Checkpoint, read_checkpoint, read_checkpoint_text
from tuidan.domain.tlog.note import BadNote, Key, Note, Opened, open_note, read_note
from tuidan.domain.tlog.proof import find_consistency_fault
from tuidan.domain.tlog.tree import EMPTY_ROOT
from tuidan.witness.key import WitnessKey
from tuidan.witness.memory import Memory, Turn, write_durably
from tuidan.witness.request import AddCheckpoint, BadRequest, read_request

FORKS = "forks"
FORKS_MAX = 100
SIZE_TYPE = "text/x.tlog.size"
Clock = Callable[[], float]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a request is answered with, as HTTP says it."""

    status: int
    body: bytes
    content_type: str = "text/plain; charset=utf-8"


class UnknownLog(ValueError):
    """A checkpoint of a log that this witness does not watch."""


class Witness:
    """Watches the logs whose keys it was given. `clock` gives Unix seconds for cosignatures. Thread-safe."""

    def __init__(self, folder: Path, key: WitnessKey, logs: Sequence[Key], clock: Clock = time.time) -> None:
        self.folder = folder
        self.key = key
        self.memory = Memory(folder)
        self._clock = clock
        self._logs: dict[str, list[Key]] = {}
        for each in logs:
            self._logs.setdefault(each.name, []).append(each)

    def open(self, data: bytes) -> tuple[Opened, Checkpoint]:
        """A checkpoint that a trusted key of its log signed. Raises BadCheckpoint, UnknownLog, BadNote."""
        origin = read_checkpoint(data).origin
        if origin not in self._logs:
            raise UnknownLog(origin)
        opened = open_note(data, self._logs[origin])
        return opened, read_checkpoint_text(opened.note.text)

    def add_checkpoint(self, body: bytes) -> Answer:
        """Answer a request to cosign; checks in the order in which the protocol names them."""
        try:
            asked = read_request(body)
            opened, told = self.open(asked.note)
        except (BadRequest, BadCheckpoint) as error:
            return Answer(400, f"{error}\n".encode())
        except UnknownLog:
            return Answer(404, b"this witness does not watch that log\n")
        except BadNote as error:
            status = 400 if error.code == "not_a_note" else 403
            return Answer(status, f"{error}\n".encode())
        if asked.old > told.size:
            return Answer(400, b"the old size is above the checkpoint's\n")
        with self.memory.turn(told.origin) as turn:
            return self._take(turn, asked, opened, told)

    def _take(self, turn: Turn, asked: AddCheckpoint, opened: Opened, told: Checkpoint) -> Answer:
        last = last_of(turn)
        if asked.old != last.size:
            return Answer(409, f"{last.size}\n".encode(), SIZE_TYPE)
        if fault := find_consistency_fault(last.size, told.size, asked.proof, last.root, told.root):
            self.keep_fork(opened.note.bytes(), told)
            return Answer(422, f"the checkpoint does not go on from the last one: {fault}\n".encode())
        return Answer(200, self.cosign(turn, opened).encode())

    def cosign(self, turn: Turn, opened: Opened) -> str:
        """Store a checked checkpoint with our cosignature, durably, and give the signature's line.

        One that lies there already stays: it says since when it was seen, and that is worth more than the last time.
        """
        line = self.key.cosign(opened.note.text, int(self._clock()))
        kept = turn.last()
        if kept is not None and read_note(kept).text == opened.note.text:
            return line.line()
        known = {(key.name, key.id) for key in opened.by}
        by_log = tuple(each for each in opened.note.signatures if (each.name, each.key_id) in known)
        turn.keep(Note(opened.note.text, (*by_log, line)).bytes())
        return line.line()

    def keep_fork(self, note: bytes, told: Checkpoint) -> Path:
        """Put a signed head that contradicts the last one aside; it is the proof against the log's operator."""
        folder = self.folder / FORKS
        folder.mkdir(exist_ok=True)
        path = folder / f"{self.memory.path(told.origin).stem}-{told.size}-{told.root.hex()[:16]}.checkpoint"
        if path.exists() or len(list(folder.iterdir())) < FORKS_MAX:
            write_durably(path, note)
        return path


def last_of(turn: Turn) -> Checkpoint:
    """The last checkpoint of a log; the empty tree before the first."""
    kept = turn.last()
    return Checkpoint("", 0, EMPTY_ROOT) if kept is None else read_checkpoint(kept)
