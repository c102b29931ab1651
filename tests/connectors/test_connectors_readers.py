"""The reading process: limits, hostile bytes, a slow picture, a killed process; strips, keys, likeness, editing."""

import io
import os
import random
import signal
import struct
import zlib
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from tuidan.connectors.readers.editing import find_signs
from tuidan.connectors.readers.likeness import compare_pictures
from tuidan.connectors.readers.opening import NoPicture, open_picture
from tuidan.connectors.readers.process import ReaderProcess
from tuidan.connectors.readers.stretches import find_stretches, grey
from tuidan.connectors.readers.strips import Strip, cut_in_strips, put_together
from tuidan.domain.reading.line import Box, Line
from tuidan.sandbox.pictures.altering import Sheet, saved, scaled, small_crop
from tuidan.sandbox.pictures.drawing import draw_page
from tuidan.sandbox.pictures.page import bill
from tuidan.sandbox.pictures.phone import PHONES
from tuidan.sandbox.pictures.subject import Subject, another_of, draw_subject


@pytest.fixture(scope="module")
def blind() -> Iterator[ReaderProcess]:
    reader = ReaderProcess(words=False)
    yield reader
    reader.close()


def screen(subject: Subject) -> Sheet:
    image, rows = draw_page(bill(subject, random.Random(1)), PHONES[2], dark=False)
    return Sheet(image, tuple(rows))


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it is 60,000 pixels wide and tall."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    packed = zlib.compress(b"\0" * 100_000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@pytest.mark.parametrize("raw", [b"", b"no picture", bomb(), b"\x89PNG\r\n\x1a\n" + b"\0" * 500])
def test_what_is_no_picture_is_told_and_the_process_goes_on(blind: ReaderProcess, raw: bytes) -> None:
    assert blind.look(raw).trouble == "no_picture"
    assert blind.look(saved(Image.new("RGB", (200, 400), "white"))).trouble == ""


def test_a_killed_process_is_told_once_and_the_next_picture_starts_another(blind: ReaderProcess) -> None:
    picture = saved(Image.new("RGB", (200, 400), "white"))
    assert blind.look(picture).trouble == ""
    process = blind._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    process.wait()
    assert blind.look(picture).trouble == ""
    assert blind._process is not process


def test_a_picture_that_takes_too_long_ends_the_process() -> None:
    reader = ReaderProcess(words=False)
    assert reader.look(saved(Image.new("RGB", (200, 400), "white"))).trouble == ""
    reader.picture_seconds = 0.0
    assert reader.look(saved(screen(draw_subject(random.Random(1))).image)).trouble == "too_slow"
    assert reader._process is None


def test_the_process_may_neither_grow_nor_write_files(blind: ReaderProcess) -> None:
    blind.look(saved(Image.new("RGB", (200, 400), "white")))
    assert blind._process is not None
    limits = Path(f"/proc/{blind._process.pid}/limits").read_text(encoding="ascii").splitlines()
    told = {line[:26].strip(): line[26:].split()[0] for line in limits}
    assert int(told["Max address space"]) < 3 * 2**30
    assert told["Max file size"] == "0"
    assert int(told["Max cpu time"]) < 3_600


def test_a_picture_is_turned_as_its_metadata_says() -> None:
    exif = Image.Exif()
    exif[274] = 6
    written = io.BytesIO()
    Image.new("RGB", (300, 100), "white").save(written, "JPEG", exif=exif)
    assert open_picture(written.getvalue()).size == (100, 300)


def test_an_svg_is_not_opened() -> None:
    with pytest.raises(NoPicture):
        open_picture(b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>")


def test_a_long_screenshot_is_cut_in_strips_that_overlap() -> None:
    assert cut_in_strips(1080, 2340) == [Strip(0, 2340)]
    strips = cut_in_strips(1000, 6000)
    assert strips[-1].bottom == 6000
    assert all(after.top < before.bottom for before, after in pairwise(strips))


def test_a_line_in_two_strips_is_kept_once_and_a_cut_one_not_at_all() -> None:
    upper, lower = Strip(0, 1000), Strip(900, 1900)
    whole = Line("订单号 1", Box(10, 920, 200, 960), 90)
    again = Line("订单号 1", Box(11, 921, 200, 961), 95)
    cut = Line("时间", Box(10, 970, 200, 1000), 99)
    assert put_together([(upper, [whole, cut]), (lower, [again])]) == (again,)


@pytest.mark.parametrize("seed", [1, 2])
def test_a_smaller_and_a_cut_copy_are_the_same_picture_and_another_orders_is_not(seed: int) -> None:
    rng = random.Random(seed)
    subject = draw_subject(rng)
    own = screen(subject)
    for copy in (scaled(own, 0.5), small_crop(own, rng)):
        like = compare_pictures(open_picture(saved(copy.image, 75)), own.image)
        assert like.compared >= 5
        assert like.same * 100 >= 85 * like.compared
    other = compare_pictures(screen(another_of(subject, rng)).image, own.image)
    assert other.same * 100 < 85 * max(1, other.compared)
    assert other.other, "where they differ is shown"


def test_keys_survive_saving_again() -> None:
    own = screen(draw_subject(random.Random(3))).image
    keys = {stretch.key for stretch in find_stretches(grey(own))}
    again = {stretch.key for stretch in find_stretches(grey(open_picture(saved(own, 75))))}
    assert len(keys & again) * 2 >= len(keys)


def test_a_program_that_edits_pictures_is_named_and_a_phone_is_not() -> None:
    def png(software: str) -> bytes:
        told = PngImagePlugin.PngInfo()
        told.add_text("Software", software)
        written = io.BytesIO()
        Image.new("RGB", (50, 50)).save(written, "PNG", pnginfo=told)
        return written.getvalue()

    assert [sign.detail for sign in find_signs(png("Adobe Photoshop 25.1"))] == ["Adobe Photoshop 25.1"]
    assert find_signs(png("HUAWEI ALN-AL00 4.2")) == ()
