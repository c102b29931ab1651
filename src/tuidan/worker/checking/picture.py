"""Pictures: walked, decoded whole, and drawn anew without anything but their pixels for others to see."""

from __future__ import annotations

import io
import warnings
from typing import BinaryIO

from PIL import (
    ExifTags,
    GifImagePlugin,
    Image,
    ImageFile,
    ImageOps,
    JpegImagePlugin,
    PngImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

from tuidan.domain.upload.kinds import PIXELS_MAX, SIDE_PIXELS_MAX
from tuidan.worker.checking.finding import Finding, Refuse
from tuidan.worker.checking.media_type import refuse_second_form
from tuidan.worker.checking.picture_form import WALKS
from tuidan.worker.checking.source import Source

FORMATS = {"image/jpeg": "JPEG", "image/png": "PNG", "image/gif": "GIF", "image/webp": "WEBP"}
PLUGINS = (GifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin)
SMALL_PIXELS = 480
# A larger one is not turned in memory: it keeps the one mark of how to turn it.
TURNED_PIXELS_MAX = 20_000_000
QUALITY = 92
FACT_CHARS_MAX = 120
Image.MAX_IMAGE_PIXELS = PIXELS_MAX
ImageFile.LOAD_TRUNCATED_IMAGES = False
Image.init()


def check_picture(source: Source, media_type: str, cleaned: BinaryIO) -> Finding:
    """Look into a picture and write its clean copy. Raises Refuse."""
    refuse_second_form(source, media_type)
    data = source.all()
    WALKS[media_type](data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            with Image.open(io.BytesIO(data), formats=(FORMATS[media_type],)) as picture:
                return _look(picture, media_type, cleaned)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refuse("too_many_pixels") from None
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Warning, EOFError, TypeError) as error:
        raise Refuse("truncated" if "truncated" in str(error) else "broken", str(error)) from None
    except (KeyError, IndexError, AttributeError, OverflowError, AssertionError) as error:
        raise Refuse("broken", repr(error)) from None


def _look(picture: Image.Image, media_type: str, cleaned: BinaryIO) -> Finding:
    wide, high = picture.size
    if wide * high > PIXELS_MAX or max(wide, high) > SIDE_PIXELS_MAX or min(wide, high) < 1:
        raise Refuse("too_many_pixels", f"{wide} × {high}")
    facts, turn = _facts(picture)
    picture.load()
    plain = _plain(picture)
    plain.info = {}
    found = Finding(media_type, width=wide, height=high, facts=facts)
    if turn > 4:
        found.width, found.height = high, wide
    found.small = small_of(plain, turn)
    exif = None
    if turn > 1 and wide * high <= TURNED_PIXELS_MAX:
        plain = _turned(plain, turn)
    elif turn > 1:
        exif = Image.Exif()
        exif[ExifTags.Base.Orientation] = turn
    found.cleaned_type = "image/png" if media_type in ("image/png", "image/gif") else "image/jpeg"
    if plain.mode in ("RGBA", "LA"):
        found.cleaned_type = "image/png"
    if found.cleaned_type == "image/png":
        plain.save(cleaned, "PNG", compress_level=1 if wide * high > TURNED_PIXELS_MAX else 6)
    else:
        kept = {"exif": exif} if exif else {}
        plain.save(cleaned, "JPEG", quality=QUALITY, subsampling=0, **kept)
    return found


def _plain(picture: Image.Image) -> Image.Image:
    """The pixels in a mode that every browser shows; palettes, deep and print colours are turned into it."""
    if picture.mode in ("L", "RGB", "RGBA", "LA"):
        return picture.convert("RGBA") if "transparency" in picture.info else picture
    if picture.mode.startswith("I"):
        return picture.point(lambda value: value / 256).convert("L")
    if picture.mode == "1":
        return picture.convert("L")
    transparent = picture.mode in ("P", "PA") and "transparency" in picture.info
    return picture.convert("RGBA" if transparent else "RGB")


def _turned(picture: Image.Image, turn: int) -> Image.Image:
    marked = Image.Exif()
    marked[ExifTags.Base.Orientation] = turn
    picture.info["exif"] = marked.tobytes()
    turned = ImageOps.exif_transpose(picture)
    turned.info = {}
    return turned


def small_of(picture: Image.Image, turn: int = 1, side: int = SMALL_PIXELS) -> bytes:
    """A small JPEG of it; a long screenshot is shown from its top."""
    wide, high = picture.size
    top = picture.crop((0, 0, wide, min(high, wide * 2))) if turn == 1 else picture
    top = top.copy() if top is picture else top
    top.thumbnail((side, side * 2), reducing_gap=2.0)
    if top.mode in ("RGBA", "LA"):
        ground = Image.new("RGB", top.size, "white")
        ground.paste(top.convert("RGBA"), mask=top.getchannel("A"))
        top = ground
    if turn > 1:
        top = _turned(top, turn)
    written = io.BytesIO()
    top.convert("RGB").save(written, "JPEG", quality=80)
    return written.getvalue()


def _facts(picture: Image.Image) -> tuple[dict[str, object], int]:
    """What the metadata says: time, device, software, and whether a place is in it (never which); and the turn."""
    facts: dict[str, object] = {}
    exif = picture.getexif()
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    taken = inner.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    _note(facts, "taken_at", _time_text(taken, inner.get(ExifTags.Base.OffsetTimeOriginal)))
    device = " ".join(str(exif.get(tag, "")) for tag in (ExifTags.Base.Make, ExifTags.Base.Model))
    _note(facts, "device", device)
    software = exif.get(ExifTags.Base.Software) or picture.info.get("Software")
    _note(
        facts,
        "software",
        software or _editor_in(picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp")),
    )
    facts["has_place"] = bool(exif.get_ifd(ExifTags.IFD.GPSInfo))
    facts["has_metadata"] = len(exif) > 0 or "xmp" in picture.info
    turn = exif.get(ExifTags.Base.Orientation, 1)
    return facts, turn if isinstance(turn, int) and 1 <= turn <= 8 else 1


def _editor_in(xmp: object) -> str:
    """The tool that XMP names as the picture's maker."""
    text = xmp if isinstance(xmp, bytes) else str(xmp or "").encode()
    at = text.find(b"CreatorTool")
    if at < 0:
        return ""
    told = text[at + len(b"CreatorTool") :].lstrip(b"=\"'> ")
    return told.split(b"<")[0].split(b'"')[0][:FACT_CHARS_MAX].decode("utf-8", "replace")


def _time_text(taken: object, offset: object) -> str:
    """`2026-11-23 12:00:01 +08:00` of what the camera wrote; "" where it is no time."""
    text = str(taken or "").strip("\0 ")
    if len(text) < 19 or not text[:4].isdecimal():
        return ""
    told = f"{text[:4]}-{text[5:7]}-{text[8:19]}"
    return f"{told} {offset}" if offset else told


def _note(facts: dict[str, object], name: str, value: object) -> None:
    text = "".join(char for char in str(value or "") if char.isprintable()).strip()
    if text:
        facts[name] = text[:FACT_CHARS_MAX]
