"""What may be uploaded: media types by content, with the limits of each (S-075, S-076).

Sizes are bytes, times seconds. The type is told by the content; a name never decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

Sort = Literal["picture", "pdf", "video"]
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Kind:
    """One media type: which sort it is, and the largest file of it."""

    media_type: str
    sort: Sort
    bytes_max: int
    ending: str


_PICTURE, _PDF, _VIDEO = 20 * MIB, 20 * MIB, 500 * MIB
KINDS = MappingProxyType(
    {
        kind.media_type: kind
        for kind in (
            Kind("image/jpeg", "picture", _PICTURE, "jpg"),
            Kind("image/png", "picture", _PICTURE, "png"),
            Kind("image/webp", "picture", _PICTURE, "webp"),
            Kind("image/gif", "picture", _PICTURE, "gif"),
            Kind("application/pdf", "pdf", _PDF, "pdf"),
            Kind("video/mp4", "video", _VIDEO, "mp4"),
            Kind("video/quicktime", "video", _VIDEO, "mov"),
            Kind("video/webm", "video", _VIDEO, "webm"),
        )
    }
)
BYTES_MAX = _VIDEO
# A long screenshot of a talk fits; what unpacks to more is no picture of a screen.
PIXELS_MAX = 40_000_000
SIDE_PIXELS_MAX = 40_000
GIF_FRAMES_MAX = 1_000
PAGES_MAX = 200
VIDEO_SECONDS_MAX = 30 * 60
VIDEO_SIDE_PIXELS_MAX = 4_096
KEY_FRAMES_MAX = 8


def sort_of(media_type: str) -> Sort | None:
    """Picture, PDF or video; None for a type that is not taken."""
    kind = KINDS.get(media_type)
    return kind.sort if kind else None


def ending_of(media_type: str) -> str:
    """The ending under which a file of this type is handed out."""
    kind = KINDS.get(media_type)
    return kind.ending if kind else "bin"
