"""Finds the stretches of words on a picture without reading them, and gives each a key that survives recompression.

A stretch is trimmed to its ink and brought to one size, so that a cut edge, another scale or a frame around the
picture moves nothing. Keys are made of 24 bits: where along the stretch the ink is denser than its mean.
"""

from __future__ import annotations

from dataclasses import dataclass

from PIL import Image, ImageChops, ImageFilter

from tuidan.domain.reading.line import Box

WIDTH = 720
INK = 36
HEIGHT_MIN, HEIGHT_MAX = 8, 64
RULE_PIXELS = 30  # ink that goes on for twice this, up or twice that across, is the edge of a card, not words
BITS = 24
STRETCHES_MAX = 40
CUTS_MAX = 2


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words in a row: where on the picture brought to WIDTH, and its key."""

    box: Box
    key: int

    @property
    def aspect(self) -> float:
        return (self.box.right - self.box.left) / max(1, self.box.height)


def grey(image: Image.Image) -> Image.Image:
    """The picture in grey at WIDTH."""
    size = (WIDTH, max(1, round(image.height * WIDTH / image.width)))
    way = Image.Resampling.BOX if image.width > WIDTH else Image.Resampling.BICUBIC
    return image.convert("L").resize(size, way)


def find_stretches(picture: Image.Image) -> list[Stretch]:
    """The stretches of a grey picture, the longest ones first, at most STRETCHES_MAX."""
    ink = _ink(picture)
    found = [
        Stretch(box, _key(picture, box)) for box in _words(ink, Box(0, 0, WIDTH, picture.height), CUTS_MAX)
    ]
    found.sort(key=lambda stretch: -stretch.aspect)
    return found[:STRETCHES_MAX]


def _words(ink: Image.Image, within: Box, cuts: int) -> list[Box]:
    """Cut into rows, the rows into stretches; what is too tall for one line, a face beside a bubble, is cut again."""
    found: list[Box] = []
    part = _crop(ink, within)
    for top, bottom in _runs(_profile(part, (1, part.height)), 0, 1):
        height = bottom - top
        if height < HEIGHT_MIN:
            continue
        row = part.crop((0, top, part.width, bottom))
        gap = round(height * 1.2) if height <= HEIGHT_MAX else HEIGHT_MIN
        for left, right in _runs(_profile(row, (row.width, 1)), 0 if height > HEIGHT_MAX else 8, gap):
            box = Box(within.left + left, within.top + top, within.left + right, within.top + bottom)
            inside = _crop(ink, box).getbbox()
            if inside is None:
                continue
            box = Box(box.left + inside[0], box.top + inside[1], box.left + inside[2], box.top + inside[3])
            if box.height > HEIGHT_MAX:
                found += _words(ink, box, cuts - 1) if cuts else []
            elif box.right - box.left >= box.height * 1.5 and box.height >= HEIGHT_MIN:
                found.append(box)
    return found


def _crop(picture: Image.Image, box: Box) -> Image.Image:
    return picture.crop((box.left, box.top, box.right, box.bottom))


def _ink(picture: Image.Image) -> Image.Image:
    """What stands out from its surroundings, dark on light or light on dark, without long upright edges."""
    ground = picture.filter(ImageFilter.BoxBlur(14))
    ink = ImageChops.difference(picture, ground).point([255 if level > INK else 0 for level in range(256)])
    for radius in ((0, RULE_PIXELS), (2 * RULE_PIXELS, 0)):
        core = ink.filter(ImageFilter.BoxBlur(radius)).point(
            [255 if level >= 250 else 0 for level in range(256)]
        )
        rules = core.filter(ImageFilter.BoxBlur(radius)).point([255 if level else 0 for level in range(256)])
        ink = ImageChops.subtract(ink, rules)
    return ink


def _profile(ink: Image.Image, size: tuple[int, int]) -> bytes:
    return ink.resize(size, Image.Resampling.BOX).tobytes()


def _runs(levels: bytes, above: int, gap: int) -> list[tuple[int, int]]:
    """The spans in which the level is higher, gaps up to so many bridged."""
    found: list[tuple[int, int]] = []
    for at, level in enumerate(levels):
        if level <= above:
            continue
        if found and at - found[-1][1] <= gap:
            found[-1] = (found[-1][0], at + 1)
        else:
            found.append((at, at + 1))
    return found


def _key(picture: Image.Image, box: Box) -> int:
    cells = _crop(picture, box).resize((BITS, 1), Image.Resampling.BOX)
    levels = cells.tobytes()
    mean = sum(levels) / BITS
    key = 0
    for level in levels:
        key = key << 1 | (level > mean)
    return key
