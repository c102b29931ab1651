"""Whether two pictures are the same one: put over each other by their stretches of words, then compared inside them.

Two screens of the same app share all labels; what tells them apart is inside the values. So a stretch is compared
closely: one changed digit makes it another one.
"""

from __future__ import annotations

from statistics import median

from PIL import Image, ImageChops, ImageOps

from tuidan.connectors.contract.reader import Likeness
from tuidan.connectors.readers.stretches import WIDTH, Stretch, find_stretches, grey
from tuidan.domain.reading.line import Box

KEY_BITS_OFF_MAX = 3
PAIRS_MIN = 3
PLACE_PIXELS = 10
CELL_HEIGHT = 24
WINDOW = 12
# Mean difference of grey inside a window: above this the words differ there. Set on the development pictures.
WINDOW_OFF_MAX = 46.0
LONG_ASPECT = 3.0


def compare_pictures(one: Image.Image, other: Image.Image) -> Likeness:
    """How alike they are; nothing compared where they cannot be put over each other."""
    left, right = grey(one), grey(other)
    own, theirs = find_stretches(left), find_stretches(right)
    place = _fit(own, theirs)
    if place is None:
        return Likeness()
    scale, dx, dy = place
    compared = same = 0
    differing = []
    for stretch in own:
        box = stretch.box
        there = Box(
            round(box.left * scale + dx),
            round(box.top * scale + dy),
            round(box.right * scale + dx),
            round(box.bottom * scale + dy),
        )
        if there.left < 0 or there.top < 0 or there.right > right.width or there.bottom > right.height:
            continue
        compared += 1
        if _differs(left, box, right, there):
            differing.append(_on_picture(box, one.width))
        else:
            same += 1
    share = 100 * compared // max(1, min(len(own), len(theirs)))
    return Likeness(compared, same, min(100, share), tuple(differing))


def _fit(own: list[Stretch], theirs: list[Stretch]) -> tuple[float, float, float] | None:
    """Scale and shift that take most stretches to one like them; None where fewer than PAIRS_MIN agree."""
    pairs = [
        (a, b)
        for a in own
        for b in theirs
        if (a.key ^ b.key).bit_count() <= KEY_BITS_OFF_MAX and abs(a.aspect / b.aspect - 1) < 0.12
    ]
    best: tuple[int, tuple[float, float, float]] | None = None
    for a, b in pairs:
        if a.aspect < LONG_ASPECT:
            continue
        scale = (b.box.right - b.box.left) / (a.box.right - a.box.left)
        dx, dy = b.box.left - a.box.left * scale, b.box.top - a.box.top * scale
        agreeing = [(c, d) for c, d in pairs if _lands(c.box, d.box, scale, dx, dy)]
        if best is None or len(agreeing) > best[0]:
            best = (len(agreeing), _refined(agreeing, scale))
    return best[1] if best is not None and best[0] >= PAIRS_MIN else None


def _lands(box: Box, there: Box, scale: float, dx: float, dy: float) -> bool:
    return (
        abs(box.left * scale + dx - there.left) < PLACE_PIXELS
        and abs(box.right * scale + dx - there.right) < PLACE_PIXELS
        and abs(box.top * scale + dy - there.top) < PLACE_PIXELS
    )


def _refined(pairs: list[tuple[Stretch, Stretch]], scale: float) -> tuple[float, float, float]:
    """The same with all agreeing stretches heard: scale from the two that are furthest apart, shift from the middle."""
    pairs = sorted(pairs, key=lambda pair: pair[0].box.top)
    (first, first_there), (last, last_there) = pairs[0], pairs[-1]
    if last.box.top - first.box.top > WIDTH // 4:
        scale = (last_there.box.top - first_there.box.top) / (last.box.top - first.box.top)
    dx = median(b.box.left - a.box.left * scale for a, b in pairs)
    dy = median(b.box.top - a.box.top * scale for a, b in pairs)
    return scale, dx, dy


def _differs(left: Image.Image, box: Box, right: Image.Image, there: Box) -> bool:
    """Whether the words inside differ anywhere: the smallest over small shifts of the largest window difference."""
    size = (max(WINDOW, round(CELL_HEIGHT * (box.right - box.left) / max(1, box.height))), CELL_HEIGHT)
    own = _cell(left, box, size)
    return min(_worst_window(own, _cell(right, shifted, size)) for shifted in _shifts(there)) > WINDOW_OFF_MAX


def _shifts(box: Box) -> list[Box]:
    return [
        Box(box.left + x, box.top + y, box.right + x, box.bottom + y)
        for x in (-2, -1, 0, 1, 2)
        for y in (-1, 0, 1)
    ]


def _cell(picture: Image.Image, box: Box, size: tuple[int, int]) -> Image.Image:
    part = picture.crop((box.left, box.top, box.right, box.bottom)).resize(size, Image.Resampling.BILINEAR)
    return ImageOps.autocontrast(part, cutoff=2)


def _worst_window(one: Image.Image, other: Image.Image) -> float:
    off = ImageChops.difference(one, other)
    across = max(1, one.width // WINDOW)
    return max(off.resize((across, 1), Image.Resampling.BOX).tobytes())


def _on_picture(box: Box, width: int) -> Box:
    """From WIDTH to the picture's own pixels."""
    k = width / WIDTH
    return Box(round(box.left * k), round(box.top * k), round(box.right * k), round(box.bottom * k))
