"""Which kind of file it is, told by its first bytes alone; and whether it is a second kind besides."""

from __future__ import annotations

import re

import puremagic

from tuidan.worker.checking.finding import Refuse
from tuidan.worker.checking.source import Source

HEAD = 4096
TAIL = 66_000  # an archive's directory ends within the last 64 KiB
BRANDS_MP4 = frozenset(
    {
        b"isom",
        b"iso2",
        b"iso3",
        b"iso4",
        b"iso5",
        b"iso6",
        b"mp41",
        b"mp42",
        b"avc1",
        b"M4V ",
        b"MSNV",
        b"dash",
    }
    | {b"3gp4", b"3gp5", b"3gp6", b"3g2a", b"isml", b"mmp4", b"f4v "}
)
BRANDS_HEIC = frozenset({b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1", b"avif", b"avis"})
MARKUP = re.compile(
    rb"<\s*(?:!doctype|html|svg|script|\?php|\?xml|body|head|iframe|a\b)|javascript:|^#!|<%", re.I
)
# What is read as a script or a page even far inside another file.
INSIDE = re.compile(rb"<script\b|<\?php|<svg[\s>]|<iframe\b|<html[\s>]", re.I)
ARCHIVES = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"Rar!",
    b"7z\xbc\xaf\x27\x1c",
    b"\x1f\x8b",
    b"BZh",
    b"\xfd7zXZ",
    b"\xd0\xcf\x11\xe0",
)
PROGRAMS = (
    b"MZ",
    b"\x7fELF",
    b"\xca\xfe\xba\xbe",
    b"\xfe\xed\xfa",
    b"\xcf\xfa\xed\xfe",
    b"dex\n",
    b"\x00asm",
)
EOCD = b"PK\x05\x06"
EOCD_BYTES = 22


def media_type_of(source: Source) -> str:
    """The media type by content. Raises Refuse for every kind that is not taken."""
    head = source.read(0, HEAD)
    found = _by_start(head)
    if found is None:
        raise Refuse(_why_not(head))
    return found


def _by_start(head: bytes) -> str | None:
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith((b"GIF87a", b"GIF89a")):
        return "image/gif"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head.startswith(b"%PDF-"):
        return "application/pdf"
    if head.startswith(b"\x1a\x45\xdf\xa3"):
        return "video/webm"
    if head[4:8] == b"ftyp":
        if head[8:12] == b"qt  ":
            return "video/quicktime"
        return "video/mp4" if head[8:12] in BRANDS_MP4 else None
    return None


def _why_not(head: bytes) -> str:
    """The code of the sentence that helps most."""
    if head[4:8] == b"ftyp" and head[8:12] in BRANDS_HEIC:
        return "heic"
    if head.startswith(ARCHIVES):
        return "archive"
    if head.startswith(PROGRAMS):
        return "program"
    text = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0").replace(b"\0", b"")
    if MARKUP.search(text[:1024]):
        return "markup"
    try:
        told = puremagic.from_string(head, mime=True)
    except (puremagic.PureError, ValueError):
        return "unknown"
    if "zip" in told or "compressed" in told or "officedocument" in told:
        return "archive"
    return "markup" if "html" in told or "svg" in told else "unknown"


def refuse_second_form(source: Source, media_type: str) -> None:
    """Refuse a file that another reader would take for a PDF, an archive or a page. Raises Refuse `two_forms`."""
    head = source.read(0, HEAD)
    if media_type != "application/pdf" and b"%PDF-" in head[:1024]:
        raise Refuse("two_forms", "a PDF begins inside")
    start = max(0, source.size - TAIL)
    tail = source.read(start, TAIL)
    if _ends_as_archive(tail):
        raise Refuse("two_forms", "an archive ends here")
    for part in (head, tail):
        if INSIDE.search(part):
            raise Refuse("two_forms", "a page or a script is inside")


def refuse_inside(data: bytes) -> None:
    """The same for a whole small file, or a part of one that holds no picture data."""
    if INSIDE.search(data):
        raise Refuse("two_forms", "a page or a script is inside")


def _ends_as_archive(tail: bytes) -> bool:
    """Whether a ZIP directory's end is here whose comment reaches exactly to the end, or which lists anything."""
    at = tail.rfind(EOCD)
    while at >= 0:
        record = tail[at : at + EOCD_BYTES]
        if len(record) == EOCD_BYTES:
            entries, size = int.from_bytes(record[10:12], "little"), int.from_bytes(record[12:16], "little")
            comment = int.from_bytes(record[20:22], "little")
            plausible = 46 * entries <= size and at + EOCD_BYTES + comment <= len(tail)
            if plausible and (entries == 0 or b"PK\x01\x02" in tail[:at]):
                return True
        at = tail.rfind(EOCD, 0, at)
    return False
