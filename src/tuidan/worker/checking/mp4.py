"""MP4 and QuickTime: the boxes walked, tables held against the file, and what others must not see marked for blanking.

Place, device, times and tracks that are neither picture nor sound (a phone writes positions into such) become empty
space of the same size, so that nothing is moved and nothing is encoded anew. ISO/IEC 14496-12.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

from tuidan.domain.upload.kinds import MIB, VIDEO_SECONDS_MAX, VIDEO_SIDE_PIXELS_MAX
from tuidan.worker.checking.finding import Refuse
from tuidan.worker.checking.patches import Patches
from tuidan.worker.checking.source import Source

TOP = frozenset(
    {
        b"ftyp",
        b"moov",
        b"mdat",
        b"free",
        b"skip",
        b"wide",
        b"moof",
        b"mfra",
        b"sidx",
        b"styp",
        b"emsg",
        b"pdin",
    }
    | {b"meta", b"uuid", b"udta", b"prft", b"ssix", b"pnot", b"sefd"}
)
BLANKED = frozenset({b"udta", b"meta", b"uuid", b"sefd", b"free", b"skip", b"wide", b"emsg"})
INSIDE = frozenset({b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"mvex", b"moof", b"traf"})
CODECS = frozenset(
    {
        b"avc1",
        b"avc3",
        b"hvc1",
        b"hev1",
        b"mp4v",
        b"av01",
        b"vp09",
        b"vp08",
        b"jpeg",
        b"s263",
        b"dvh1",
        b"dvhe",
    }
)
PLACES = (b"\xa9xyz", b"location.ISO6709", b"loci")
MOOV_MAX = 64 * MIB
BOXES_MAX = 100_000
TIMED = {b"mvhd", b"tkhd", b"mdhd"}
DEPTH_MAX = 12
EPOCH_1904 = 2_082_844_800


@dataclass(slots=True)
class Track:
    """One track: its handler, codec, pixels, and where its samples lie."""

    start: int
    size: int
    handler: bytes = b""
    codec: bytes = b""
    width: int = 0
    height: int = 0
    chunks: list[int] = field(default_factory=list)
    per_chunk: list[tuple[int, int]] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)
    fixed: int = 0


@dataclass(slots=True)
class Movie:
    """What the boxes say. `made_at` is seconds since 1970, 0 where it is not told."""

    duration_ms: int = 0
    made_at: int = 0
    has_place: bool = False
    has_metadata: bool = False
    fragmented: bool = False
    tracks: list[Track] = field(default_factory=list)
    patches: Patches = field(default_factory=Patches)
    boxes: int = 0


def walk_mp4(source: Source) -> Movie:
    """Raises Refuse unless the boxes fill the file exactly and its tables point into it."""
    movie, names = Movie(), []
    for name, start, header, size in boxes(source, 0, source.size):
        if name not in TOP:
            raise Refuse("hidden_data" if b"moov" in names else "broken", f"box {name!r}")
        names.append(name)
        _step_into(source, movie, name, start, header, size, 0)
    if names[0] != b"ftyp" or names.count(b"moov") != 1:
        raise Refuse("truncated" if b"moov" not in names else "broken", "no one movie")
    movie.fragmented = b"moof" in names
    if b"mdat" not in names:
        raise Refuse("truncated", "no picture data")
    _hold_against(source, movie)
    return movie


def boxes(source: Source, at: int, end: int) -> Iterator[tuple[bytes, int, int, int]]:
    """(name, start, header bytes, size) of the boxes between two offsets; they fill the space exactly."""
    while at < end:
        head = source.read(at, 16)
        size, name, header = int.from_bytes(head[:4], "big"), head[4:8], 8
        if size == 1:
            size, header = int.from_bytes(head[8:16], "big"), 16
        elif size == 0 and end == source.size:
            size = end - at
        if len(name) < 4 or size < header or at + size > end:
            raise Refuse(
                "truncated" if name in TOP and size >= header else "hidden_data", f"box {name!r} at {at}"
            )
        yield name, at, header, size
        at += size


def _step_into(
    source: Source, movie: Movie, name: bytes, start: int, header: int, size: int, depth: int
) -> None:
    movie.boxes += 1
    if depth > DEPTH_MAX or movie.boxes > BOXES_MAX or (name == b"moov" and size > MOOV_MAX):
        raise Refuse("too_heavy", "boxes")
    if name in BLANKED:
        told = source.read(start + header, min(size - header, MIB))
        movie.has_place |= any(place in told for place in PLACES)
        movie.has_metadata |= name not in (b"free", b"skip", b"wide")
        movie.patches.write(start + 4, b"free")
        movie.patches.blank(start + header, size - header)
    elif name == b"trak":
        movie.tracks.append(Track(start, size))
    if name in TIMED:
        _times(source, movie, name, start + header, size - header)
    if name in INSIDE:
        for inner, at, head, length in boxes(source, start + header, start + size):
            _step_into(source, movie, inner, at, head, length, depth + 1)
            if movie.tracks and name != b"moov":
                _note(source, movie.tracks[-1], inner, at + head, length - head)


def _times(source: Source, movie: Movie, name: bytes, at: int, size: int) -> None:
    """Note duration and making of the movie, and blank both times."""
    told = source.read(at, min(size, 64))
    wide = 8 if told[:1] == b"\x01" else 4
    if len(told) < 4 + 4 * wide:
        raise Refuse("truncated", "a header is cut off")
    if name == b"mvhd":
        made = int.from_bytes(told[4 : 4 + wide], "big")
        movie.made_at = max(0, made - EPOCH_1904)
        scale = int.from_bytes(told[4 + 2 * wide : 8 + 2 * wide], "big")
        length = int.from_bytes(told[8 + 2 * wide : 8 + 3 * wide], "big")
        if not scale:
            raise Refuse("broken", "no time scale")
        movie.duration_ms = 0 if length >= 256**wide - 1 else length * 1000 // scale
        if movie.duration_ms > VIDEO_SECONDS_MAX * 1000:
            raise Refuse("video_length")
    movie.patches.blank(at + 4, 2 * wide)


def _note(source: Source, track: Track, name: bytes, at: int, size: int) -> None:
    """Keep of a track's table what is held against the file later."""
    if name == b"hdlr":
        handler = source.read(at, 12)[8:12]
        track.handler = track.handler or handler
    elif name == b"stsd":
        told = source.read(at, 16 + 36)
        track.codec = told[12:16]
        track.width = int.from_bytes(told[40:42], "big")
        track.height = int.from_bytes(told[42:44], "big")
    elif name in (b"stco", b"co64"):
        track.chunks = _numbers(source, at, size, 8 if name == b"co64" else 4)
    elif name == b"stsc":
        flat = _numbers(source, at, size, 4, each=3)
        track.per_chunk = list(zip(flat[0::3], flat[1::3], strict=True))
    elif name == b"stsz":
        told = source.read(at, 12)
        track.fixed = int.from_bytes(told[4:8], "big")
        if not track.fixed:
            track.sizes = _numbers(source, at + 4, size - 4, 4)


def _numbers(source: Source, at: int, size: int, wide: int, each: int = 1) -> list[int]:
    count = int.from_bytes(source.read(at + 4, 4), "big") * each
    if size < 8 or count * wide > size - 8:
        raise Refuse("video_lies", "a table is shorter than it says")
    told = source.read(at + 8, count * wide)
    return [int.from_bytes(told[i : i + wide], "big") for i in range(0, len(told), wide)]


def _hold_against(source: Source, movie: Movie) -> None:
    shown = [track for track in movie.tracks if track.handler == b"vide"]
    if not shown or any(track.codec not in CODECS for track in shown):
        raise Refuse("video_codec", str([track.codec for track in shown]))
    for track in shown:
        if max(track.width, track.height) > VIDEO_SIDE_PIXELS_MAX or not min(track.width, track.height):
            raise Refuse("too_many_pixels")
    for track in movie.tracks:
        if any(chunk >= source.size for chunk in track.chunks):
            raise Refuse("video_lies", "samples outside the file")
        if not movie.fragmented and track in shown and not track.chunks:
            raise Refuse("video_lies", "no samples")
        if track.handler not in (b"vide", b"soun"):
            movie.has_metadata = True
            for start, length in _samples(track):
                movie.patches.blank(start, min(length, source.size - start))
            movie.patches.write(track.start + 4, b"free")
            movie.patches.blank(track.start + 8, track.size - 8)


def _samples(track: Track) -> Iterator[tuple[int, int]]:
    """(offset, length) of each chunk's samples."""
    used, runs = 0, [*track.per_chunk, (len(track.chunks) + 1, 0)]
    for (first, count), (until, _) in itertools.pairwise(runs):
        for n in range(max(1, first), min(until, len(track.chunks) + 1)):
            length = track.fixed * count or sum(track.sizes[used : used + count])
            used += count
            yield track.chunks[n - 1], length
