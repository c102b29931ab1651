"""One look at one picture, inside the reader's process: words, keys, signs."""

from __future__ import annotations

from tuidan.connectors.contract.reader import Likeness, Seen
from tuidan.connectors.readers.editing import find_signs
from tuidan.connectors.readers.likeness import compare_pictures
from tuidan.connectors.readers.opening import NoPicture, open_picture
from tuidan.connectors.readers.rapidocr import Engine
from tuidan.connectors.readers.stretches import find_stretches, grey


def look_at(raw: bytes, engine: Engine | None) -> Seen:
    """All that is seen on a picture; without an engine nobody reads its words."""
    try:
        picture = open_picture(raw)
    except NoPicture:
        return Seen(trouble="no_picture")
    keys = tuple(dict.fromkeys(stretch.key for stretch in find_stretches(grey(picture))))
    lines = engine.read(picture) if engine is not None else None
    return Seen(picture.width, picture.height, lines, keys, find_signs(raw))


def compare(one: bytes, other: bytes) -> Likeness:
    """How alike two pictures are."""
    try:
        return compare_pictures(open_picture(one), open_picture(other))
    except NoPicture:
        return Likeness(trouble="no_picture")
