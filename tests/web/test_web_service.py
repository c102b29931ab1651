"""The pages of services, memberships and renewals without a browser: forms, ticks, refusals, switches."""

from uuid import UUID, uuid4

import pytest
from storefront import Shelf, client_of, hidden, now, page_of, words_on

from tuidan.commands.runner import envelop, run
from tuidan.commands.service_switch import switch_service
from tuidan.domain import commands as c
from tuidan.sandbox.goods import Cast
from tuidan.store import catalog
from tuidan.store.people import create_person

LINK = "https://example.com/sketch.png"


@pytest.fixture
def shelf(cast: Cast) -> Shelf:
    return Shelf(cast)


def report(shelf: Shelf, order_id: UUID, **fields: str):
    seller = client_of(shelf.cast, "seller")
    path = f"/seller/orders/{order_id}/units/1/milestones/1/"
    told = {"key": hidden(page_of(seller, path), "key"), "percent": "100", "note": "草图两稿", **fields}
    return seller.post(path, told)


def test_a_report_reaches_the_buyer_with_words_and_link(shelf: Shelf) -> None:
    order_id = shelf.paid("design")
    assert report(shelf, order_id, link=LINK).status_code == 302
    page = page_of(client_of(shelf.cast, "buyer"), f"/orders/{order_id}/")
    assert "草图两稿" in words_on(page)
    assert f'href="{LINK}" rel="nofollow noopener noreferrer ugc"' in page


@pytest.mark.parametrize("link", ["javascript:alert(1)", "ftp://example.com", "https://a b"])
def test_a_link_that_is_no_address_of_the_web_is_asked_again(shelf: Shelf, link: str) -> None:
    order_id = shelf.paid("design")
    answer = report(shelf, order_id, link=link)
    assert answer.status_code == 422
    assert "网址要以 https://" in answer.content.decode()


def test_an_answer_to_an_older_figure_is_refused_in_words(shelf: Shelf) -> None:
    order_id = shelf.paid("design")
    report(shelf, order_id, percent="50")
    buyer = client_of(shelf.cast, "buyer")
    told = {"key": uuid4().hex, "percent": "30", "accept": "yes"}
    buyer.post(f"/orders/{order_id}/units/1/milestones/1/", told)
    assert "卖家刚刚更新了进度" in words_on(page_of(buyer, f"/orders/{order_id}/"))


def test_a_figure_that_is_no_number_changes_nothing(shelf: Shelf) -> None:
    order_id = shelf.paid("design")
    report(shelf, order_id)
    buyer = client_of(shelf.cast, "buyer")
    told = {"key": uuid4().hex, "percent": "100", "accept": "no", "own_percent": "x"}
    buyer.post(f"/orders/{order_id}/units/1/milestones/1/", told)
    milestone = shelf.view(order_id).units[0].work.milestones[0]  # type: ignore[union-attr]
    assert milestone.status == "reported"


def test_stopping_the_work_shows_both_sides_what_went_back(shelf: Shelf) -> None:
    order_id, seller = shelf.paid("design"), client_of(shelf.cast, "seller")
    path = f"/seller/orders/{order_id}/units/1/stop/"
    seller.post(path, {"key": hidden(page_of(seller, path), "key"), "note": "手受伤了"})
    assert shelf.view(order_id).refunds[0].amount_fen == 30_000
    assert "手受伤了" in words_on(page_of(client_of(shelf.cast, "buyer"), f"/orders/{order_id}/"))


def test_a_season_opened_for_a_month_pays_two_months_back(shelf: Shelf) -> None:
    order_id, seller = shelf.paid("season"), client_of(shelf.cast, "seller")
    path = f"/seller/orders/{order_id}/units/1/deliver/"
    seller.post(path, {"key": hidden(page_of(seller, path), "key"), "note": "已开一个月", "months": "1"})
    assert shelf.view(order_id).refunds[0].amount_fen == 2_800
    found = words_on(page_of(client_of(shelf.cast, "buyer"), f"/orders/{order_id}/"))
    assert "订 3 个月，只开了 1 个月" in found


def test_memberships_of_a_shop_stand_side_by_side_with_days_and_last_day(shelf: Shelf) -> None:
    found = words_on(page_of(client_of(shelf.cast, "buyer"), f"/listings/{shelf.cast.listings['member']}/"))
    for words in ("同店相近的会员", "云听音乐会员 季卡", "今天开通的话，用到"):
        assert words in found, words


def test_the_renewal_tick_is_apart_and_never_set_beforehand(shelf: Shelf) -> None:
    page = page_of(client_of(shelf.cast, "buyer"), f"/listings/{shelf.cast.listings['member']}/checkout/")
    tick = page[page.index('name="auto_renew"') - 60 : page.index('name="auto_renew"') + 60]
    assert "checked" not in tick
    assert "不会自动扣款" in words_on(page)


def renewing(shelf: Shelf) -> UUID:
    """A membership that is open, whose renewal is on offer."""
    order_id = shelf.paid("member", auto_renew=True)
    seller = client_of(shelf.cast, "seller")
    path = f"/seller/orders/{order_id}/units/1/deliver/"
    seller.post(path, {"key": hidden(page_of(seller, path), "key"), "note": "已开通", "months": "1"})
    run(order_id, envelop(order_id, c.NoticeRenewal(), c.Actor("timer"), uuid4().hex, now()))
    return order_id


def test_a_renewal_is_confirmed_as_a_new_order_and_paid_like_any(shelf: Shelf) -> None:
    order_id, buyer = renewing(shelf), client_of(shelf.cast, "buyer")
    assert "不付款就到期停止" in words_on(page_of(buyer, f"/orders/{order_id}/"))
    unticked = buyer.post(f"/orders/{order_id}/renewal/", {})
    assert unticked.status_code == 422
    taken = buyer.post(f"/orders/{order_id}/renewal/", {"no_reason": "on"})
    new = UUID(taken.headers["Location"].split("/")[2])
    view = shelf.view(new)
    assert (view.status, view.price_fen) == ("awaiting_payment", 1_500)
    assert view.renewal is not None
    assert view.renewal.of == str(order_id)


def test_one_tap_calls_the_renewal_off(shelf: Shelf) -> None:
    order_id, buyer = renewing(shelf), client_of(shelf.cast, "buyer")
    buyer.post(f"/orders/{order_id}/renewal/cancel/", {"key": uuid4().hex})
    found = words_on(page_of(buyer, f"/orders/{order_id}/"))
    assert "已取消续费，不会扣款" in found
    assert buyer.get(f"/orders/{order_id}/renewal/").status_code == 302


def boosting(cast: Cast) -> UUID:
    shop = catalog.find_listing(cast.listings["design"])
    assert shop is not None
    terms = {"title": "代练到钻石", "goods_kind": "service", "delivery_mode": "manual", "price_fen": 9_900}
    return catalog.create_listing(shop.shop_id, now(), **terms, service={"type": "boosting"})


@pytest.fixture
def boost_on() -> object:
    switch_service("boosting", on=True, by=None, now=now())
    yield
    switch_service("boosting", on=False, by=None, now=now())


@pytest.mark.usefixtures("boost_on")
def test_boosting_asks_for_the_word_of_an_adult(cast: Cast) -> None:
    buyer, path = client_of(cast, "buyer"), f"/listings/{boosting(cast)}/checkout/"
    page = page_of(buyer, path)
    told = {"key": hidden(page, "key"), "quantity": "1", "no_reason": "on", "seen_price": "9900"}
    unsaid = buyer.post(path, told)
    assert "请声明您已满 18 周岁" in unsaid.content.decode()
    assert buyer.post(path, told | {"declared_adult": "on"}).status_code == 302


@pytest.mark.usefixtures("boost_on")
def test_a_known_minor_is_told_so_at_checkout(cast: Cast) -> None:
    minor = create_person(f"{uuid4()}@example.cn", "x", "小明", now(), is_minor=True)
    people = {**cast.people, "minor": minor}
    path = f"/listings/{boosting(cast)}/checkout/"
    child = client_of(Cast(people, cast.keys, cast.listings, cast.codes), "minor")
    told = {"key": uuid4().hex, "quantity": "1", "no_reason": "on", "declared_adult": "on"}
    answer = child.post(path, told)
    assert answer.status_code == 422
    assert "不向未成年人提供" in answer.content.decode()


def test_what_is_switched_off_is_not_in_the_window_and_not_sold(cast: Cast) -> None:
    listing, buyer = boosting(cast), client_of(cast, "buyer")
    assert str(listing) not in page_of(buyer, "/?kind=service")
    told = {"key": uuid4().hex, "quantity": "1", "no_reason": "on", "declared_adult": "on"}
    answer = buyer.post(f"/listings/{listing}/checkout/", told)
    assert "本站没有开放这类服务" in answer.content.decode()


def test_an_operator_turns_a_switch(cast: Cast) -> None:
    operator = client_of(cast, "operator")
    operator.post("/operator/services/", {"type": "account_rental", "on": "yes"})
    assert "已开放" in words_on(page_of(operator, "/operator/services/"))
    operator.post("/operator/services/", {"type": "account_rental", "on": "no"})
    assert "已开放" not in words_on(page_of(operator, "/operator/services/"))
    assert operator.post("/operator/services/", {"type": "dancing", "on": "yes"}).status_code == 404
