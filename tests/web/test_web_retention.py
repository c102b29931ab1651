"""Pages of what is kept and erased, and of the dossier: own data, holds, the printable page."""

from uuid import UUID, uuid4

import pytest
from storefront import Shelf, client_of, page_of, project_boards, words_on

from tuidan.connectors.typesetters import pdf
from tuidan.reads.retention import report
from tuidan.sandbox.goods import Cast
from tuidan.web.shared.words import WORDS


@pytest.fixture
def shelf(cast: Cast) -> Shelf:
    return Shelf(cast)


def asked_back(shelf: Shelf) -> UUID:
    """An order of a sealed code whose buyer asked for the money, in words that would like to be markup."""
    order_id = shelf.sealed("coupon")
    client = client_of(shelf.cast, "buyer")
    asked = {"key": uuid4().hex, "reason": "item_invalid", "text": "<b>坏的</b>", "words": "<b>坏的</b>"}
    client.post(f"/orders/{order_id}/units/1/refund/", asked)
    return order_id


def test_a_person_reads_what_is_kept_until_when_and_why(shelf: Shelf) -> None:
    shelf.placed("coupon")
    shelf.sealed("coupon")
    project_boards()
    said = words_on(page_of(client_of(shelf.cast, "buyer"), "/me/data/"))
    assert "交易未结束，结束后开始计算" in said
    assert "交易记录" in said


def test_a_wish_is_sent_from_the_page_and_shown_there(shelf: Shelf) -> None:
    client = client_of(shelf.cast, "friend")
    answer = client.post("/me/data/erase/", {"key": uuid4().hex, "words": "不用了"}, follow=True)
    said = words_on(answer.content.decode())
    assert "已收到申请，正在办理" in said
    assert "办理中" in said


def test_who_acts_for_a_shop_is_told_why_the_account_stays(shelf: Shelf) -> None:
    asked = {"key": uuid4().hex, "close_account": "on"}
    answer = client_of(shelf.cast, "clerk").post("/me/data/erase/", asked, follow=True)
    assert "请先卸任" in answer.content.decode()


def test_ones_own_copy_is_one_file_of_ones_own(shelf: Shelf) -> None:
    order_id = shelf.sealed("coupon")
    project_boards()
    answer = client_of(shelf.cast, "buyer").get("/me/data.json")
    assert answer["Content-Disposition"] == 'attachment; filename="my-data.json"'
    told = answer.json()
    assert told["person"]["email"] == shelf.cast.people["buyer"].email
    assert str(order_id) in {each["order_id"] for each in told["orders"]}


def test_an_operator_holds_an_order_and_lifts_the_hold_on_the_page(shelf: Shelf) -> None:
    order_id, client = shelf.sealed("coupon"), client_of(shelf.cast, "operator")
    asked = {"key": uuid4().hex, "order": str(order_id), "words": "法院调取，某号"}
    page = client.post("/operator/retention/hold/", asked, follow=True).content.decode()
    assert "法院调取，某号" in words_on(page)
    lifted = {"key": uuid4().hex, "words": "已结案"}
    client.post(f"/operator/retention/{order_id}/holds/1/lift/", lifted)
    assert order_id not in {act.order_id for act in report().holds}


@pytest.mark.parametrize("named", ["", "not an order", "25d28aea-3c23-4e50-9fee-0e6ae30ff3dc"])
def test_a_hold_on_no_order_is_told_so(shelf: Shelf, named: str) -> None:
    client = client_of(shelf.cast, "operator")
    asked = {"key": uuid4().hex, "order": named, "words": "x"}
    assert "没有这个订单号" in client.post("/operator/retention/hold/", asked, follow=True).content.decode()


def test_the_dossier_page_has_the_complaint_the_places_and_the_pdf(shelf: Shelf) -> None:
    order_id = asked_back(shelf)
    client = client_of(shelf.cast, "buyer")
    page = page_of(client, f"/orders/{order_id}/dossier/")
    said = words_on(page)
    assert "&lt;b&gt;坏的&lt;/b&gt;" in page
    assert "投诉文字，可直接粘贴" in said
    assert str(order_id) in page
    assert all(WORDS[f"place.{place}"][0] in said for place in ("12315", "channel", "association", "court"))
    body = client.get(f"/orders/{order_id}/dossier.pdf?lang=en")
    assert (body["Content-Type"], body.content[:5]) == ("application/pdf", b"%PDF-")


def test_a_seller_gets_the_sellers_dossier_without_a_complaint(shelf: Shelf) -> None:
    said = words_on(page_of(client_of(shelf.cast, "seller"), f"/orders/{asked_back(shelf)}/dossier/"))
    assert "投诉文字" not in said
    assert "未向您披露" in said


def test_without_the_typesetter_the_page_says_how_to_print(
    shelf: Shelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf, "NEEDED", ("no_such_package",))
    order_id = shelf.sealed("coupon")
    answer = client_of(shelf.cast, "buyer").get(f"/orders/{order_id}/dossier.pdf", follow=True)
    assert "请用浏览器的「打印」把本页存成 PDF" in answer.content.decode()


def test_a_request_that_is_not_there_has_no_dossier(shelf: Shelf) -> None:
    order_id = shelf.sealed("coupon")
    answer = client_of(shelf.cast, "buyer").get(f"/orders/{order_id}/dossier/?case=7")
    assert answer.status_code == 404
