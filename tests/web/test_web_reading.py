"""What was read on a picture, on the page of its case: ticks and crosses, where it stands, the form begun from it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from storefront import Shelf, client_of, now, page_of, words_on
from test_web_hearing import disputed
from test_web_upload import brought

from evidence_files import png
from tuidan.sandbox.goods import Cast
from tuidan.store.files import rows as files
from tuidan.store.readings import rows
from tuidan.worker.checker import Checker
from tuidan.worker.files import check_files


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with Checker() as running:
        yield running


@pytest.fixture
def order_id(cast: Cast, checker: Checker) -> UUID:
    """A contested order with one checked picture that is in no exhibit yet."""
    shelf = Shelf(cast)
    found = disputed(shelf)
    brought(shelf, found, ("截图.png", png()))
    assert check_files(checker, now)
    return found


def read(order_id: UUID, *texts: str, **columns: object) -> None:
    """Keep a reading of file 1 with these words on it."""
    file = files.find(order_id, 1)
    assert file is not None
    assert rows.take(order_id, 1, file.sha256, now())
    lines = [
        {
            "text": text,
            "box": {"left": 20, "top": 60 * k, "right": 300, "bottom": 60 * k + 30},
            "confidence": 96,
        }
        for k, text in enumerate(texts, start=1)
    ]
    page = {"frame": 0, "width": 360, "height": 780, "lines": lines}
    assert rows.keep(order_id, 1, now(), pages=[page], **columns)


def test_a_picture_that_is_being_read_asks_again_by_itself(cast: Cast, order_id: UUID) -> None:
    page = page_of(client_of(cast, "buyer"), f"/cases/{order_id}/1/")
    assert f'hx-get="/files/{order_id}/1/reading/"' in page
    assert "正在识别图上的字" in words_on(page)


def test_what_was_read_is_ticked_shown_on_the_picture_and_begins_the_form(cast: Cast, order_id: UUID) -> None:
    read(order_id, f"订单号 {order_id}", "充值失败")
    page = page_of(client_of(cast, "buyer"), f"/cases/{order_id}/1/")
    words = words_on(page)
    assert "订单号 看到了" in words
    assert "时间 没看到" in words
    assert "请把带日期和时间的部分一起截进来" in words
    assert 'name="has_order_no" checked' in page
    assert 'name="has_timestamp">' in page
    assert '<rect class="read-box-found" x="20" y="60" width="280" height="30">' in page
    assert "style=" not in page


def test_the_part_that_asks_again_brings_the_ticks_and_takes_none_away(cast: Cast, order_id: UUID) -> None:
    read(order_id, f"订单号 {order_id}")
    part = page_of(client_of(cast, "buyer"), f"/files/{order_id}/1/reading/?has_timestamp=on")
    assert "hx-trigger" not in part
    assert 'hx-swap-oob="true"' in part
    assert 'name="has_order_no" checked' in part
    assert 'name="has_timestamp" checked' in part
    assert 'name="has_key_info">' in part


def test_another_orders_number_is_told_before_anything_is_filed(cast: Cast, order_id: UUID) -> None:
    read(order_id, "订单号 019c6f1e-2ab4-7c3d-9e10-5b7f20cc9a41")
    words = words_on(page_of(client_of(cast, "buyer"), f"/cases/{order_id}/1/"))
    assert "订单号 和本订单对不上" in words
    assert "图上是另一个订单号" in words


def test_a_party_hears_that_a_picture_was_used_elsewhere_and_not_where(cast: Cast, order_id: UUID) -> None:
    other = "019c6f1e-2ab4-7c3d-9e10-5b7f20cc9a41"
    read(order_id, "充值失败", found=[{"order_id": other, "n": 1, "grade": "same", "differing": []}])
    page = page_of(client_of(cast, "buyer"), f"/cases/{order_id}/1/")
    assert "这张图在另一个订单里出现过" in words_on(page)
    assert other not in page


def test_where_nobody_reads_the_same_questions_are_put_to_the_person(cast: Cast, order_id: UUID) -> None:
    file = files.find(order_id, 1)
    assert file is not None
    assert rows.take(order_id, 1, file.sha256, now())
    page = {"frame": 0, "width": 360, "height": 780, "lines": None}
    assert rows.keep(order_id, 1, now(), pages=[page])
    shown = page_of(client_of(cast, "buyer"), f"/cases/{order_id}/1/")
    assert "请自己看图并勾选" in words_on(shown)
    assert "checked" not in shown.split('id="seen-ticks"')[1].split("</fieldset>")[0]
