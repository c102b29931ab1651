"""Codes in pictures: read from real images, turned, small, in a photograph's form; broken ones do no harm."""

from __future__ import annotations

import io
import struct
import zlib

import pytest
import zxingcpp
from PIL import Image

from tuidan.commands.picture_codes import UnreadablePicture, can_read, read_codes
from tuidan.domain.talk_risk import find_payload_risks

PAYS = "wxp://f2f0XoJbGzXl3Lq9vZ"


def picture(payload: str, form: str = "PNG", turned: int = 0, size: int = 300) -> bytes:
    """A code on white, as somebody's screenshot has it."""
    drawn = zxingcpp.create_barcode(payload, zxingcpp.BarcodeFormat.QRCode).to_image(scale=8)
    code = Image.frombytes("L", (drawn.shape[1], drawn.shape[0]), bytes(memoryview(drawn)))
    page = Image.new("RGB", (600, 900), "white")
    page.paste(code.resize((size, size)).rotate(turned, fillcolor=255, expand=True), (60, 200))
    told = io.BytesIO()
    page.save(told, form)
    return told.getvalue()


def test_the_extra_is_installed_where_tests_run() -> None:
    assert can_read()


@pytest.mark.parametrize("form", ["PNG", "JPEG", "WEBP"])
def test_a_payment_code_is_read_and_known(form: str) -> None:
    (payload,) = read_codes(picture(PAYS, form))
    assert payload == PAYS
    assert "payment_code" in find_payload_risks(payload)


@pytest.mark.parametrize(("turned", "size"), [(90, 300), (15, 300), (0, 120)])
def test_a_turned_or_small_code_is_read_too(turned: int, size: int) -> None:
    assert read_codes(picture(PAYS, turned=turned, size=size)) == (PAYS,)


def test_a_picture_without_a_code_says_nothing() -> None:
    told = io.BytesIO()
    Image.new("RGB", (400, 400), "grey").save(told, "PNG")
    assert read_codes(told.getvalue()) == ()


@pytest.mark.parametrize(
    "broken", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n", picture(PAYS)[:200], b"%PDF-1.7"]
)
def test_what_is_no_picture_is_refused(broken: bytes) -> None:
    with pytest.raises(UnreadablePicture):
        read_codes(broken)


def test_a_small_file_that_unpacks_to_a_huge_picture_is_refused() -> None:
    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", 9_000, 9_000, 8, 0, 0, 0, 0))
    bomb = b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(bytes(100))) + chunk(b"IEND", b"")
    with pytest.raises(UnreadablePicture):
        read_codes(bomb)
