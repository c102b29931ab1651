"""What keeps bytes under a name, whatever it is (a folder, an S3-compatible store), and every way it can fail.

The names and bytes that it sees are sealed already: it never learns what a file shows (ADR evidence-files).
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

FULL, MISSING, UNAVAILABLE, BROKEN = "full", "missing", "unavailable", "broken"


class StoreTrouble(Exception):
    """Bytes could not be kept or read; nothing half is left. `code`: full, missing, unavailable or broken."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


class ObjectStore(Protocol):
    """Keeps whole objects; an object appears whole or not at all, and is never changed. Raises StoreTrouble."""

    def put(self, name: str, source: Path) -> None:
        """Keep the finished local file `source` under `name`; the file belongs to the store from then on.

        The same name again is the same object: it is kept once. When this returns, a power cut loses nothing.
        """

    def read(self, name: str, start: int, length: int) -> bytes:
        """At most `length` bytes from `start`; fewer only at the end. Raises StoreTrouble `missing`."""

    def local(self, name: str) -> Path | None:
        """Where the object lies on this machine; None where it lies elsewhere. Raises StoreTrouble `missing`."""

    def size(self, name: str) -> int:
        """How many bytes the object has. Raises StoreTrouble `missing`."""

    def delete(self, name: str) -> None:
        """Take the object away; one that is not there is no fault."""
