"""Reads the ZIP of a bundle, and only the one form in which Tuidan writes it.

Files are stored, never packed, so nothing can swell; every byte outside the files is known beforehand, so nothing can
hide between them and no two programs can see two different bundles. The file is mapped, not read: memory stays small
however large a file of evidence is.
"""

from __future__ import annotations

import hashlib
import mmap
import re
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tuidan.verifier.finding import Refused

LOCAL = struct.Struct("<4s5H3L2H")
CENTRAL = struct.Struct("<4s6H3L5H2L")
END = struct.Struct("<4s4H2LH")
VERSION, DATE = 20, 0x21  # 2.0, 1980-01-01
ENTRIES_MAX = 20_000
DIRECTORY_BYTES_MAX = 8_000_000
PIECE_BYTES = 65_536
TEXT_BYTES_MAX = 16_000_000
KNOWN = re.compile(
    r"README\.txt|index\.html|index\.css|manifest\.(?:json|note)|verify\.py|(?:log|desk)\.vkey|policy\.txt|checkpoint|checkpoint\.tsr|tsa-ca\.pem"
    r"|head\.entry|head\.tlog-proof|ledger\.json|listing\.json|decision-[0-9]{1,6}\.json|decision-[0-9]{1,6}\.facts\.jsonl"
    r"|events/[0-9]{4,8}\.json|events/chain\.txt|policy/[0-9a-f]{64}\.json|words/(?:[0-9]{4,8}|account)\.txt"
    r"|evidence/[0-9a-f]{64}"
)


def local_header(name: bytes, size: int, crc: int) -> bytes:
    """The bytes in front of a stored file."""
    return LOCAL.pack(b"PK\3\4", VERSION, 0, 0, 0, DATE, crc, size, size, len(name), 0) + name


def central_header(name: bytes, size: int, crc: int, offset: int) -> bytes:
    """The bytes of a stored file in the directory at the end."""
    told = (b"PK\1\2", VERSION, VERSION, 0, 0, 0, DATE, crc, size, size, len(name), 0, 0, 0, 0, 0, offset)
    return CENTRAL.pack(*told) + name


def end_record(count: int, size: int, offset: int) -> bytes:
    """The last bytes of the file."""
    return END.pack(b"PK\5\6", 0, 0, count, count, size, offset, 0)


def shown(name: object) -> str:
    """A name for the report: short, and without signs that could play tricks on a screen."""
    text = ascii(name)[1:-1]
    return text if len(text) <= 120 else text[:117] + "..."


@dataclass(frozen=True)
class Entry:
    """Where a file lies in the ZIP, its size in bytes and its CRC as told."""

    offset: int
    size: int
    crc: int


class Container:
    """The files of a bundle. Raises Refused where the file is not a bundle's ZIP; close it after use."""

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:  # an empty file cannot be mapped
            raise Refused("not_a_zip") from None
        except OSError:
            raise Refused("cannot_open", path=shown(str(path))) from None
        self._sums: dict[str, tuple[str, bool]] = {}
        try:
            self.entries = self._directory()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let go of the file."""
        self._bytes.close()

    def _at(self, offset: int, size: int) -> bytes:
        return self._bytes[offset : offset + size]

    def _directory(self) -> dict[str, Entry]:
        length = len(self._bytes)
        if length < END.size:
            raise Refused("not_a_zip")
        end = self._at(length - END.size, END.size)
        mark, _, _, _, count, size, offset, _ = END.unpack(end)
        if mark != b"PK\5\6":
            raise Refused("not_a_zip")
        if size > DIRECTORY_BYTES_MAX or count > ENTRIES_MAX:
            raise Refused("too_many_files", most=ENTRIES_MAX)
        if offset + size + END.size != length or end != end_record(count, size, offset):
            raise Refused("zip_changed", place="end record")
        found: dict[str, Entry] = {}
        directory, at, expected = self._at(offset, size), 0, 0
        for _ in range(count):
            name, entry = self._entry(directory, at, expected)
            if name in found:
                raise Refused("twice", name=name)
            found[name] = entry
            at += CENTRAL.size + len(name)
            expected = entry.offset + entry.size
        if at != size or expected != offset:
            raise Refused("zip_changed", place="central directory")
        return found

    def _entry(self, directory: bytes, at: int, expected: int) -> tuple[str, Entry]:
        """The file that the directory names at `at`; its header must stand at `expected`."""
        if len(directory) - at < CENTRAL.size:
            raise Refused("zip_changed", place="central directory")
        told = CENTRAL.unpack_from(directory, at)
        method, crc, packed, size, name_size = told[4], told[7], told[8], told[9], told[10]
        raw = directory[at + CENTRAL.size : at + CENTRAL.size + name_size]
        name = raw.decode("ascii", "replace")
        if not KNOWN.fullmatch(name):
            raise Refused("unknown_file", name=shown(name))
        if method != 0 or packed != size:
            raise Refused("packed", name=name)
        header, again = local_header(raw, size, crc), central_header(raw, size, crc, expected)
        if directory[at : at + len(again)] != again or self._at(expected, len(header)) != header:
            raise Refused("zip_changed", place=name)
        return name, Entry(expected + len(header), size, crc)

    def pieces(self, name: str) -> Iterator[bytes]:
        """The contents of a file, piece by piece."""
        entry = self.entries[name]
        end = entry.offset + entry.size
        for at in range(entry.offset, end, PIECE_BYTES):
            yield self._bytes[at : min(end, at + PIECE_BYTES)]

    def sha256(self, name: str) -> tuple[str, bool]:
        """SHA-256 of a file (hex), and whether the ZIP's own sum of it holds; worked out once."""
        found = self._sums.get(name)
        if found is None:
            digest, crc = hashlib.sha256(), 0
            for piece in self.pieces(name):
                digest.update(piece)
                crc = zlib.crc32(piece, crc)
            found = self._sums[name] = (digest.hexdigest(), crc == self.entries[name].crc)
        return found

    def read(self, name: str) -> bytes:
        """A small file whole. Raises Refused for one that is missing or too large."""
        if name not in self.entries:
            raise Refused("missing_file", name=name)
        if self.entries[name].size > TEXT_BYTES_MAX:
            raise Refused("too_large", name=name, most=TEXT_BYTES_MAX)
        return self._at(self.entries[name].offset, self.entries[name].size)
