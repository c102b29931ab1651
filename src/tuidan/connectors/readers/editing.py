"""Signs that a picture may have been edited: what its metadata names, and stretches that were compressed otherwise.

Hints for a person, never a verdict: a cropping tool leaves the same traces as a forger.
"""

from __future__ import annotations

import io
import re
from statistics import median

from PIL import Image, ImageChops

from tuidan.connectors.contract.reader import Sign
from tuidan.connectors.readers.stretches import find_stretches, grey
from tuidan.domain.reading.line import Box

SOFTWARE_TAG = 305
EDITORS = re.compile(
    r"photoshop|gimp|pixelmator|affinity|picsart|snapseed|lightroom|美图|meitu|醒图|黄油相机|稿定|canva|paint\.net|"
    r"illustrator|coreldraw|ps express",
    re.I,
)
METADATA_BYTES = 200_000
# A stretch whose error on saving again is so many times larger or smaller than the others' was saved another number
# of times. Set on the development pictures.
PATCH_TIMES = 2.2
STRETCHES_MIN = 6
QUALITY = 90
ERROR_MIN = 0.35


def find_signs(raw: bytes, picture: Image.Image) -> tuple[Sign, ...]:
    """Software that edits pictures, by name; and places compressed otherwise than the rest."""
    return (*_software(raw), *_patches(raw, picture))


def _software(raw: bytes) -> tuple[Sign, ...]:
    try:
        with Image.open(io.BytesIO(raw)) as opened:
            told = [str(opened.getexif().get(SOFTWARE_TAG, "")), str(opened.info.get("Software", ""))]
    except (OSError, SyntaxError, ValueError):
        told = []
    xmp = raw[:METADATA_BYTES]
    told += [
        found.decode("utf-8", "replace")
        for found in re.findall(rb"CreatorTool[>=\"']{1,3}([^<\"']{1,60})", xmp)
    ]
    named = sorted({words[:60] for words in told if EDITORS.search(words)})
    return tuple(Sign("software", words) for words in named)


def _patches(raw: bytes, picture: Image.Image) -> tuple[Sign, ...]:
    """JPEG only: a file that was always whole changes alike everywhere when it is saved once more."""
    if not raw.startswith(b"\xff\xd8"):
        return ()
    again = io.BytesIO()
    picture.save(again, "JPEG", quality=QUALITY)
    with Image.open(again) as saved:
        off = ImageChops.difference(picture, saved.convert("RGB")).convert("L")
    scale = picture.width / 720
    measured = []
    for stretch in find_stretches(grey(picture)):
        box = stretch.box
        around = Box(*(round(side * scale) for side in (box.left, box.top, box.right, box.bottom)))
        measured.append((_mean(off, around), around))
    if len(measured) < STRETCHES_MIN:
        return ()
    usual = max(ERROR_MIN, median(error for error, _ in measured))
    strange = [
        box
        for error, box in measured
        if error > usual * PATCH_TIMES or error * PATCH_TIMES < usual - ERROR_MIN
    ]
    return tuple(Sign("patch", "", box) for box in strange[:3]) if len(strange) * 4 <= len(measured) else ()


def _mean(off: Image.Image, box: Box) -> float:
    part = off.crop((box.left, box.top, max(box.right, box.left + 1), max(box.bottom, box.top + 1)))
    levels = part.histogram()
    return sum(level * count for level, count in enumerate(levels)) / max(1, part.width * part.height)
