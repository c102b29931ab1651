"""A new key for the log: the last head is signed by both, and a note hands over from one to the other."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings

from tuidan.domain.tlog.checkpoint import read_checkpoint
from tuidan.domain.tlog.handover import Handover
from tuidan.domain.tlog.note import Key, Note, sign
from tuidan.domain.tlog.trouble import NotSigned
from tuidan.store.log import folder
from tuidan.store.log.checkpoints import add_signatures, newest_note, note_at, sign_newest
from tuidan.store.log.keys import LogKey, current_key, load_keys, write_key

TRIES_MAX = 20


def rotate_key(now: datetime) -> LogKey:
    """Make a new key and let it take over; gives the row of the new key.

    The name is the one that the settings give now. Another name is another log: it begins with the same leaves, and
    nothing is signed under the old name any more, not even when that name has seen more than the database has.
    Raises NotSigned when the old key is not here, or the tree must not be signed.
    """
    for _ in range(TRIES_MAX):
        old = current_key(now)
        if old.key.name == settings.LOG_ORIGIN:
            sign_newest(now)
        note = newest_note()
        if note is None:
            raise NotSigned("rows_missing", 0)
        head = read_checkpoint(note)
        new = folder.make_key(settings.LOG_ORIGIN)
        told = Handover(old.key, new, head.size, head.root)
        if write_key(old.n + 1, new, head.size, now, _signed(told, [old.key, new])):
            if new.name == head.origin:
                _sign_too(head.text(), head.size, new)
            return load_keys()[0]
        folder.forget_key(new)
    raise NotSigned("busy", 0)


def _sign_too(text: str, size: int, new: Key) -> None:
    """Add the new key's signature to the last checkpoint of the old one, here and in the folder."""
    private = folder.load_key(new)
    if private is None:
        raise NotSigned("key_missing", size)
    add_signatures(size, [sign(text, new.name, private).line()])
    note = note_at(size)
    if note is not None:
        folder.keep_published(note, read_checkpoint(note))


def _signed(told: Handover, keys: list[Key]) -> bytes:
    text, signatures = told.text(), []
    for key in keys:
        private = folder.load_key(key)
        if private is None:
            raise NotSigned("key_missing", told.size)
        signatures.append(sign(text, key.name, private))
    return Note(text, tuple(signatures)).bytes()
