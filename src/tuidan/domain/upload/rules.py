"""When an upload may begin, go on and be finished: pure rules over what is there already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from tuidan.domain.refusals import Refusal
from tuidan.domain.upload.kinds import BYTES_MAX, MIB

# Of one order, over all its cases: more is no evidence but a burden on whoever reads it.
FILES_MAX = 60
ORDER_BYTES_MAX = 2_000 * MIB
EXHIBIT_FILES_MAX = 9
UNFINISHED_MAX = 6
BEGINS_AN_HOUR_MAX = 120
PIECE_BYTES_MAX = 4 * MIB
NAME_CHARS_MAX = 120
# Pieces of which nothing more came, and files that no exhibit names, are swept after this.
UNFINISHED_KEPT = timedelta(hours=24)
UNFILED_KEPT = timedelta(days=7)
LEASE = timedelta(minutes=5)
CHECK_TRIES_MAX = 3


@dataclass(frozen=True, slots=True)
class There:
    """What an order holds already; `unfinished` counts the uploads of the one who asks."""

    files: int
    bytes: int
    unfinished: int
    begun_this_hour: int


def may_begin(size: int, there: There) -> Refusal | None:
    """Why an upload of this many bytes may not begin; None when it may."""
    if size < 1:
        return Refusal("file_empty")
    if size > BYTES_MAX:
        return Refusal("file_too_large", {"bytes_max": BYTES_MAX})
    if there.files >= FILES_MAX or there.bytes + size > ORDER_BYTES_MAX:
        return Refusal("too_many_files", {"files_max": FILES_MAX, "bytes_max": ORDER_BYTES_MAX})
    if there.unfinished >= UNFINISHED_MAX:
        return Refusal("too_many_unfinished", {"max": UNFINISHED_MAX})
    if there.begun_this_hour >= BEGINS_AN_HOUR_MAX:
        return Refusal("too_many_uploads", {"max_an_hour": BEGINS_AN_HOUR_MAX})
    return None


def may_append(size: int, received: int, offset: int, length: int) -> Refusal | None:
    """Why a piece at this offset may not be added; the true offset is in the refusal, so the sender can go on."""
    if length > PIECE_BYTES_MAX:
        return Refusal("piece_too_large", {"bytes_max": PIECE_BYTES_MAX, "offset": received})
    if offset != received or received + length > size or length < 1:
        return Refusal("upload_offset_wrong", {"offset": received, "size": size})
    return None


def clean_name(name: str) -> str:
    """A file's name as it may be shown: no path, no control or direction characters, not endless."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(char for char in last if char.isprintable()).strip(". ")
    return shown[-NAME_CHARS_MAX:] or "file"
