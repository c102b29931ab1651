"""The outer form of JPEG, PNG, GIF and WebP, walked byte by byte: nothing may be missing and nothing may follow.

A decoder stops where the picture ends and never sees what is hidden behind it; these walks do.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable

from tuidan.domain.upload.kinds import GIF_FRAMES_MAX
from tuidan.worker.checking.finding import Refuse
from tuidan.worker.checking.media_type import refuse_inside

PADDING_MAX = 64 * 1024
SCANS_MAX = 200
PICTURES_MAX = 4  # a phone's JPEG may carry a preview and a brightness map behind the picture itself
PNG_KNOWN = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})


def walk_jpeg(data: bytes) -> None:
    """Raises Refuse unless it is a whole JPEG, with at most further whole JPEGs and zeros behind it."""
    end = _jpeg_end(data, 0)
    for _ in range(PICTURES_MAX):
        following = (
            end + len(data[end : end + PADDING_MAX]) - len(data[end : end + PADDING_MAX].lstrip(b"\0"))
        )
        if data[following : following + 2] != b"\xff\xd8" or b"MPF\0" not in data[:65_536]:
            break
        end = _jpeg_end(data, following)
    _refuse_rest(data, end)


def _jpeg_end(data: bytes, at: int) -> int:
    at, scans, framed = at + 2, 0, False
    while True:
        if data[at : at + 1] != b"\xff":
            raise Refuse("truncated" if at >= len(data) else "broken", "no marker where one belongs")
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        marker = data[at + 1] if at + 1 < len(data) else 0
        at += 2
        if marker == 0xD9:
            if not scans:
                raise Refuse("broken", "no picture data")
            return at
        if marker in (0x00, 0x01, 0xD8) or 0xD0 <= marker <= 0xD7:
            raise Refuse("broken", "a marker in a wrong place")
        length = int.from_bytes(data[at : at + 2], "big")
        if length < 2 or at + length > len(data):
            raise Refuse("truncated", "a segment is cut off")
        refuse_inside(data[at : at + length])
        framed |= 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC)
        at += length
        if marker == 0xDA:
            scans += 1
            if not framed or scans > SCANS_MAX:
                raise Refuse("broken" if not framed else "too_heavy", "scans")
            at = _scan_end(data, at)


def _scan_end(data: bytes, at: int) -> int:
    """The next marker that is neither a stuffed byte nor a restart."""
    while True:
        at = data.find(b"\xff", at)
        if at < 0 or at + 1 >= len(data):
            raise Refuse("truncated", "the picture data has no end")
        following = data[at + 1]
        if following == 0xFF:
            at += 1
        elif following == 0 or 0xD0 <= following <= 0xD7:
            at += 2
        else:
            return at


def walk_png(data: bytes) -> None:
    """Raises Refuse unless all chunks are whole, with right sums, in the right order, and nothing follows."""
    at, length = 8, 0
    names: list[bytes] = []
    while True:
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        end = at + 12 + length
        if len(name) < 4 or end > len(data):
            raise Refuse("truncated", "a chunk is cut off")
        body = data[at + 8 : end - 4]
        if zlib.crc32(name + body).to_bytes(4, "big") != data[end - 4 : end]:
            raise Refuse("broken", "a chunk's sum is wrong")
        if not name.isalpha() or (name[0] & 0x20 == 0 and name not in PNG_KNOWN):
            raise Refuse("broken", "a chunk that nobody knows")
        if name != b"IDAT":
            refuse_inside(body)
        if (name == b"IHDR") != (not names) or (name == b"IHDR" and not _is_png_header(body)):
            raise Refuse("broken", "the header is not first, or not right")
        if name == b"IDAT" and b"IDAT" in names and names[-1] != b"IDAT":
            raise Refuse("broken", "the picture data is in pieces")
        names.append(name)
        at = end
        if name == b"IEND":
            break
    if b"IDAT" not in names or length:
        raise Refuse("broken", "no picture data")
    _refuse_rest(data, at)


def _is_png_header(body: bytes) -> bool:
    """Thirteen bytes; packing and filter 0, in order or interlaced by the one known way."""
    return len(body) == 13 and body[10:12] == b"\0\0" and body[12] in (0, 1)


def walk_gif(data: bytes) -> None:
    """Raises Refuse unless all blocks are whole, frames lie inside the screen, and nothing follows the trailer."""
    if len(data) < 13:
        raise Refuse("truncated", "no screen")
    wide, high = int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
    at, frames = 13 + _table(data[10]), 0
    while True:
        kind = data[at : at + 1]
        if kind == b"\x3b":
            break
        if kind == b"\x21":
            start = at + 2
            at = _blocks_end(data, start)
            refuse_inside(data[start:at])
        elif kind == b"\x2c" and at + 10 <= len(data):
            x, y, w, h = (int.from_bytes(data[at + i : at + i + 2], "little") for i in (1, 3, 5, 7))
            frames += 1
            if x + w > wide or y + h > high or frames > GIF_FRAMES_MAX:
                raise Refuse("too_many_frames" if frames > GIF_FRAMES_MAX else "broken", "frames")
            at = _blocks_end(data, at + 10 + _table(data[at + 9]) + 1)
        else:
            raise Refuse("truncated" if at >= len(data) else "broken", "no block where one belongs")
    if not frames:
        raise Refuse("broken", "no picture")
    _refuse_rest(data, at + 1)


def _table(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _blocks_end(data: bytes, at: int) -> int:
    while at < len(data):
        size = data[at]
        at += 1 + size
        if not size:
            return at
    raise Refuse("truncated", "a block is cut off")


def walk_webp(data: bytes) -> None:
    """Raises Refuse unless the container is as long as it says and its chunks fill it."""
    told = int.from_bytes(data[4:8], "little") + 8
    if told > len(data):
        raise Refuse("truncated", "shorter than it says")
    at, names = 12, []
    while at < told:
        name, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        end = at + 8 + length + (length & 1)
        if len(name) < 4 or end > told:
            raise Refuse("broken", "a chunk is cut off")
        if name not in (b"VP8 ", b"VP8L", b"ALPH", b"ANMF"):
            refuse_inside(data[at + 8 : end])
        names.append(name)
        at = end
    if not names or names[0] not in (b"VP8 ", b"VP8L", b"VP8X"):
        raise Refuse("broken", "no picture data")
    if names.count(b"ANMF") > GIF_FRAMES_MAX:
        raise Refuse("too_many_frames")
    _refuse_rest(data, told)


def _refuse_rest(data: bytes, end: int) -> None:
    rest = data[end:]
    if len(rest) > PADDING_MAX or rest.strip(b"\0"):
        raise Refuse("hidden_data", f"{len(rest)} bytes after the end")


WALKS: dict[str, Callable[[bytes], None]] = {
    "image/jpeg": walk_jpeg,
    "image/png": walk_png,
    "image/gif": walk_gif,
    "image/webp": walk_webp,
}
