"""Signs that a picture may have been edited: programs that its metadata names.

Hints for a person, never a verdict: a cropping tool leaves the same trace as a forger. Where a copy of an earlier
picture was changed, `likeness.py` shows the place. Telling a patch by its compression alone was tried and left out:
docs/adr/reading-pictures.md has the figures.
"""

from __future__ import annotations

import io
import re

from PIL import Image

from tuidan.connectors.contract.reader import Sign

SOFTWARE_TAG = 305
EDITORS = re.compile(
    r"photoshop|gimp|pixelmator|affinity|picsart|snapseed|lightroom|美图|meitu|醒图|黄油相机|稿定|canva|paint\.net|"
    r"illustrator|coreldraw|ps express",
    re.I,
)
METADATA_BYTES = 200_000
NAME_CHARS_MAX = 60


def find_signs(raw: bytes) -> tuple[Sign, ...]:
    """One sign for each program that edits pictures and is named in EXIF, XMP or a PNG's text."""
    try:
        with Image.open(io.BytesIO(raw)) as opened:
            told = [str(opened.getexif().get(SOFTWARE_TAG, "")), str(opened.info.get("Software", ""))]
    except (OSError, SyntaxError, ValueError):
        told = []
    named = re.findall(rb"CreatorTool[>=\"']{1,3}([^<\"']{1,60})", raw[:METADATA_BYTES])
    told += [found.decode("utf-8", "replace") for found in named]
    return tuple(
        Sign("software", words)
        for words in sorted({words[:NAME_CHARS_MAX] for words in told if EDITORS.search(words)})
    )
