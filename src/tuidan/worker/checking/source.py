"""A file under examination, as bytes at offsets: sealed on disk, opened piece by piece, never written in plain."""

from __future__ import annotations

import io
import os

from tuidan.store.files.sealed import SealedReader

CACHED = 1 << 20


class Source:
    """Bytes at offsets, with the last piece kept, because readers ask for many small ones side by side."""

    def __init__(self, descriptor: int, key: bytes) -> None:
        size = os.fstat(descriptor).st_size
        self._reader = SealedReader(lambda start, length: os.pread(descriptor, length, start), size, key)
        self._start, self._piece = 0, b""
        self.size = self._reader.size

    def read(self, start: int, length: int) -> bytes:
        """At most `length` bytes from `start`."""
        if length > CACHED:
            return self._reader.read(start, length)
        if not self._start <= start <= start + length <= self._start + len(self._piece):
            self._start, self._piece = start, self._reader.read(start, CACHED)
        return self._piece[start - self._start : start - self._start + length]

    def all(self) -> bytes:
        """Everything; only for kinds whose files are small."""
        return self._reader.read(0, self.size)


class SourceFile(io.RawIOBase):
    """The same as a file that can be read and sought, for readers that want one."""

    def __init__(self, source: Source) -> None:
        self._source, self._at = source, 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._source.size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def read(self, size: int = -1) -> bytes:
        length = self._source.size - self._at if size < 0 else size
        found = self._source.read(self._at, max(0, length))
        self._at += len(found)
        return found
