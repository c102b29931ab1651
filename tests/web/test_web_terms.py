"""Void terms where people see them: the public check, a listing, an order."""

import re
from uuid import uuid4

import pytest
from django.test import Client
from storefront import HAN, Shelf, client_of, page_of, words_on

from tuidan.commands.catalog import write_shop_terms
from tuidan.domain.terms import CLAUSES
from tuidan.sandbox.goods import Cast
from tuidan.store.shared.models import Listing

VOID = "本店商品售出概不退换。欢迎光临"


def checked(text: str, language: str = "zh", status: int = 200) -> str:
    client = Client()
    client.cookies["lang"] = language
    answer = client.post("/terms/", {"text": text})
    assert answer.status_code == status
    return answer.content.decode()


@pytest.fixture
def shelf(cast: Cast) -> Shelf:
    return Shelf(cast)


@pytest.fixture
def void_listing(cast: Cast) -> str:
    listing = cast.listings["coupon"]
    Listing.objects.filter(id=listing).update(terms=VOID)
    return str(listing)


def test_a_person_sees_what_is_void_and_what_to_write_instead(cast: Cast) -> None:
    page = checked(VOID)
    assert re.search(r'<s class="term-void">[^<]*售出概不退换</s>', page)
    words = words_on(page)
    assert "消法26" in words
    assert "可以改成" in words
    assert "欢迎光临" in words


def test_the_english_page_says_everything_in_english(cast: Cast) -> None:
    page = words_on(checked("no refunds", "en")).replace("中文", "")
    assert "Consumer Protection Law art. 26" in page
    assert not HAN.search(page)


def test_a_text_without_bad_terms_is_told_so(cast: Cast) -> None:
    assert "没有发现无效或有风险的条款" in words_on(checked("24 小时内到账,超时可全额退款"))


def test_what_was_typed_is_shown_as_text_never_as_markup(cast: Cast) -> None:
    page = checked("<script>alert(1)</script>售出不退")
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("text", ["", " \n", "好" * 10_001])
def test_an_empty_or_endless_text_is_asked_for_again(cast: Cast, text: str) -> None:
    assert "field-bad" in checked(text, status=422)


def test_the_rules_lead_to_the_check_and_every_clause_has_its_place(cast: Cast) -> None:
    client = Client()
    assert 'href="/terms/"' in page_of(client, "/rules/")
    page = page_of(client, "/terms/")
    assert [clause for clause in CLAUSES if f'id="{clause}"' not in page] == []


def test_a_listing_strikes_out_a_void_term_and_says_that_it_does_not_count(void_listing: str) -> None:
    page = page_of(Client(), f"/listings/{void_listing}/")
    assert re.search(r'<s class="term-void">[^<]*售出概不退换</s>', page)
    assert "该条款无效，不影响您退款" in page
    assert "欢迎光临" in page


def test_an_order_strikes_out_the_void_terms_it_was_placed_with(
    shelf: Shelf, cast: Cast, void_listing: str
) -> None:
    write_shop_terms(Listing.objects.get(id=void_listing).shop_id, "不开发票")
    order_id = shelf.sealed("coupon")
    Listing.objects.filter(id=void_listing).update(terms="")
    page = page_of(client_of(cast, "buyer"), f"/orders/{order_id}/")
    assert re.search(r'<s class="term-void">[^<]*售出概不退换</s>', page)
    assert re.search(r'<s class="term-void">不开发票</s>', page)


def test_a_void_term_takes_nothing_from_the_answer_to_a_refund(
    shelf: Shelf, cast: Cast, void_listing: str
) -> None:
    answers = []
    for terms in ("", VOID):
        Listing.objects.filter(id=void_listing).update(terms=terms)
        order_id = shelf.sealed("coupon")
        client = client_of(cast, "buyer")
        client.post(f"/orders/{order_id}/units/1/refund-now/", {"key": uuid4().hex, "reason": "no_reason"})
        view = shelf.view(order_id)
        answers.append([(case.status, case.amount_fen, case.verdict.get("rules")) for case in view.cases])
    assert answers[0] == answers[1]
    assert answers[0]


def test_our_own_checkout_ticks_nothing_beforehand(cast: Cast) -> None:
    page = page_of(client_of(cast, "buyer"), f"/listings/{cast.listings['coupon']}/checkout/")
    boxes = re.findall(r"<input[^>]*type=\"checkbox\"[^>]*>", page)
    assert boxes
    assert [box for box in boxes if re.search(r"\bchecked\b", box)] == []
