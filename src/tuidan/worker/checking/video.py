"""Videos: the container walked, then opened by a decoder that must agree with it; key frames as pictures.

Needs the extra `video` (av). Without it the container is walked all the same, nothing is decoded, and the facts say
so: whoever decides watches it.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from PIL import Image

from tuidan.domain.upload.kinds import KEY_FRAMES_MAX, VIDEO_SECONDS_MAX, VIDEO_SIDE_PIXELS_MAX
from tuidan.worker.checking.finding import Finding, Refuse
from tuidan.worker.checking.media_type import refuse_second_form
from tuidan.worker.checking.mp4 import walk_mp4
from tuidan.worker.checking.patches import Patches, copy_patched
from tuidan.worker.checking.picture import small_of
from tuidan.worker.checking.source import Source, SourceFile
from tuidan.worker.checking.webm import walk_webm

try:
    import av
    import av.container
    import av.error
    import av.logging

    INSTALLED = True
    av.logging.set_level(av.logging.PANIC)
except ImportError:
    INSTALLED = False

FORMATS = {"video/mp4": "mp4", "video/quicktime": "mov", "video/webm": "webm"}
FRAME_PIXELS = 720
# What the container says and what is decoded may differ by this much before it is called a lie.
SLACK_MS = 2_000
DEVICE = (
    "com.apple.quicktime.make",
    "com.apple.quicktime.model",
    "com.android.manufacturer",
    "com.android.model",
)
SOFTWARE = ("com.apple.quicktime.software", "com.android.version", "encoder")
PLACE = ("location", "com.apple.quicktime.location.iso6709", "location-eng")


def check_video(source: Source, media_type: str, cleaned: BinaryIO) -> Finding:
    """Look into a video and write its clean copy. Raises Refuse."""
    refuse_second_form(source, media_type)
    found = Finding(media_type, media_type)
    patches = _walk(source, found)
    if INSTALLED:
        try:
            _decode(source, found)
        except (av.error.FFmpegError, ValueError, OverflowError, OSError, UnicodeError) as error:
            raise Refuse("broken", str(error)) from None
    else:
        found.facts["not_decoded"] = True
    copy_patched(source, patches, cleaned)
    return found


def _walk(source: Source, found: Finding) -> Patches:
    if found.media_type == "video/webm":
        recording = walk_webm(source)
        found.duration_ms = recording.duration_ms
        found.facts = {"has_place": False, "has_metadata": recording.has_metadata}
        if recording.software:
            found.facts["software"] = recording.software
        return recording.patches
    movie = walk_mp4(source)
    found.duration_ms = movie.duration_ms
    found.facts = {"has_place": movie.has_place, "has_metadata": movie.has_metadata}
    if movie.made_at:
        made = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=min(movie.made_at, 2**32))
        found.facts["taken_at"] = made.strftime("%Y-%m-%d %H:%M:%S +00:00")
    return movie.patches


def _decode(source: Source, found: Finding) -> None:
    """Open it, decode pictures here and there, and hold them against what the container said."""
    file = SourceFile(source)
    with av.open(
        file, format=FORMATS[found.media_type], metadata_errors="replace", buffer_size=1 << 18
    ) as container:
        assert isinstance(container, av.container.InputContainer)
        if not container.streams.video:
            raise Refuse("video_codec")
        stream = container.streams.video[0]
        _note_metadata(found, {**container.metadata, **stream.metadata})
        told_ms = int(container.duration / 1000) if container.duration else found.duration_ms
        if max(told_ms, found.duration_ms) > VIDEO_SECONDS_MAX * 1000:
            raise Refuse("video_length")
        stream.codec_context.skip_frame = "NONKEY"
        stream.thread_count = 1
        size = (stream.codec_context.width, stream.codec_context.height)
        seen: dict[int, bytes] = {}
        for i in range(KEY_FRAMES_MAX):
            at_ms = told_ms * i // KEY_FRAMES_MAX
            if i:
                container.seek(at_ms * 1000, backward=True)
            frame = next(iter(container.decode(stream)), None)
            if frame is None:
                break
            shown_ms = max(0, int(frame.time * 1000)) if frame.time is not None else at_ms
            if shown_ms not in seen:
                seen[shown_ms] = _picture_of(frame, size)
            if not told_ms:
                break
        if not seen:
            raise Refuse("video_lies", "no picture can be decoded")
        if max(seen) > told_ms + SLACK_MS and told_ms:
            raise Refuse("video_lies", "pictures after its end")
        found.width, found.height = size
        found.duration_ms = found.duration_ms or told_ms
        found.frames = sorted(seen.items())
        found.small = found.frames[0][1]


def _picture_of(frame: av.VideoFrame, size: tuple[int, int]) -> bytes:
    if max(frame.width, frame.height) > VIDEO_SIDE_PIXELS_MAX:
        raise Refuse("too_many_pixels")
    if (frame.width, frame.height) != size:
        raise Refuse("video_lies", f"{frame.width} × {frame.height} instead of {size}")
    picture: Image.Image = frame.to_image(threads=1)
    turn = {90: 8, -270: 8, 180: 3, -180: 3, -90: 6, 270: 6}.get(round(frame.rotation), 1)
    return small_of(picture, turn, FRAME_PIXELS)


def _note_metadata(found: Finding, told: dict[str, str]) -> None:
    lower = {key.lower(): str(value) for key, value in told.items()}
    device = " ".join(filter(None, (lower.get(key, "") for key in DEVICE)))
    software = next((lower[key] for key in SOFTWARE if lower.get(key)), "")
    if device:
        found.facts["device"] = device[:120]
    if software:
        found.facts["software"] = software[:120]
    found.facts["has_place"] = bool(found.facts.get("has_place")) or any(key in lower for key in PLACE)
