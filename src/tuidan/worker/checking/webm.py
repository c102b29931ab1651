"""WebM: the elements of the outer levels walked; tags, attachments and titles marked for blanking.

EBML is RFC 8794, Matroska RFC 9559. A browser's recorder leaves sizes open ("unknown"), which is allowed here for the
segment and its clusters.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from tuidan.domain.upload.kinds import VIDEO_SECONDS_MAX
from tuidan.worker.checking.finding import Refuse
from tuidan.worker.checking.patches import Patches
from tuidan.worker.checking.source import Source

EBML, SEGMENT, CLUSTER, INFO, TRACKS = 0x1A45DFA3, 0x18538067, 0x1F43B675, 0x1549A966, 0x1654AE6B
TAGS, ATTACHMENTS, CHAPTERS, CUES, SEEK, VOID, CRC = (
    0x1254C367,
    0x1941A469,
    0x1043A770,
    0x1C53BB6B,
    0x114D9B74,
    0xEC,
    0xBF,
)
LEVEL_1 = frozenset({CLUSTER, INFO, TRACKS, TAGS, ATTACHMENTS, CHAPTERS, CUES, SEEK, VOID, CRC})
IN_CLUSTER = frozenset({0xE7, 0xA3, 0xA0, 0xAB, 0xA7, 0x5854, VOID, CRC, 0xAF})
BLANKED = frozenset({TAGS, ATTACHMENTS, CHAPTERS, VOID})
DOC_TYPE, SCALE, DURATION, TITLE, MUXER, WRITER, DATE = (
    0x4282,
    0x2AD7B1,
    0x4489,
    0x7BA9,
    0x4D80,
    0x5741,
    0x4461,
)
TRACK, TRACK_TYPE, CODEC = 0xAE, 0x83, 0x86
CODECS = frozenset({b"V_VP8", b"V_VP9", b"V_AV1", b"V_MPEG4/ISO/AVC"})
ELEMENTS_MAX = 400_000
WHOLE_MAX = 1 << 16
UNKNOWN = -1


@dataclass(slots=True)
class Recording:
    """What the elements say."""

    duration_ms: int = 0
    has_metadata: bool = False
    software: str = ""
    video_codecs: list[bytes] = field(default_factory=list)
    clusters: int = 0
    patches: Patches = field(default_factory=Patches)
    elements: int = 0


def walk_webm(source: Source) -> Recording:
    """Raises Refuse unless it is one header and one segment that reaches exactly to the end."""
    found = Recording()
    name, at, size = _element(source, 0, source.size)
    if name != EBML or size == UNKNOWN or size > 4096:
        raise Refuse("broken", "no header")
    kind = dict(_flat(source, at, at + size)).get(DOC_TYPE, b"").rstrip(b"\0")
    if kind != b"webm":
        raise Refuse("unknown", repr(kind))
    name, body, length = _element(source, at + size, source.size)
    if name != SEGMENT:
        raise Refuse("broken", "no segment")
    end = source.size if length == UNKNOWN else body + length
    if end > source.size:
        raise Refuse("truncated", "the segment is cut off")
    if end < source.size:
        raise Refuse("hidden_data", "something follows the segment")
    _walk_segment(source, found, body, end)
    if not found.clusters:
        raise Refuse("truncated", "no picture data")
    if not found.video_codecs or any(codec not in CODECS for codec in found.video_codecs):
        raise Refuse("video_codec", str(found.video_codecs))
    if found.duration_ms > VIDEO_SECONDS_MAX * 1000:
        raise Refuse("video_length")
    return found


def _walk_segment(source: Source, found: Recording, at: int, end: int) -> None:
    while at < end:
        start = at
        name, body, size = _element(source, at, end)
        found.elements += 1
        if name not in LEVEL_1 or found.elements > ELEMENTS_MAX:
            raise Refuse("hidden_data" if found.clusters else "broken", f"element {name:x}")
        if name == CLUSTER:
            found.clusters += 1
            at = _cluster_end(source, found, body, end if size == UNKNOWN else body + size, size == UNKNOWN)
            continue
        if size == UNKNOWN:
            raise Refuse("broken", "an element without a size")
        at = body + size
        if at > end:
            raise Refuse("truncated", f"element {name:x} is cut off")
        if name in BLANKED:
            found.has_metadata |= name != VOID
            _void(found.patches, start, at)
        elif name == INFO:
            _read_info(source, found, body, at)
        elif name == TRACKS:
            _read_tracks(source, found, body, at)


def _cluster_end(source: Source, found: Recording, at: int, end: int, open_end: bool) -> int:
    """Where a cluster ends; one without a size ends where an element of the level above begins."""
    while at < end:
        name, body, size = _element(source, at, end)
        if open_end and name in LEVEL_1 - {VOID, CRC}:
            return at
        found.elements += 1
        if name not in IN_CLUSTER or size == UNKNOWN or found.elements > ELEMENTS_MAX:
            raise Refuse("broken", f"element {name:x} in a cluster")
        at = body + size
        if at > end:
            raise Refuse("truncated", "a block is cut off")
    return at


def _read_info(source: Source, found: Recording, at: int, end: int) -> None:
    scale, duration = 1_000_000, 0.0
    for name, value in _flat(source, at, end):
        if name == SCALE:
            scale = int.from_bytes(value, "big")
        elif name == DURATION and len(value) in (4, 8):
            duration = _real(value)
        elif name == WRITER:
            found.software = value.decode("utf-8", "replace").strip("\0")[:120]
    if not 0 <= duration * scale < 1e18:
        raise Refuse("video_lies", "an impossible length")
    found.duration_ms = int(duration * scale / 1_000_000)
    while at < end:
        start = at
        name, body, size = _element(source, at, end)
        at = body + size
        if name in (TITLE, DATE):
            _void(found.patches, start, at)
        elif name in (MUXER, WRITER):
            found.patches.write(body, b" " * size)


def _real(value: bytes) -> float:
    """An IEEE number of four or eight bytes, without a table of its forms."""
    wide, bias, places = (8, 127, 23) if len(value) == 4 else (11, 1023, 52)
    number = int.from_bytes(value, "big")
    exponent, fraction = (number >> places) & ((1 << wide) - 1), number & ((1 << places) - 1)
    if exponent == (1 << wide) - 1 or number >> (wide + places):
        raise Refuse("video_lies", "an impossible length")
    return (1 + fraction / (1 << places)) * 2.0 ** (exponent - bias) if exponent else 0.0


def _read_tracks(source: Source, found: Recording, at: int, end: int) -> None:
    while at < end:
        name, body, size = _element(source, at, end)
        at = body + max(size, 0)
        if size == UNKNOWN or at > end:
            raise Refuse("truncated", "a track is cut off")
        if name == TRACK:
            told = dict(_flat(source, body, at))
            if told.get(TRACK_TYPE) == b"\x01":
                found.video_codecs.append(told.get(CODEC, b"").rstrip(b"\0"))


def _flat(source: Source, at: int, end: int) -> list[tuple[int, bytes]]:
    """The elements between two offsets with their values, large ones without."""
    found = []
    while at < end:
        name, body, size = _element(source, at, end)
        if size == UNKNOWN or body + size > end:
            raise Refuse("truncated", f"element {name:x} is cut off")
        found.append((name, source.read(body, size) if size <= WHOLE_MAX else b""))
        at = body + size
    return found


def _element(source: Source, at: int, end: int) -> tuple[int, int, int]:
    """(id, where its body begins, body size or UNKNOWN) of the element at `at`."""
    head = source.read(at, min(12, end - at))
    id_size = _width(head, 4)
    size_size = _width(head[id_size:], 8)
    if len(head) < id_size + size_size:
        raise Refuse("truncated", "an element is cut off")
    told = int.from_bytes(head[id_size : id_size + size_size], "big")
    mask = (1 << (7 * size_size)) - 1
    size = UNKNOWN if told & mask == mask else told & mask
    return int.from_bytes(head[:id_size], "big"), at + id_size + size_size, size


def _width(head: bytes, most: int) -> int:
    if not head:
        raise Refuse("truncated", "an element is cut off")
    width = 9 - head[0].bit_length()
    if width > most:
        raise Refuse("broken", "no element where one belongs")
    return width


def _void(patches: Patches, start: int, end: int) -> None:
    """Turn the element into empty space of the same size."""
    length = end - start
    if length < 10:
        patches.write(start, bytes([VOID, 0x80 | (length - 2)]))
        patches.blank(start + 2, length - 2)
    else:
        patches.write(start, bytes([VOID, 0x01]) + (length - 9).to_bytes(7, "big"))
        patches.blank(start + 9, length - 9)
