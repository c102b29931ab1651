"""Opens an untrusted picture within limits, upright and in colours. Bombs are refused before a pixel is unpacked."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")
PIXELS_MAX = 40_000_000
SIDE_MIN = 16


class NoPicture(ValueError):
    """The bytes are no picture that is looked at."""


def open_picture(raw: bytes) -> Image.Image:
    """The first frame in RGB, turned as its metadata says. Raises NoPicture."""
    try:
        with Image.open(io.BytesIO(raw), formats=FORMATS) as opened:
            if opened.width * opened.height > PIXELS_MAX or min(opened.size) < SIDE_MIN:
                raise NoPicture(f"{opened.width}×{opened.height}")
            turned = ImageOps.exif_transpose(opened)
            if turned.mode in ("RGBA", "LA", "P"):
                clear = turned.convert("RGBA")
                ground = Image.new("RGBA", clear.size, (255, 255, 255, 255))
                return Image.alpha_composite(ground, clear).convert("RGB")
            return turned.convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise NoPicture(str(error)[:100]) from error
