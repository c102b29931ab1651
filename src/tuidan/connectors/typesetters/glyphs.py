"""Which characters a font can show: its character map, read from the OpenType file, and text made to fit it.

A character that no font has would stand in an archive as an empty box, and PDF/A refuses it; it is written out as its
number instead, so that nobody can hide something in a document, or break it.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterator
from pathlib import Path

FULL, SEGMENTS = 12, 4
KEPT_CONTROLS = frozenset("\n")
# They only choose how a neighbour is drawn.
DROPPED = frozenset({0xFE0E, 0xFE0F, 0x200C, 0x200D, 0xFEFF, 0x00AD})
SPACES = frozenset({0x200B, 0x00A0, 0x2009, 0x202F})


def characters_of(font: Path) -> frozenset[int]:
    """The code points that the font draws. Raises ValueError for a file without a Unicode map."""
    data = font.read_bytes()
    maps = dict(_maps(data, _table(data, b"cmap")))
    if FULL in maps:
        return frozenset(_full(data, maps[FULL]))
    if SEGMENTS in maps:
        return frozenset(_segments(data, maps[SEGMENTS]))
    raise ValueError(f"{font.name} has no map of characters that is known here")


def fitted(text: str, characters: frozenset[int]) -> str:
    """The text with each character that cannot be shown written out, such as [U+1F600]."""
    return "".join(
        sign if ord(sign) in characters or sign in KEPT_CONTROLS else _written_out(sign) for sign in text
    )


def _written_out(sign: str) -> str:
    code = ord(sign)
    if code in DROPPED:
        return ""
    if code in SPACES or unicodedata.category(sign) == "Zs":
        return " "
    return f"[U+{code:04X}]"


def _table(data: bytes, tag: bytes) -> int:
    (count,) = struct.unpack_from(">H", data, 4)
    for n in range(count):
        name, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * n)
        if name == tag:
            return int(offset)
    raise ValueError("no such table")


def _maps(data: bytes, start: int) -> Iterator[tuple[int, int]]:
    """(format, offset) of each map of Unicode."""
    (count,) = struct.unpack_from(">H", data, start + 2)
    for n in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * n)
        if platform == 0 or (platform, encoding) in ((3, 1), (3, 10)):
            (form,) = struct.unpack_from(">H", data, start + offset)
            if form in (FULL, SEGMENTS):
                yield form, start + offset


def _full(data: bytes, start: int) -> Iterator[int]:
    (groups,) = struct.unpack_from(">I", data, start + 12)
    for n in range(groups):
        first, last, glyph = struct.unpack_from(">III", data, start + 16 + 12 * n)
        yield from range(first if glyph else first + 1, last + 1)


def _segments(data: bytes, start: int) -> Iterator[int]:
    (doubled,) = struct.unpack_from(">H", data, start + 6)
    for n in range(doubled // 2):
        (last,) = struct.unpack_from(">H", data, start + 14 + 2 * n)
        (first,) = struct.unpack_from(">H", data, start + 16 + doubled + 2 * n)
        if last != 0xFFFF:
            yield from range(first, last + 1)
