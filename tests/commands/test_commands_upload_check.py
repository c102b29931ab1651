"""What the check keeps of a file and what others see of it; a far store; other keys; a process that died in between."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pikepdf
import pytest
from django.conf import settings
from PIL import ExifTags, Image

from evidence_files import buyer, jpeg_with_place, now, png, screenshot, uploaded, video
from s3_server import KEYS, s3_server
from tuidan.commands import upload
from tuidan.connectors.contract.registry import connect
from tuidan.domain.upload.objects import BROKEN, StoreTrouble
from tuidan.reads.upload import open_file
from tuidan.store.files import place, rows
from tuidan.store.files.rows import FileRecord
from tuidan.worker.checker import Checker
from tuidan.worker.files import check_files


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with Checker() as running:
        yield running


def checked(checker: Checker, data: bytes, order_id: UUID | None = None) -> FileRecord:
    order_id = order_id or uuid4()
    uploaded(order_id, buyer(), data)
    while check_files(checker, now):
        pass
    return rows.of_order(order_id)[-1]


def saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    written = io.BytesIO()
    picture.save(written, kind, **how)
    return written.getvalue()


def copy_of(file: FileRecord) -> Image.Image:
    return Image.open(io.BytesIO(open_file(file.order_id, file.n).all()))


def test_a_photograph_that_lay_on_its_side_is_turned_for_others(checker: Checker) -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    file = checked(checker, saved(screenshot((300, 200)), "JPEG", exif=exif))
    assert (file.width, file.height, copy_of(file).size) == (200, 300, (200, 300))


def test_what_was_see_through_stays_so(checker: Checker) -> None:
    picture = screenshot((50, 60)).convert("RGBA")
    picture.putpixel((0, 0), (1, 2, 3, 0))
    for kind in ("PNG", "WEBP"):
        copy = copy_of(
            checked(checker, saved(picture, kind, lossless=True) if kind == "WEBP" else saved(picture, kind))
        )
        assert (copy.mode, copy.getpixel((0, 0))[3]) == ("RGBA", 0)


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "I;16", "CMYK"])
def test_a_picture_in_any_colours_is_shown(checker: Checker, mode: str) -> None:
    picture = Image.new("I;16", (40, 30), 60_000) if mode == "I;16" else screenshot((40, 30)).convert(mode)
    file = checked(checker, saved(picture, "JPEG" if mode == "CMYK" else "PNG"))
    assert (file.state, copy_of(file).size) == ("checked", (40, 30))


def test_of_a_moving_picture_the_first_frame_is_kept(checker: Checker) -> None:
    frames = [Image.new("RGB", (20, 20), colour) for colour in ("red", "blue")]
    file = checked(checker, saved(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert (file.cleaned_type, copy_of(file).convert("RGB").getpixel((5, 5))) == ("image/png", (255, 0, 0))


def test_metadata_is_told_to_reviewers_without_the_place(checker: Checker) -> None:
    file = checked(checker, jpeg_with_place())
    assert file.facts == {
        "taken_at": "2026-11-23 20:16:02",
        "device": "HUAWEI ALN-AL00",
        "software": "ALN-AL00 4.0.0",
        "has_place": True,
        "has_metadata": True,
    }


def test_a_document_is_shown_without_its_attachments_and_what_acts(checker: Checker) -> None:
    written = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.attachments["invoice.xml"] = b"<SECRET/>"
        link = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Link,
            Rect=pikepdf.Array([0, 0, 9, 9]),
            A=pikepdf.Dictionary(S=pikepdf.Name.URI, URI=pikepdf.String("http://evil.example")),
        )
        document.pages[0].obj.Annots = pikepdf.Array([link])
        document.docinfo["/Author"] = "SECRET"
        document.save(written, compress_streams=False)
    file = checked(checker, written.getvalue())
    assert (file.pages, file.facts["left_out"]) == (1, ["attachments"])
    copy = open_file(file.order_id, file.n).all()
    with pikepdf.open(io.BytesIO(copy)) as document:
        assert (len(document.pages), len(document.attachments), "/Annots" in document.pages[0].obj) == (
            1,
            0,
            False,
        )
    assert b"SECRET" not in copy
    assert b"evil.example" not in copy


def test_a_video_keeps_its_moments_and_loses_its_place(checker: Checker) -> None:
    file = checked(checker, video("mov", frames=90))
    assert file.facts["has_place"] is True
    assert len(file.frames) > 3
    assert b"+31.2304" not in open_file(file.order_id, file.n).all()


def test_a_far_store_serves_the_whole_way_of_a_file(checker: Checker) -> None:
    nearby = settings.FILE_STORE
    with s3_server("evidence") as address:
        told = {"bucket": "evidence", "endpoint": address, "path_style": "True"} | KEYS
        settings.FILE_STORE = lambda: connect("stores", "s3", told)
        place.store.cache_clear()
        try:
            data = png() + bytes(40)
            file = checked(checker, data)
            assert open_file(file.order_id, file.n, cleaned=False).all() == data
            assert copy_of(file).size == (360, 780)
            assert upload.erase_file(file.order_id, file.n, now())
        finally:
            settings.FILE_STORE = nearby
            place.store.cache_clear()


def test_a_new_master_key_opens_old_files_and_a_lost_one_is_said(checker: Checker) -> None:
    keys, data = settings.FILE_KEYS, os.urandom(100)
    order_id = uuid4()
    uploaded(order_id, buyer(), data)
    try:
        settings.FILE_KEYS = (*keys, os.urandom(32))
        assert open_file(order_id, 1, cleaned=False).all() == data
        settings.FILE_KEYS = (os.urandom(32),)
        with pytest.raises(StoreTrouble, match="is not here") as trouble:
            open_file(order_id, 1, cleaned=False)
    finally:
        settings.FILE_KEYS = keys
    assert trouble.value.code == BROKEN


def test_a_check_that_never_ends_well_is_given_up_and_said(checker: Checker) -> None:
    order_id = uuid4()
    uploaded(order_id, buyer(), png())
    kept, settings.FILE_KEYS = settings.FILE_KEYS, (os.urandom(32),)
    try:
        for i in range(4):
            check_files(checker, lambda i=i: now() + timedelta(minutes=6 * i))
    finally:
        settings.FILE_KEYS = kept
    (file,) = rows.of_order(order_id)
    assert (file.state, file.refusal) == ("refused", "check_failed")


WITHOUT = """
import io, os, sys, tempfile
sys.modules["av"] = None
from tuidan.store.files.sealed import SealedWriter, new_key
from tuidan.worker.checking.source import Source
from tuidan.worker.checking.video import check_video
key = new_key()
with tempfile.TemporaryFile() as file:
    sealing = SealedWriter(file, key)
    sealing.write(sys.stdin.buffer.read())
    sealing.close()
    file.flush()
    found = check_video(Source(file.fileno(), key), "video/mp4", io.BytesIO())
print(found.facts["not_decoded"], found.duration_ms, len(found.frames))
"""


def test_without_the_extra_a_video_is_walked_and_left_to_people() -> None:
    told = subprocess.run([sys.executable, "-c", WITHOUT], input=video(), capture_output=True, check=True)
    assert told.stdout.decode().split() == ["True", "2000", "0"]
