"""The sealed form of a file: AES-256-GCM in chunks, so that any part of it is read and checked alone.

    header  "TDF1", 5 zero bytes, 7 random bytes        16 bytes
    chunks  each CHUNK bytes (the last may be shorter), encrypted, with its tag of 16 bytes

The nonce of a chunk is the random bytes, its number (4 bytes) and whether it is the last, as in STREAM (Hoang and
others, 2015): a chunk that is changed, moved, left out or cut off does not open. Every content has a key of its own.
Pure: no Django, no database, no clock.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from tuidan.domain.upload.objects import BROKEN, StoreTrouble

CHUNK = 256 * 1024
FETCHED_AT_ONCE = 16
TAG = 16
KEY_BYTES = 32
MAGIC = b"TDF1" + bytes(5)
PREFIX_BYTES = 7
HEADER = len(MAGIC) + PREFIX_BYTES
Fetch = Callable[[int, int], bytes]


def new_key() -> bytes:
    """A key for one content."""
    return os.urandom(KEY_BYTES)


class SealedWriter:
    """Seals what is written to it into `file`; `close` writes the last chunk. Sums up size and SHA-256 on the way."""

    def __init__(self, file: BinaryIO, key: bytes) -> None:
        self._file, self._cipher = file, AESGCM(key)
        self._header = MAGIC + os.urandom(PREFIX_BYTES)
        self._waiting = bytearray()
        self._n = 0
        self._sum = hashlib.sha256()
        self.size = 0
        file.write(self._header)

    def write(self, data: bytes) -> None:
        """Take more of the plain content."""
        self.size += len(data)
        self._sum.update(data)
        self._waiting += data
        while len(self._waiting) > CHUNK:
            self._seal(bytes(self._waiting[:CHUNK]), last=False)
            del self._waiting[:CHUNK]

    def close(self) -> str:
        """Write what is left; gives the SHA-256 of the plain content in hex. The file itself stays open."""
        self._seal(bytes(self._waiting), last=True)
        self._waiting.clear()
        return self._sum.hexdigest()

    def _seal(self, data: bytes, *, last: bool) -> None:
        self._file.write(self._cipher.encrypt(_nonce(self._header, self._n, last), data, self._header))
        self._n += 1


class SealedReader:
    """Reads any part of a sealed content; `fetch(offset, length)` gives bytes of its sealed form."""

    def __init__(self, fetch: Fetch, sealed_size: int, key: bytes) -> None:
        self._fetch, self._cipher = fetch, AESGCM(key)
        body = sealed_size - HEADER
        self._chunks = max(1, -(-body // (CHUNK + TAG)))
        self.size = body - self._chunks * TAG
        self._header = fetch(0, HEADER)
        if self.size < 0 or not self._header.startswith(MAGIC) or len(self._header) != HEADER:
            raise StoreTrouble(BROKEN, "the object is not a sealed file")

    def read(self, start: int, length: int) -> bytes:
        """At most `length` plain bytes from `start`. Raises StoreTrouble `broken` where the seal does not hold."""
        end = min(self.size, start + length)
        if start >= end:
            return b""
        first, last = start // CHUNK, (end - 1) // CHUNK
        plain = b"".join(self._opened(first, last))
        return plain[start - first * CHUNK : end - first * CHUNK]

    def chunks(self) -> Iterator[bytes]:
        """The whole content, chunk by chunk; several are fetched at once, because a far store counts questions."""
        for n in range(0, self._chunks, FETCHED_AT_ONCE):
            yield from self._opened(n, min(n + FETCHED_AT_ONCE, self._chunks) - 1)

    def _opened(self, first: int, last: int) -> Iterator[bytes]:
        step = CHUNK + TAG
        sealed = self._fetch(HEADER + first * step, (last - first + 1) * step)
        for n in range(first, last + 1):
            part = sealed[(n - first) * step : (n - first + 1) * step]
            try:
                yield self._cipher.decrypt(_nonce(self._header, n, n == self._chunks - 1), part, self._header)
            except (InvalidTag, ValueError) as error:
                raise StoreTrouble(BROKEN, f"chunk {n} of a sealed file does not open") from error


def _nonce(header: bytes, n: int, last: bool) -> bytes:
    return header[-PREFIX_BYTES:] + n.to_bytes(4, "big") + bytes([last])
