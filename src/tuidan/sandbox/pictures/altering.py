"""What happens to a picture between the screen and us: cut, made smaller, recompressed, watermarked, photographed."""

from __future__ import annotations

import io
import random
from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter

from tuidan.sandbox.pictures.drawing import Placed
from tuidan.sandbox.pictures.phone import font

Corners = tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A picture with its rows; `exact` says whether their places still hold to the pixel."""

    image: Image.Image
    placed: tuple[Placed, ...]
    exact: bool = True


def saved(image: Image.Image, quality: int = 0) -> bytes:
    """The bytes of a file: PNG, or JPEG of this quality."""
    out = io.BytesIO()
    if quality:
        image.save(out, "JPEG", quality=quality)
    else:
        image.save(out, "PNG", compress_level=1)
    return out.getvalue()


def scaled(sheet: Sheet, share: float) -> Sheet:
    """Smaller or larger."""
    size = (round(sheet.image.width * share), round(sheet.image.height * share))
    placed = tuple(
        Placed(p.row, *(round(side * share) for side in (p.left, p.top, p.right, p.bottom)))
        for p in sheet.placed
    )
    return Sheet(sheet.image.resize(size, Image.Resampling.LANCZOS), placed, sheet.exact)


def cropped(sheet: Sheet, left: int, top: int, right: int, bottom: int) -> Sheet:
    """What lies within; rows that are not wholly there are gone, for a person too."""
    placed = tuple(
        Placed(p.row, p.left - left, p.top - top, p.right - left, p.bottom - top)
        for p in sheet.placed
        if p.left >= left and p.top >= top and p.right <= right and p.bottom <= bottom
    )
    return Sheet(sheet.image.crop((left, top, right, bottom)), placed, sheet.exact)


def cut_rows(sheet: Sheet, rng: random.Random) -> Sheet:
    """Only a part of the rows, cut between two of them, as people do who want to show little."""
    first = rng.randrange(max(1, len(sheet.placed) - 3))
    last = rng.randrange(min(first + 2, len(sheet.placed) - 1), len(sheet.placed))
    top = max(0, sheet.placed[first].top - 24)
    bottom = min(sheet.image.height, sheet.placed[last].bottom + 18)
    return cropped(sheet, 0, top, sheet.image.width, bottom)


def small_crop(sheet: Sheet, rng: random.Random) -> Sheet:
    """The status bar and a little at the edges taken away."""
    width, height = sheet.image.size
    top, bottom = rng.uniform(0.03, 0.06), rng.uniform(0.02, 0.06)
    return cropped(sheet, 0, round(height * top), width, round(height * (1 - bottom)))


def watermarked(sheet: Sheet, rng: random.Random, text: str = "仅用于退款申请") -> Sheet:
    """Pale slanted words all over."""
    image = sheet.image.convert("RGBA")
    layer = Image.new("RGBA", image.size, (0, 0, 0, 0))
    tile = Image.new("RGBA", (520, 120), (0, 0, 0, 0))
    ImageDraw.Draw(tile).text((10, 30), text, font=font(44), fill=(128, 128, 128, rng.randrange(48, 80)))
    tile = tile.rotate(24, expand=True)
    for y in range(0, image.height, 420):
        for x in range(-100, image.width, 560):
            layer.paste(tile, (x + (y // 420 % 2) * 240, y), tile)
    return Sheet(Image.alpha_composite(image, layer).convert("RGB"), sheet.placed, sheet.exact)


def recompressed(sheet: Sheet, times: int, quality: int) -> Sheet:
    """Saved as JPEG again and again, as chat apps do."""
    image = sheet.image
    for _ in range(times):
        image = Image.open(io.BytesIO(saved(image, quality))).convert("RGB")
    return Sheet(image, sheet.placed, sheet.exact)


def photographed(sheet: Sheet, rng: random.Random) -> Sheet:
    """Taken with another phone: at an angle, a little blurred, unevenly lit, with noise, on a table."""
    width, height = sheet.image.size
    lean = rng.uniform(0.02, 0.12)
    corners = [
        (width * rng.uniform(0.02, lean + 0.02), height * rng.uniform(0.01, 0.04)),
        (width * (1 - rng.uniform(0.02, lean + 0.02)), height * rng.uniform(0.01, 0.05)),
        (width * (1 - rng.uniform(0.0, 0.03)), height * (1 - rng.uniform(0.01, 0.03))),
        (width * rng.uniform(0.0, 0.03), height * (1 - rng.uniform(0.01, 0.03))),
    ]
    table = Image.new("RGB", (width, height), (118, 98, 80))
    warped = _warp(sheet.image, corners)
    mask = _warp(Image.new("L", (width, height), 255), corners)
    table.paste(warped, (0, 0), mask)
    table = table.filter(ImageFilter.GaussianBlur(rng.uniform(0.6, 1.8)))
    light = Image.linear_gradient("L").resize((width, height)).point(lambda v: 190 + v // 4)
    table = Image.composite(table, Image.new("RGB", table.size, (0, 0, 0)), light)
    noise = Image.effect_noise((width, height), rng.uniform(20, 60)).convert("RGB")
    return Sheet(Image.blend(table, noise, rng.uniform(0.08, 0.2)), sheet.placed, exact=False)


def photographed_from_afar(sheet: Sheet, rng: random.Random) -> Sheet:
    """The same from further away: the words are small, and it was sent by a chat app."""
    return recompressed(scaled(photographed(sheet, rng), rng.uniform(0.55, 0.7)), 1, 60)


def screenshot_of(sheet: Sheet, rng: random.Random) -> Sheet:
    """The picture shown in a viewer on another phone, and a screenshot of that."""
    frame = Image.new("RGB", (1080, 2340), (0, 0, 0))
    ImageDraw.Draw(frame).text(
        (60, 34), f"{rng.randrange(24):02d}:{rng.randrange(60):02d}", font=font(42), fill=(255, 255, 255)
    )
    share = min(1080 / sheet.image.width, 1900 / sheet.image.height)
    small = scaled(sheet, share)
    left, top = (1080 - small.image.width) // 2, 200
    frame.paste(small.image, (left, top))
    ImageDraw.Draw(frame).text(
        (200, 2180), "编辑    收藏    删除    更多", font=font(40), fill=(220, 220, 220)
    )
    placed = tuple(
        Placed(p.row, p.left + left, p.top + top, p.right + left, p.bottom + top) for p in small.placed
    )
    return Sheet(frame, placed, sheet.exact)


def _warp(image: Image.Image, corners: list[tuple[float, float]]) -> Image.Image:
    """Put the picture's corners there."""
    width, height = image.size
    own = [(0.0, 0.0), (float(width), 0.0), (float(width), float(height)), (0.0, float(height))]
    return image.transform(
        image.size, Image.Transform.PERSPECTIVE, _coefficients(corners, own), Image.Resampling.BICUBIC
    )


def _coefficients(target: list[tuple[float, float]], source: list[tuple[float, float]]) -> list[float]:
    """The eight numbers of the perspective that takes target points to source points (Gauss, 8 unknowns)."""
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(target, source, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y, u])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y, v])
    for k in range(8):
        pivot = max(range(k, 8), key=lambda r: abs(rows[r][k]))
        rows[k], rows[pivot] = rows[pivot], rows[k]
        for r in range(8):
            if r != k:
                share = rows[r][k] / rows[k][k]
                rows[r] = [a - share * b for a, b in zip(rows[r], rows[k], strict=True)]
    return [rows[k][8] / rows[k][k] for k in range(8)]


ALTERATIONS: dict[str, Callable[[Sheet, random.Random], Sheet]] = {
    "as_it_is": lambda sheet, rng: sheet,
    "recompressed": lambda sheet, rng: recompressed(sheet, 3, rng.randrange(35, 60)),
    "half_size": lambda sheet, rng: scaled(sheet, 0.5),
    "by_chat": lambda sheet, rng: recompressed(scaled(sheet, 0.667), 1, 55),
    "watermark": watermarked,
    "cut": cut_rows,
    "photographed": photographed,
    "photographed_from_afar": photographed_from_afar,
    "screenshot_of": screenshot_of,
}
