"""The clean copy as it is written: a file for the writers of pictures and documents, sealed on its way to the disk."""

from __future__ import annotations

import io
from typing import BinaryIO

from tuidan.store.files.sealed import SealedWriter


class SealedCopy(io.RawIOBase, BinaryIO):
    """Takes what is written from front to back. `finish` gives the SHA-256 of it all."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._sealing = SealedWriter(file, key)

    @property
    def size(self) -> int:
        """How many bytes were written."""
        return self._sealing.size

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._sealing.size

    def write(self, data: object) -> int:
        plain = bytes(data)  # type: ignore[call-overload]
        self._sealing.write(plain)
        return len(plain)

    def finish(self) -> str:
        """Write the last piece. The file below stays open."""
        return self._sealing.close()
