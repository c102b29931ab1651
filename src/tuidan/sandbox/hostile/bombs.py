"""Small files that become large ones: more pixels, frames, pages or bytes than any machine should unpack."""

from __future__ import annotations

import io
import zlib
from typing import Any

import pikepdf
from PIL import Image

from tuidan.sandbox.hostile.kind import HostileFile, box, chunk, header, png_of, sound, zeros_packed


def bombs() -> list[HostileFile]:
    """All of them."""
    made = {**_pictures(), **_documents(), **_containers()}
    return [HostileFile(what, f"a.{what.split()[0].lower()}", data) for what, data in made.items()]


def _pictures() -> dict[str, bytes]:
    end, packed = chunk(b"IEND", b""), zeros_packed(300)
    webp = io.BytesIO()
    Image.new("L", (7_000, 6_000)).save(webp, "WEBP", lossless=True, method=0)
    jpeg = sound("jpeg")
    at = jpeg.index(b"\xff\xc0") + 5
    scans = jpeg[jpeg.index(b"\xff\xda") : -2]
    frame = b"\x2c\0\0\0\0\x08\0\x08\0\0\x02\x02\x44\x01\0"
    screen = b"GIF89a\x08\0\x08\0\x80\0\0\0\0\0\xff\xff\xff"
    return {
        "PNG of a milliard pixels": png_of(header(50_000, 20_000, depth=1), chunk(b"IDAT", packed), end),
        "PNG of 300 million grey pixels": png_of(header(20_000, 15_000), chunk(b"IDAT", packed), end),
        "PNG as wide as can be": png_of(header(2**31 - 1, 1), chunk(b"IDAT", packed), end),
        "PNG as high as can be": png_of(header(1, 2**31 - 1), chunk(b"IDAT", packed), end),
        "PNG of 41 million pixels in four colours": png_of(
            header(6_500, 6_400, colour=6), chunk(b"IDAT", packed), end
        ),
        "PNG with a profile that unpacks": png_of(
            header(8, 8), chunk(b"iCCP", b"a\0\0" + packed), chunk(b"IDAT", b"\xff"), end
        ),
        "PNG with text that unpacks": png_of(
            header(8, 8), chunk(b"zTXt", b"a\0\0" + packed), chunk(b"IDAT", zeros_packed(1)), end
        ),
        "JPEG of four milliard pixels": jpeg[:at] + b"\xff\xff\xff\xff" + jpeg[at + 4 :],
        "JPEG of a thousand scans": jpeg[:-2] + scans * 1_000 + b"\xff\xd9",
        "JPEG that never ends": jpeg[:-2] + b"\xff\0" * 1_000_000,
        "GIF of a large screen": b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff" + frame + b"\x3b",
        "GIF of two thousand frames": screen + frame * 2_000 + b"\x3b",
        "GIF of tiny blocks": screen + b"\x21\xfe" + b"\x01x" * 1_000_000 + b"\0\x3b",
        "WEBP of 42 million pixels": webp.getvalue(),
    }


def _document(**streams: tuple[bytes, dict[str, Any]]) -> bytes:
    written = io.BytesIO()
    with pikepdf.new() as document:
        page = document.add_blank_page()
        for name, (raw, told) in streams.items():
            stream = pikepdf.Stream(document, b"")
            stream.write(raw, filter=told.pop("Filter"))  # type: ignore[arg-type]
            for key, value in told.items():
                stream[f"/{key}"] = value  # type: ignore[assignment]
            page.obj[f"/{name}"] = document.make_indirect(stream)
        document.save(
            written,
            static_id=True,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.none,
        )
    return written.getvalue()


def _documents() -> dict[str, bytes]:
    flate, lzw, run = (pikepdf.Name(f"/{name}Decode") for name in ("Flate", "LZW", "RunLength"))
    packed = zeros_packed(300)
    twice = io.BytesIO()
    with pikepdf.new() as document:
        for _ in range(201):
            document.add_blank_page()
        document.save(twice, static_id=True)
    picture = {"Width": 60_000, "Height": 60_000, "Subtype": pikepdf.Name("/Image"), "Filter": flate}
    return {
        "PDF of a stream that unpacks": _document(Contents=(packed, {"Filter": flate})),
        "PDF of a stream packed twice": _document(
            Contents=(_packed_again(), {"Filter": pikepdf.Array([flate, flate])})
        ),
        "PDF of a stream packed three times": _document(
            Contents=(_packed_again(), {"Filter": pikepdf.Array([flate, flate, flate])})
        ),
        "PDF of many streams that unpack": _document(
            **{f"A{i}": (zeros_packed(60), {"Filter": flate}) for i in range(6)}
        ),
        "PDF of an old packing": _document(Contents=(b"\x80\x0b\x60\x50" * 30_000, {"Filter": lzw})),
        "PDF of runs": _document(Contents=(b"\x81x" * 1_000_000, {"Filter": run})),
        "PDF of a huge picture": _document(Thumb2=(zeros_packed(1), picture)),
        "PDF of 201 pages": twice.getvalue(),
        "PDF nested without end": _nested(),
        "PDF whose pages are each other's": _pages_in_a_circle(),
        "PDF of very many objects": _many_objects(),
    }


def _packed_again() -> bytes:
    return zlib.compress(zeros_packed(1_000), 9)


def _nested() -> bytes:
    return _by_hand(b"<< /Type /Catalog /Pages 2 0 R /A " + b"[" * 50_000 + b"]" * 50_000 + b" >>")


def _pages_in_a_circle() -> bytes:
    kids = b"<< /Type /Pages /Count 1 /Kids [2 0 R] /Parent 2 0 R >>"
    return _by_hand(b"<< /Type /Catalog /Pages 2 0 R >>", kids)


def _many_objects() -> bytes:
    return _by_hand(b"<< /Type /Catalog /Pages 2 0 R >>", None, 120_000)


def _by_hand(catalog: bytes, pages: bytes | None = None, more: int = 0) -> bytes:
    """A PDF written out, with its table of objects right."""
    bodies = [catalog, pages or b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>"]
    bodies.append(b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 9 9] >>")
    bodies += [b"0"] * more
    out, places = bytearray(b"%PDF-1.7\n"), []
    for n, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (n, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, table)
    out += b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(bodies) + 1, start)
    return bytes(out)


def _containers() -> dict[str, bytes]:
    mp4, webm = sound("mp4"), sound("webm")
    deep = b"x"
    for _ in range(60):
        deep = box(b"moov", deep)
    return {
        "MP4 of very many boxes": mp4 + box(b"free", b"") * 150_000,
        "MP4 nested without end": mp4[:32] + deep,
        "MP4 of a movie box that is too large": mp4[:32] + box(b"moov", bytes(70_000_000)),
        "WEBM of very many elements": webm[: webm.index(b"\x18\x53\x80\x67") + 4]
        + b"\x01\xff\xff\xff\xff\xff\xff\xff"
        + b"\xec\x80" * 250_000,
    }
