"""A ZIP in one form only: files stored one after another, no times, no extra fields. The same files, the same bytes.

Nothing is compressed: what weighs, pictures and videos, would not shrink, and a reader need not fear what unfolds.
Limits are those of the plain format: no more than 4 GiB in all.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
VERSION, DATE = 20, 0x21  # 2.0, 1980-01-01, the first day that the format knows
ARCHIVE_BYTES_MAX = 2**32 - 1
FILES_MAX = 20_000


@dataclass(frozen=True, slots=True)
class File:
    """One file: its name (ASCII), size in bytes, SHA-256 (hex), CRC, and its contents piece by piece."""

    name: str
    size: int
    sha256: str
    crc: int
    pieces: Callable[[], Iterable[bytes]]


def small_file(name: str, data: bytes) -> File:
    """A file that is in memory."""
    return File(name, len(data), hashlib.sha256(data).hexdigest(), zlib.crc32(data), lambda: (data,))


def large_file(name: str, pieces: Callable[[], Iterable[bytes]]) -> File:
    """A file that is read twice, piece by piece: now for its sums, later for its contents."""
    size, crc, digest = 0, 0, hashlib.sha256()
    for piece in pieces():
        size, crc = size + len(piece), zlib.crc32(piece, crc)
        digest.update(piece)
    return File(name, size, digest.hexdigest(), crc, pieces)


def archive_size(files: Sequence[File]) -> int:
    """How many bytes the archive of these files has."""
    around = LOCAL.size + CENTRAL.size
    return sum(around + 2 * len(file.name) + file.size for file in files) + END.size


def write_archive(files: Sequence[File]) -> Iterator[bytes]:
    """The archive piece by piece. Raises ValueError where a file has become another, or all of it is too large."""
    if archive_size(files) > ARCHIVE_BYTES_MAX or len(files) > FILES_MAX:
        raise ValueError("the archive is too large for its format")
    directory, at = [], 0
    for file in files:
        name = file.name.encode("ascii")
        told = (0, 0, 0, DATE, file.crc, file.size, file.size, len(name), 0)
        directory.append(CENTRAL.pack(b"PK\1\2", VERSION, VERSION, *told, 0, 0, 0, 0, at) + name)
        header = LOCAL.pack(b"PK\3\4", VERSION, *told) + name
        yield header
        size, crc = 0, 0
        for piece in file.pieces():
            size, crc = size + len(piece), zlib.crc32(piece, crc)
            yield piece
        if (size, crc) != (file.size, file.crc):
            raise ValueError(f"{file.name} changed while it was read")
        at += len(header) + file.size
    listed = b"".join(directory)
    yield listed
    yield END.pack(b"PK\5\6", 0, 0, len(files), len(files), len(listed), at, 0)
