"""Changing the log's key: a note, signed by the old and the new one, that says from which size on the new one counts.

Whoever trusts the old key can follow to the new one without asking us anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tuidan.domain.tlog.checkpoint import Checkpoint, read_hash, read_number
from tuidan.domain.tlog.note import BadNote, Key, open_note, read_note, read_vkey

HEAD = "tuidan log key handover v1"


@dataclass(frozen=True, slots=True)
class Handover:
    """`old` signed last at this size and root; `new` signs from there on."""

    old: Key
    new: Key
    size: int
    root: bytes

    def text(self) -> str:
        """The text that both keys sign. No checkpoint begins like this."""
        head = Checkpoint(self.new.name, self.size, self.root).text()
        return f"{HEAD}\n{self.old.vkey()}\n{self.new.vkey()}\n{head}"


def read_handover(data: bytes) -> Handover:
    """A handover that both keys have signed. Raises BadNote."""
    lines = read_note(data).text.split("\n")
    if len(lines) != 7 or lines[0] != HEAD:
        raise BadNote("not_a_note")
    try:
        told = Handover(read_vkey(lines[1]), read_vkey(lines[2]), read_number(lines[4]), read_hash(lines[5]))
    except BadNote:
        raise
    except ValueError:
        raise BadNote("not_a_note") from None
    if told.text() != "\n".join(lines):
        raise BadNote("not_a_note")
    if len(open_note(data, [told.old, told.new]).by) != 2:
        raise BadNote("unknown_keys")
    return told


def keys_from(trusted: Key, handovers: Iterable[bytes]) -> list[Key]:
    """The keys that a trusted one leads to, oldest first, itself included. Handovers come oldest first.

    What does not begin at the key reached so far is passed over. Raises BadNote for one that does not hold.
    """
    keys = [trusted]
    for told in map(read_handover, handovers):
        if told.old == keys[-1]:
            keys.append(told.new)
    return keys
