"""Files that are cut short, changed, or that break the rules of their own kind."""

from __future__ import annotations

import random

from tuidan.sandbox.hostile.kind import HostileFile, chunk, header, png_of, sound, zeros_packed

ENDINGS = {"jpeg": "jpg"}
KINDS = ("jpeg", "png", "gif", "webp", "pdf", "mp4", "webm")
PARTS = (0.02, 0.1, 0.3, 0.5, 0.8, 0.97)
FLIPS = 24


def cut_short() -> list[HostileFile]:
    """Each kind, ended too early in several places."""
    return [
        HostileFile(
            f"{kind} cut at {part:.0%}", _name(kind), sound(kind)[: max(8, int(len(sound(kind)) * part))]
        )
        for kind in KINDS
        for part in PARTS
    ]


def flipped() -> list[HostileFile]:
    """PNG with one byte changed behind its signature: its sums tell."""
    chance, found = random.Random(26), []  # noqa: S311 - the same files on every run
    for i in range(FLIPS):
        data = bytearray(sound("png"))
        data[chance.randrange(8, len(data))] ^= 1 << chance.randrange(8)
        found.append(HostileFile(f"PNG with a changed byte, {i}", "a.png", bytes(data)))
    return found


def broken() -> list[HostileFile]:
    """Rules of each kind broken one at a time."""
    made = {**_png(), **_jpeg(), **_gif(), **_webp()}
    return [HostileFile(what, f"a.{what.split()[0].lower()}", data) for what, data in made.items()]


def _name(kind: str) -> str:
    return f"a.{ENDINGS.get(kind, kind)}"


def _png() -> dict[str, bytes]:
    data, end = chunk(b"IDAT", zeros_packed(1)), chunk(b"IEND", b"")
    small = header(8, 8)
    return {
        "PNG without a header": png_of(data, end),
        "PNG with two headers": png_of(small, small, data, end),
        "PNG without data": png_of(small, end),
        "PNG with data in two places": png_of(small, data, chunk(b"tIME", bytes(7)), data, end),
        "PNG without an end": png_of(small, data),
        "PNG with a body in its end": png_of(small, data, chunk(b"IEND", b"x")),
        "PNG with an unknown needed chunk": png_of(small, chunk(b"EVIL", b""), data, end),
        "PNG with a chunk of no name": png_of(small, chunk(b"\0\0\0\0", b""), data, end),
        "PNG of no width": png_of(header(0, 8), data, end),
        "PNG of no height": png_of(header(8, 0), data, end),
        "PNG of an impossible depth": png_of(header(8, 8, depth=3), data, end),
        "PNG of an impossible colour": png_of(header(8, 8, colour=5), data, end),
        "PNG of an impossible order": png_of(header(8, 8, rest=b"\0\0\x09"), data, end),
        "PNG with a long header": png_of(chunk(b"IHDR", bytes(14)), data, end),
        "PNG with a short header": png_of(chunk(b"IHDR", bytes(5)), data, end),
        "PNG whose data is no stream": png_of(small, chunk(b"IDAT", b"\xff" * 50), end),
        "PNG with too little data": png_of(
            header(4000, 4000), chunk(b"IDAT", b"\x78\x9c\x03\0\0\0\0\x01"), end
        ),
        "PNG whose chunk is longer than the file": png_of(small) + b"\x7f\xff\xff\xffIDAT" + bytes(50),
        "PNG whose chunk is longer than can be": png_of(small) + b"\xff\xff\xff\xffIDAT" + bytes(50),
        "PNG with a palette too large": png_of(
            header(8, 8, colour=3), chunk(b"PLTE", bytes(3000)), data, end
        ),
    }


def _segment(marker: int, body: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body


def _jpeg() -> dict[str, bytes]:
    start, end = b"\xff\xd8", b"\xff\xd9"
    frame = _segment(0xC0, b"\x08\0\x08\0\x08\x01\x01\x11\0")
    scan = _segment(0xDA, b"\x01\x01\0\0\x3f\0") + b"\x12\x34"
    whole = sound("jpeg")
    cut = whole.index(b"\xff\xdb")
    return {
        "JPEG of nothing": start + end,
        "JPEG of two starts": start + whole,
        "JPEG with a segment of no length": start + b"\xff\xe0\0\0" + whole[2:],
        "JPEG with a segment of length one": start + b"\xff\xe0\0\x01" + whole[2:],
        "JPEG with a segment beyond its end": whole[:-2] + b"\xff\xe1\xff\xff",
        "JPEG without tables": start + frame + scan + end,
        "JPEG without a frame": start + scan + end,
        "JPEG of no width": start + _segment(0xC0, b"\x08\0\x08\0\0\x01\x01\x11\0") + scan + end,
        "JPEG of no components": start + _segment(0xC0, b"\x08\0\x08\0\x08\0") + scan + end,
        "JPEG of many components": start + _segment(0xC0, b"\x08\0\x08\0\x08\xff" + bytes(765)) + scan + end,
        "JPEG without its tables": whole[:cut] + whole[whole.index(b"\xff\xc0") :],
        "JPEG with noise before a marker": whole[:2] + b"noise" + whole[2:],
        "JPEG with a restart outside": start + b"\xff\xd0" + whole[2:],
        "JPEG without an end": whole[:-2],
    }


def _gif() -> dict[str, bytes]:
    screen = b"GIF89a\x08\0\x08\0\x80\0\0\0\0\0\xff\xff\xff"
    frame = b"\x2c\0\0\0\0\x08\0\x08\0\0\x02\x02\x44\x01\0"
    return {
        "GIF of nothing": b"GIF89a",
        "GIF without a frame": screen + b"\x3b",
        "GIF without a trailer": screen + frame,
        "GIF with a frame beyond its screen": screen
        + frame.replace(b"\0\0\0\0\x08", b"\x08\0\0\0\x08", 1)
        + b"\x3b",
        "GIF with an unknown block": screen + b"\x99" + frame + b"\x3b",
        "GIF with a block cut off": screen + b"\x21\xfe\xff" + b"x" * 20,
        "GIF with an impossible code size": screen + frame[:10] + b"\x0e\x02\x44\x01\0\x3b",
    }


def _webp() -> dict[str, bytes]:
    whole = sound("webp")

    def of(*chunks: bytes) -> bytes:
        body = b"WEBP" + b"".join(chunks)
        return b"RIFF" + len(body).to_bytes(4, "little") + body

    return {
        "WebP of nothing": of(),
        "WebP shorter than it says": whole[:4] + (len(whole) + 100).to_bytes(4, "little") + whole[8:],
        "WebP longer than it says": whole + b"more and more",
        "WebP with a chunk beyond its end": of(b"VP8 \xff\xff\0\0" + bytes(20)),
        "WebP of features without a picture": of(b"VP8X\x0a\0\0\0" + bytes(10)),
        "WebP of noise": of(b"VP8 \x20\0\0\0" + bytes(32)),
        "WebP of lossless noise": of(b"VP8L\x20\0\0\0" + b"\x2f" + b"\xff" * 31),
    }
