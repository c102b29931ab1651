"""Evidence files on the page of a case: the plain form, who gets which copy, with which headers, in which parts."""

from __future__ import annotations

import io
from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image
from storefront import Shelf, client_of, hidden, now, page_of, words_on
from test_web_hearing import PROOF, disputed

from evidence_files import jpeg_with_place, pdf, png, video
from tuidan.reads.upload import FileView, files_of
from tuidan.reads.viewer import viewer_of
from tuidan.sandbox.goods import Cast
from tuidan.worker.checker import Checker
from tuidan.worker.files import check_files


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with Checker() as running:
        yield running


@pytest.fixture
def shelf(cast: Cast) -> Shelf:
    return Shelf(cast)


def brought(shelf: Shelf, order_id: UUID, *files: tuple[str, bytes], role: str = "buyer") -> Client:
    """Send files by the plain form, as a browser without scripts does."""
    client = client_of(shelf.cast, role)
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    answer = client.post(f"/cases/{order_id}/1/files/", {"key": uuid4().hex, "file": sent})
    assert (answer.status_code, answer.headers["Location"]) == (302, f"/cases/{order_id}/1/#files")
    return client


def seen(shelf: Shelf, order_id: UUID, role: str = "buyer") -> list[FileView]:
    viewer = viewer_of(shelf.cast.people[role].id)
    assert viewer is not None
    return files_of(order_id, viewer)


def filed(shelf: Shelf, checker: Checker, *files: tuple[str, bytes]) -> UUID:
    """A case with one exhibit of the buyer that shows these files."""
    order_id = disputed(shelf)
    client = brought(shelf, order_id, *files)
    check_files(checker, now)
    numbers = [str(file.n) for file in seen(shelf, order_id)]
    client.post(f"/cases/{order_id}/1/file_exhibit/", {"key": uuid4().hex, "file": numbers, **PROOF})
    return order_id


def body(answer: object) -> bytes:
    return b"".join(answer.streaming_content)  # type: ignore[attr-defined]


def test_what_the_plain_form_brings_is_checked_and_can_be_picked(shelf: Shelf, checker: Checker) -> None:
    order_id = disputed(shelf)
    client = brought(shelf, order_id, ("截图.png", png()), ("单据.pdf", pdf()))
    assert "正在检查" in words_on(page_of(client, f"/cases/{order_id}/1/"))
    assert check_files(checker, now) == 2
    page = page_of(client, f"/cases/{order_id}/1/")
    assert page.count('form="exhibit-form" name="file"') == 2
    assert "360 × 780" in page


def test_a_refused_file_says_what_to_do_and_cannot_be_picked(shelf: Shelf, checker: Checker) -> None:
    order_id = disputed(shelf)
    client = brought(shelf, order_id, ("photo.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"))
    check_files(checker, now)
    page = page_of(client, f"/cases/{order_id}/1/")
    assert "请打开后截屏，上传截屏" in page
    assert 'form="exhibit-form" name="file"' not in page


def test_the_other_side_sees_a_file_only_once_an_exhibit_shows_it(shelf: Shelf, checker: Checker) -> None:
    order_id = disputed(shelf)
    brought(shelf, order_id, ("截图.png", png()))
    check_files(checker, now)
    shop, path = client_of(shelf.cast, "seller"), f"/files/{order_id}/1/"
    assert (shop.get(path).status_code, seen(shelf, order_id, "seller")) == (404, [])
    told = {"key": uuid4().hex, "file": "1", **PROOF}
    client_of(shelf.cast, "buyer").post(f"/cases/{order_id}/1/file_exhibit/", told)
    assert shop.get(path).status_code == 200
    assert [file.exhibit for file in seen(shelf, order_id, "seller")] == [1]


def test_others_get_a_copy_without_what_the_phone_wrote_into_it(shelf: Shelf, checker: Checker) -> None:
    order_id = filed(shelf, checker, ("photo.jpg", jpeg_with_place()))
    answer = client_of(shelf.cast, "seller").get(f"/files/{order_id}/1/")
    copy = body(answer)
    with Image.open(io.BytesIO(copy)) as picture:
        assert (picture.size, dict(picture.getexif())) == ((360, 780), {})
    assert b"HUAWEI" not in copy


def test_the_original_is_for_its_side_and_for_reviewers(shelf: Shelf, checker: Checker) -> None:
    sent = jpeg_with_place()
    order_id = filed(shelf, checker, ("photo.jpg", sent))
    path = f"/files/{order_id}/1/original/"
    told = {
        role: client_of(shelf.cast, role).get(path)
        for role in ("buyer", "reviewer", "seller", "operator", "friend")
    }
    assert {role: answer.status_code for role, answer in told.items()} == {
        "buyer": 200,
        "reviewer": 200,
        "seller": 404,
        "operator": 404,
        "friend": 404,
    }
    assert body(told["reviewer"]) == sent
    assert told["reviewer"].headers["Content-Disposition"].startswith("attachment")


def test_a_file_is_served_so_that_nothing_in_it_can_act(shelf: Shelf, checker: Checker) -> None:
    order_id = filed(shelf, checker, ("a.png", png()), ("b.pdf", pdf()))
    client = client_of(shelf.cast, "seller")
    for n, how in ((1, "inline"), (2, "attachment")):
        headers = client.get(f"/files/{order_id}/{n}/").headers
        assert headers["Content-Disposition"].startswith(how)
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
        assert "private" in headers["Cache-Control"]


def test_a_player_gets_the_part_of_a_video_that_it_asks_for(shelf: Shelf, checker: Checker) -> None:
    order_id = filed(shelf, checker, ("录屏.mp4", video()))
    client, path = client_of(shelf.cast, "seller"), f"/files/{order_id}/1/"
    whole = body(client.get(path))
    part = client.get(path, headers={"Range": "bytes=100-299"})
    assert (part.status_code, body(part)) == (206, whole[100:300])
    assert part.headers["Content-Range"] == f"bytes 100-299/{len(whole)}"
    beyond = client.get(path, headers={"Range": f"bytes={len(whole)}-"})
    assert (beyond.status_code, beyond.headers["Content-Range"]) == (416, f"bytes */{len(whole)}")
    assert b"SECRET" not in whole


def test_a_video_is_shown_with_its_moments(shelf: Shelf, checker: Checker) -> None:
    order_id = filed(shelf, checker, ("录屏.webm", video("webm", "libvpx")))
    client = client_of(shelf.cast, "reviewer")
    page = page_of(client, f"/cases/{order_id}/1/")
    assert f'<video class="file-look" controls preload="none" poster="/files/{order_id}/1/small/"' in page
    frame = client.get(f"/files/{order_id}/1/frames/2/")
    with Image.open(io.BytesIO(body(frame))) as picture:
        assert picture.format == "JPEG"


def test_only_the_own_side_reads_what_the_metadata_says(shelf: Shelf, checker: Checker) -> None:
    order_id = filed(shelf, checker, ("photo.jpg", jpeg_with_place()))
    pages = {
        role: page_of(client_of(shelf.cast, role), f"/cases/{order_id}/1/")
        for role in ("buyer", "reviewer", "seller")
    }
    assert {role: "HUAWEI" in page for role, page in pages.items()} == {
        "buyer": True,
        "reviewer": True,
        "seller": False,
    }


def test_a_form_that_is_too_large_keeps_nothing(shelf: Shelf) -> None:
    order_id = disputed(shelf)
    client = client_of(shelf.cast, "buyer")
    sent = SimpleUploadedFile("big.png", b"\0" * (25 * 1024 * 1024))
    client.post(f"/cases/{order_id}/1/files/", {"key": uuid4().hex, "file": sent})
    assert seen(shelf, order_id) == []


def test_pieces_sent_by_the_page_go_on_where_the_server_says(shelf: Shelf) -> None:
    order_id, data = disputed(shelf), png()
    client = client_of(shelf.cast, "buyer")
    told = {"name": "截图.png", "size": str(len(data)), "key": uuid4().hex}
    begun = client.post(f"/cases/{order_id}/1/files/begin/", told).json()
    path = f"/files/{order_id}/{begun['n']}/"

    def piece(start: int, part: bytes):
        return client.post(
            f"{path}pieces/",
            part,
            content_type="application/octet-stream",
            headers={"Upload-Offset": str(start)},
        )

    assert piece(0, data[:1000]).json()["received"] == 1000
    wrong = piece(500, data[500:])
    assert (wrong.status_code, wrong.json()["offset"]) == (422, 1000)
    assert client.post(f"/cases/{order_id}/1/files/begin/", told).json()["received"] == 1000
    piece(1000, data[1000:])
    assert client.post(f"{path}finish/").json()["state"] == "received"


def test_a_draft_is_taken_back_and_evidence_on_record_is_not(shelf: Shelf, checker: Checker) -> None:
    order_id = filed(shelf, checker, ("a.png", png()))
    client = brought(shelf, order_id, ("b.png", png()))
    for n in (1, 2):
        client.post(f"/files/{order_id}/{n}/drop/")
    assert [(file.n, file.state) for file in seen(shelf, order_id)] == [
        (1, "checked"),
        (2, "erased"),
    ]
    assert "不能再撤" in words_on(page_of(client, f"/cases/{order_id}/1/"))
    assert hidden(page_of(client, f"/cases/{order_id}/1/"), "key")


def test_filing_asked_again_shows_the_file_once_and_another_exhibit_cannot_take_it(
    shelf: Shelf, checker: Checker
) -> None:
    order_id = disputed(shelf)
    client = brought(shelf, order_id, ("a.png", png()))
    check_files(checker, now)
    told = {"key": uuid4().hex, "file": "1", **PROOF}
    for _ in range(2):
        client.post(f"/cases/{order_id}/1/file_exhibit/", told)
    assert "已提交" in words_on(page_of(client, f"/cases/{order_id}/1/"))
    client.post(f"/cases/{order_id}/1/file_exhibit/", told | {"key": uuid4().hex})
    page = page_of(client, f"/cases/{order_id}/1/")
    assert "也不用再交一次" in words_on(page)
    assert page.count('class="stack-tight exhibit"') == 1
