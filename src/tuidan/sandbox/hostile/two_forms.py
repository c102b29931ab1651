"""Files that are two kinds at once, or that hide something where a viewer does not look."""

from __future__ import annotations

import io
import zipfile

from tuidan.sandbox.hostile.kind import HostileFile, box, chunk, sound

SCRIPT = b"<script>alert(document.domain)</script>"
PHP = b"<?php system($_GET[0]);?>"


def two_forms() -> list[HostileFile]:
    """All of them."""
    archive = _archive()
    found = {
        f"{kind} and an archive behind it": sound(kind) + archive
        for kind in ("jpeg", "png", "gif", "webp", "pdf", "mp4", "webm")
    }
    found |= {
        f"{kind} and a page behind it": sound(kind) + b"\n" + SCRIPT
        for kind in ("jpeg", "png", "gif", "webp", "pdf", "mp4", "webm")
    }
    found |= {
        f"{kind} and a program behind it": sound(kind) + b"MZ\x90\0" + b"\x01" * 500
        for kind in ("jpeg", "png", "gif", "webp")
    }
    found |= {f"{kind} and a second one behind it": sound(kind) * 2 for kind in ("jpeg", "png", "gif")}
    found |= {
        f"{kind} and much nothing behind it": sound(kind) + bytes(200_000) for kind in ("jpeg", "png", "gif")
    }
    found |= _inside() | _in_front(archive)
    return [HostileFile(what, f"a.{what.split()[0].lower()}", data) for what, data in found.items()]


def _archive() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("evil.html", SCRIPT)
    return written.getvalue()


def _jpeg_with(marker: int, body: bytes) -> bytes:
    whole = sound("jpeg")
    return whole[:2] + bytes([0xFF, marker]) + (len(body) + 2).to_bytes(2, "big") + body + whole[2:]


def _inside() -> dict[str, bytes]:
    png, gif = sound("png"), sound("gif")
    at = len(png) - 12
    return {
        "JPEG with a page in its comment": _jpeg_with(0xFE, SCRIPT),
        "JPEG with PHP in its comment": _jpeg_with(0xFE, PHP),
        "JPEG with a page as EXIF": _jpeg_with(0xE1, b"Exif\0\0" + SCRIPT),
        "JPEG with an SVG as XMP": _jpeg_with(0xE1, b"http://ns.adobe.com/xap/1.0/\0<svg onload=alert(1)>"),
        "JPEG with a PDF in its comment": _jpeg_with(0xFE, b"%PDF-1.4\n1 0 obj"),
        "PNG with a page as text": png[:33] + chunk(b"tEXt", b"Comment\0" + SCRIPT) + png[33:],
        "PNG with PHP as text": png[:33] + chunk(b"tEXt", b"Comment\0" + PHP) + png[33:],
        "PNG with a page at its end": png[:at] + chunk(b"tEXt", b"a\0" + SCRIPT) + png[at:],
        "PNG with a PDF as text": png[:33] + chunk(b"tEXt", b"a\0%PDF-1.7\n") + png[33:],
        "GIF with a page as its comment": gif[:-1] + b"\x21\xfe" + bytes([len(SCRIPT)]) + SCRIPT + b"\0\x3b",
        "GIF that is a script": b"GIF89a/*" + gif[8:] + b"*/=1;alert(1)//",
        "MP4 with a page in its free space": sound("mp4") + box(b"free", SCRIPT),
        "MP4 with an archive in its free space": sound("mp4") + box(b"free", _archive()),
        "MP4 with a box that nobody knows": sound("mp4") + box(b"evil", b"x" * 200),
    }


def _in_front(archive: bytes) -> dict[str, bytes]:
    return {
        "PDF behind a page": SCRIPT + b"\n" + sound("pdf"),
        "PDF behind an archive": archive + sound("pdf"),
        "PDF behind noise": b"\n\n\n" + sound("pdf"),
        "JPEG behind a page": SCRIPT + sound("jpeg"),
        "PNG behind a byte": b"\0" + sound("png"),
        "MP4 behind a page": SCRIPT + sound("mp4"),
    }
