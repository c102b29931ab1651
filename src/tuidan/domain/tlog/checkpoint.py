"""Checkpoints (c2sp.org/tlog-checkpoint): the signed head of the log, as three lines of a signed note."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass

from tuidan.domain.tlog.note import BadNote, read_note
from tuidan.domain.tlog.tree import HASH_BYTES

SIZE_MAX = 2**63 - 1


class BadCheckpoint(ValueError):
    """A note whose text is no checkpoint."""


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The head of a log: which log, how many leaves, and the root over them. `more` are extension lines."""

    origin: str
    size: int
    root: bytes
    more: tuple[str, ...] = ()

    def text(self) -> str:
        """The text that is signed."""
        root = base64.b64encode(self.root).decode("ascii")
        return "".join(f"{line}\n" for line in (self.origin, str(self.size), root, *self.more))


def read_number(text: str) -> int:
    """A decimal number as the texts of a log have it: digits only, no zero in front. Raises ValueError."""
    if not text.isascii() or not text.isdecimal() or (text[0] == "0" and text != "0"):
        raise ValueError(f"not a number: {text[:20]!r}")
    if len(text) > len(str(SIZE_MAX)) or int(text) > SIZE_MAX:
        raise ValueError("the number is too large")
    return int(text)


def read_hash(text: str) -> bytes:
    """A hash in base64, in the one spelling that it has. Raises ValueError."""
    try:
        data = base64.b64decode(text.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        raise ValueError("not base64") from None
    if len(data) != HASH_BYTES or base64.b64encode(data).decode("ascii") != text:
        raise ValueError("not a SHA-256 in base64")
    return data


def read_checkpoint_text(text: str) -> Checkpoint:
    """The checkpoint in the text of a note that was opened. Raises BadCheckpoint."""
    lines = text.split("\n")
    if len(lines) < 4 or lines[-1] or not all(lines[:-1]):
        raise BadCheckpoint("a checkpoint has three lines: origin, size, root")
    try:
        return Checkpoint(lines[0], read_number(lines[1]), read_hash(lines[2]), tuple(lines[3:-1]))
    except ValueError as error:
        raise BadCheckpoint(str(error)) from None


def read_checkpoint(data: bytes) -> Checkpoint:
    """The checkpoint in a note whose signatures are not looked at here. Raises BadCheckpoint."""
    try:
        return read_checkpoint_text(read_note(data).text)
    except BadNote as error:
        raise BadCheckpoint(str(error)) from None
