"""Reads the two-dimensional codes of a picture, so that a payment code in a message is seen (S-056).

Needs the extra `pictures` (zxing-cpp, Pillow). Without it nothing is read and nothing fails: a hint is missing, no
more. The picture is looked at and not kept.
"""

from __future__ import annotations

import io

try:
    import zxingcpp
    from PIL import Image, UnidentifiedImageError

    INSTALLED = True
except ImportError:
    INSTALLED = False

PICTURE_BYTES_MAX = 8_000_000
# More than a phone's camera makes; a small file that unpacks to more is no photograph.
PIXELS_MAX = 50_000_000
SIDE_PIXELS_MAX = 3_000
FORMATS = ("PNG", "JPEG", "WEBP", "GIF", "BMP")
CODES_MAX = 8
PAYLOAD_CHARS_MAX = 2_000


class UnreadablePicture(ValueError):
    """The bytes are no picture of a known form, or too large a one."""


def can_read() -> bool:
    """Whether the extra is installed."""
    return INSTALLED


def read_codes(picture: bytes) -> tuple[str, ...]:
    """What the codes of a picture say, at most CODES_MAX. Raises UnreadablePicture."""
    if not INSTALLED:
        return ()
    if len(picture) > PICTURE_BYTES_MAX:
        raise UnreadablePicture(f"more than {PICTURE_BYTES_MAX} bytes")
    try:
        with Image.open(io.BytesIO(picture), formats=FORMATS) as opened:
            if opened.width * opened.height > PIXELS_MAX:
                raise UnreadablePicture(f"more than {PIXELS_MAX} pixels")
            grey = opened.convert("L")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise UnreadablePicture(str(error)) from error
    grey.thumbnail((SIDE_PIXELS_MAX, SIDE_PIXELS_MAX))
    found = zxingcpp.read_barcodes(grey)
    return tuple(code.text[:PAYLOAD_CHARS_MAX] for code in found[:CODES_MAX] if code.text)
