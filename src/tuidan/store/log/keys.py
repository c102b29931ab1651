"""Whose signature the log carries: the keys, newest first, and handing over from one to the next."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from tuidan.domain.tlog.note import Key, read_vkey
from tuidan.domain.tlog.trouble import NotSigned
from tuidan.store import connection
from tuidan.store.log.folder import make_key

KEYS = "SELECT n, vkey, from_size, until_size, at, statement FROM log_key ORDER BY n DESC"


@dataclass(frozen=True, slots=True)
class LogKey:
    """Key `n` signs checkpoints of `from_size` leaves or more, and none beyond `until_size` (None: it is in use).

    `statement` is the note by which the key before handed over to it; empty for the first.
    """

    n: int
    key: Key
    from_size: int
    until_size: int | None
    at: datetime
    statement: bytes

    def signs(self, size: int) -> bool:
        """Whether a checkpoint over so many leaves may carry its signature."""
        return self.from_size <= size and (self.until_size is None or size <= self.until_size)


def load_keys() -> list[LogKey]:
    """All keys of the log, newest first."""
    return [
        LogKey(n, read_vkey(vkey), from_size, until_size, at, bytes(statement))
        for n, vkey, from_size, until_size, at, statement in connection.fetch_all(KEYS, ())
    ]


def current_key(now: datetime) -> LogKey:
    """The key that signs; the very first is made here. Of two processes that make one, one wins and both use it.

    Raises NotSigned when there should be keys and are none.
    """
    keys = load_keys()
    if not keys:
        write_key(1, make_key(settings.LOG_ORIGIN), 0, now, b"")
        keys = load_keys()
    if not keys:  # checkpoints without any key: rows were taken away
        raise NotSigned("rows_missing", 0)
    return keys[0]


def write_key(n: int, key: Key, size: int, now: datetime, statement: bytes) -> bool:
    """Let key n take over at this size; False when somebody else was first."""
    row = connection.fetch_one("SELECT log_key_v1(%s, %s, %s, %s, %s)", (n, key.vkey(), size, now, statement))
    return row is not None and bool(row[0])
