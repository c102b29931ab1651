"""Files that the tests upload: small pictures, PDFs and videos, made on the spot as phones and programs make them."""

from __future__ import annotations

import io
from datetime import UTC, datetime
from uuid import UUID, uuid4

import av
import pikepdf
from PIL import ExifTags, Image, ImageDraw

from tuidan.commands import upload
from tuidan.domain import commands as c
from tuidan.store.files.rows import FileRecord


def now() -> datetime:
    return datetime.now(UTC)


def buyer() -> c.Actor:
    return c.Actor("buyer", str(uuid4()))


def screenshot(size: tuple[int, int] = (360, 780), words: str = "recharge failed") -> Image.Image:
    picture = Image.new("RGB", size, "white")
    ImageDraw.Draw(picture).text((20, 40), words, fill="black")
    return picture


def jpeg_with_place(size: tuple[int, int] = (360, 780)) -> bytes:
    """A photograph as a phone writes it: time, device, software and a place."""
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = "HUAWEI", "ALN-AL00"
    exif[ExifTags.Base.Software] = "ALN-AL00 4.0.0"
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = "2026:11:23 20:16:02"
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    written = io.BytesIO()
    screenshot(size).save(written, "JPEG", exif=exif)
    return written.getvalue()


def png() -> bytes:
    written = io.BytesIO()
    screenshot().save(written, "PNG")
    return written.getvalue()


def uploaded(order_id: UUID, actor: c.Actor, data: bytes, name: str = "截图.png") -> FileRecord:
    """A file that came whole and waits for its check."""
    person = UUID(actor.id)
    return upload.upload_whole(order_id, 1, actor, person, name, data, uuid4().hex, now())


def pdf() -> bytes:
    """A document of one page, as an office program writes it."""
    written = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.docinfo["/Producer"], document.docinfo["/Author"] = "WPS", "someone"
        document.save(written)
    return written.getvalue()


def video(kind: str = "mp4", codec: str = "libx264", frames: int = 60, **options: str) -> bytes:
    """A screen recording that says where it was made."""
    written = io.BytesIO()
    with av.open(written, "w", format=kind, options=options) as container:
        container.metadata.update({"location": "+31.2304+121.4737/", "comment": "SECRET"})
        stream = container.add_stream(codec, rate=30)
        stream.width, stream.height, stream.pix_fmt = 320, 240, "yuv420p"
        stream.codec_context.gop_size = 15
        for i in range(frames):
            picture = Image.new("RGB", (320, 240), (i * 4 % 255, 50, 80))
            for packet in stream.encode(av.VideoFrame.from_image(picture)):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
    return written.getvalue()
