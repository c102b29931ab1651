"""What a witness remembers: the newest checkpoint of each log, in one folder, one file a log.

The check of a new checkpoint and its storing are one step under a lock that other processes keep too, and what is
stored lies on disk before anybody is answered. Otherwise a slow request could roll the witness back.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SUFFIX = ".checkpoint"


class Memory:
    """The folder. `turn` gives one caller at a time the log's last checkpoint and lets it put a newer one there."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "logs"
        self.folder.mkdir(parents=True, exist_ok=True)

    @contextmanager
    def turn(self, origin: str) -> Iterator[Turn]:
        """For the length of the block nobody else, in this process or another, looks or stores for this log."""
        path = self.path(origin)
        with path.with_suffix(".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield Turn(path)

    def last(self, origin: str) -> bytes | None:
        """The newest checkpoint of this log with our cosignature, None before the first."""
        return Turn(self.path(origin)).last()

    def all(self) -> list[bytes]:
        """The newest checkpoints of all logs."""
        return [path.read_bytes() for path in sorted(self.folder.glob(f"*{SUFFIX}"))]

    def path(self, origin: str) -> Path:
        """Where this log's checkpoint lies; an origin may hold any characters, so the name is its hash."""
        return self.folder / (hashlib.sha256(origin.encode()).hexdigest()[:32] + SUFFIX)


class Turn:
    """One caller's turn with one log."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def last(self) -> bytes | None:
        """The checkpoint that lies there."""
        return self._path.read_bytes() if self._path.exists() else None

    def keep(self, note: bytes) -> None:
        """Put a newer one there; it is on disk when this returns, whole or not at all."""
        write_durably(self._path, note)


def write_durably(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file so that after a crash there is the old one or the new one, never a part."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
