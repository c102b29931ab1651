"""One hostile file, and the sound ones that hostile ones are made of."""

from __future__ import annotations

import functools
import io
import zlib
from dataclasses import dataclass

import pikepdf
from PIL import Image, ImageDraw

try:
    import av

    INSTALLED = True
except ImportError:
    INSTALLED = False


@dataclass(frozen=True, slots=True)
class HostileFile:
    """`name` is what its sender calls it; `what` says the trick."""

    what: str
    name: str
    data: bytes


def _picture() -> Image.Image:
    picture = Image.effect_noise((160, 240), 40).convert("RGB")
    ImageDraw.Draw(picture).text((8, 8), "order 2026", fill="black")
    return picture


@functools.cache
def sound(kind: str) -> bytes:
    """A sound file: jpeg, png, gif, webp, pdf, mp4, mov or webm."""
    written = io.BytesIO()
    if kind == "pdf":
        with pikepdf.new() as document:
            document.add_blank_page()
            document.save(written, static_id=True)
    elif kind in ("mp4", "mov", "webm"):
        _record(written, kind)
    else:
        picture = _picture().convert("P") if kind == "gif" else _picture()
        picture.save(written, kind.upper())
    return written.getvalue()


def _record(written: io.BytesIO, kind: str) -> None:
    if not INSTALLED:
        raise RuntimeError("making videos needs the extra video: pip install 'tuidan[video]'")
    with av.open(written, "w", format=kind) as container:
        stream = container.add_stream("libvpx" if kind == "webm" else "libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 160, 120, "yuv420p"
        for i in range(20):
            picture = Image.new("RGB", (160, 120), (i * 12, 60, 90))
            container.mux(stream.encode(av.VideoFrame.from_image(picture)))
        container.mux(stream.encode())


def chunk(name: bytes, body: bytes) -> bytes:
    """A chunk of a PNG with its sum."""
    return len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")


def png_of(*chunks: bytes) -> bytes:
    """A PNG of these chunks."""
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def header(width: int, height: int, depth: int = 8, colour: int = 0, rest: bytes = b"\0\0\0") -> bytes:
    """The first chunk of a PNG."""
    sides = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    return chunk(b"IHDR", sides + bytes([depth, colour]) + rest)


def box(name: bytes, body: bytes) -> bytes:
    """A box of an MP4."""
    return (len(body) + 8).to_bytes(4, "big") + name + body


@functools.cache
def zeros_packed(mebibytes: int) -> bytes:
    """So many MiB of zeros as a zlib stream, made quickly: blocks that are alike are packed once."""
    pack = zlib.compressobj(9)
    first = pack.compress(bytes(1 << 20)) + pack.flush(zlib.Z_FULL_FLUSH)
    again = pack.compress(bytes(1 << 20)) + pack.flush(zlib.Z_FULL_FLUSH)
    return first + again * (mebibytes - 1) + pack.flush()
