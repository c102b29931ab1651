"""PDF: opened strictly, every object looked at, and its pages written anew without anything that acts or hides.

Scripts and what starts programs are refused, because what they would show is not on the page. Attachments, links
that act, forms' actions and metadata are left out of the copy that others see.
"""

from __future__ import annotations

import io
import warnings
import zlib
from typing import BinaryIO

import pikepdf

from tuidan.domain.upload.kinds import MIB, PAGES_MAX, PIXELS_MAX
from tuidan.worker.checking.finding import Finding, Refuse
from tuidan.worker.checking.media_type import refuse_second_form
from tuidan.worker.checking.source import Source

OBJECTS_MAX = 100_000
UNPACKED_MAX = 192 * MIB
STREAM_MAX = 64 * MIB
FILTERS_MAX = 2
# How much larger data can be than what these filters made of it, at most; they are not tried out.
RATIO = {"/LZWDecode": 1400, "/RunLengthDecode": 64}
ACTS = frozenset(
    {"/JavaScript", "/Launch", "/ImportData", "/SubmitForm", "/Rendition", "/RichMediaExecute", "/GoTo3DView"}
)
SCRIPTS = frozenset({"/JS", "/XFA"})
MOVING = frozenset({"/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})
DROPPED_OF_PAGE = (
    "/AA",
    "/Metadata",
    "/PieceInfo",
    "/Thumb",
    "/B",
    "/StructParents",
    "/Tabs",
    "/AF",
    "/Annots",
)
TAIL = 2048


def check_pdf(source: Source, media_type: str, cleaned: BinaryIO) -> Finding:
    """Look into a PDF and write its clean copy. Raises Refuse."""
    refuse_second_form(source, media_type)
    data = source.all()
    end = data.rfind(b"%%EOF", max(0, len(data) - TAIL))
    if end < 0:
        raise Refuse("truncated", "no end")
    if data[end + 5 :].strip(b" \t\r\n\0"):
        raise Refuse("hidden_data", "something follows the end")
    try:
        with pikepdf.open(io.BytesIO(data), attempt_recovery=False, suppress_warnings=True) as document:
            return _look(document, cleaned)
    except pikepdf.PasswordError:
        raise Refuse("pdf_encrypted") from None
    except (
        pikepdf.PdfError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        RuntimeError,
    ) as error:
        raise Refuse("broken", str(error)) from None


def _look(document: pikepdf.Pdf, cleaned: BinaryIO) -> Finding:
    if document.is_encrypted:
        raise Refuse("pdf_encrypted")
    count = len(document.pages)
    if not 1 <= count <= PAGES_MAX:
        raise Refuse("pdf_pages", str(count))
    attached = _look_at_objects(document)
    facts = _facts(document)
    if attached:
        facts["left_out"] = ["attachments"]
    # Filled fields, stamps and notes become part of the page; then nothing is left that could act.
    document.flatten_annotations("all")
    with pikepdf.new() as plain, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for page in document.pages:
            plain.pages.append(page)
        for page in plain.pages:
            _strip(page)
        plain.remove_unreferenced_resources()
        written = io.BytesIO()
        plain.save(written, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    cleaned.write(written.getvalue())
    return Finding("application/pdf", "application/pdf", pages=count, facts=facts)


def _look_at_objects(document: pikepdf.Pdf) -> bool:
    """Refuse what acts or unpacks to too much; gives whether files are attached."""
    attached, unpacked = False, 0
    for n, item in enumerate(document.objects):
        if n > OBJECTS_MAX:
            raise Refuse("too_heavy", "objects")
        for found in _dictionaries(item):
            _refuse_acting(found)
            attached |= found.get("/Type") == "/EmbeddedFile" or "/EF" in found
        if isinstance(item, pikepdf.Stream):
            unpacked += _unpacked_size(item)
            if unpacked > UNPACKED_MAX:
                raise Refuse("too_heavy", "streams")
    return attached


def _dictionaries(item: object, depth: int = 0) -> list[pikepdf.Object]:
    """The dictionary of an object and those inside it that are not objects of their own."""
    if depth > 40:
        raise Refuse("too_heavy", "nested too deep")
    found: list[pikepdf.Object] = []
    if isinstance(item, pikepdf.Stream | pikepdf.Dictionary):
        found.append(item)
        inner = [item[key] for key in item.keys()]  # noqa: SIM118 - not a dict of Python's
    elif isinstance(item, pikepdf.Array):
        inner = list(item)
    else:
        return found
    for value in inner:
        if isinstance(value, pikepdf.Dictionary | pikepdf.Array) and not value.is_indirect:
            found += _dictionaries(value, depth + 1)
    return found


def _refuse_acting(found: pikepdf.Object) -> None:
    keys = set(found.keys())
    if keys & SCRIPTS or "/JavaScript" in keys:
        raise Refuse("pdf_script")
    if "/S" in keys and str(found["/S"]) in ACTS:
        raise Refuse("pdf_script", str(found["/S"]))
    if "/Subtype" in keys and str(found["/Subtype"]) in MOVING:
        raise Refuse("pdf_script", str(found["/Subtype"]))


def _unpacked_size(stream: pikepdf.Stream) -> int:
    """How many bytes a stream becomes, looked for with a bound; a picture counts its pixels too."""
    filters = stream.get("/Filter")
    names = [str(name) for name in filters] if isinstance(filters, pikepdf.Array) else [str(filters or "")]
    if len(names) > FILTERS_MAX:
        raise Refuse("too_heavy", "filters")
    if "/Width" in stream and "/Height" in stream:
        wide, high = int(stream["/Width"]), int(stream["/Height"])
        if not 0 < wide * high <= PIXELS_MAX:
            raise Refuse("too_many_pixels")
    raw = bytes(stream.read_raw_bytes())
    size = len(raw)
    for name in names:
        if name in RATIO:
            size = size * RATIO[name]
        elif name in ("/FlateDecode", "/Fl"):
            raw = _inflated(raw)
            size = len(raw)
    if size > STREAM_MAX:
        raise Refuse("too_heavy", "a stream")
    return size


def _inflated(raw: bytes) -> bytes:
    unpack = zlib.decompressobj()
    try:
        plain = unpack.decompress(raw, STREAM_MAX + 1)
    except zlib.error:
        raise Refuse("broken", "a stream does not unpack") from None
    if len(plain) > STREAM_MAX:
        raise Refuse("too_heavy", "a stream")
    return plain


def _strip(page: pikepdf.Page) -> None:
    for key in DROPPED_OF_PAGE:
        if key in page.obj:
            del page.obj[key]


def _facts(document: pikepdf.Pdf) -> dict[str, object]:
    """What the document says of its making."""
    facts: dict[str, object] = {"has_place": False}
    info = document.docinfo
    for name, key in (
        ("software", "/Producer"),
        ("device", "/Creator"),
        ("taken_at", "/CreationDate"),
        ("changed_at", "/ModDate"),
    ):
        text = "".join(char for char in str(info.get(key, "")) if char.isprintable())[:120].strip()
        if text:
            facts[name] = _time_text(text) if key.endswith("Date") else text
    facts["has_metadata"] = len(facts) > 1
    facts["is_signed"] = (
        "/AcroForm" in document.Root and int(document.Root.AcroForm.get("/SigFlags", 0)) & 1 == 1
    )
    return facts


def _time_text(text: str) -> str:
    digits = text.removeprefix("D:")
    if not digits[:14].isdecimal():
        return text
    d, zone = digits[:14], digits[14:].replace("'", ":").strip(":")
    return f"{d[:4]}-{d[4:6]}-{d[6:8]} {d[8:10]}:{d[10:12]}:{d[12:14]} {zone}".strip()
