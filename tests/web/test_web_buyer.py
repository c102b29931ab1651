"""The buyer's pages without scripts: what is said before payment, one order a press, the standing answer, the money."""

import re
from uuid import UUID, uuid4

import pytest
from django.test import Client
from storefront import ACCOUNTS, HAN, Shelf, client_of, hidden, now, page_of, project_boards, words_on

from tuidan.commands import refund
from tuidan.commands.runner import envelop, run
from tuidan.domain import commands as c
from tuidan.sandbox.goods import LISTINGS, Cast


@pytest.fixture
def shelf(cast: Cast) -> Shelf:
    return Shelf(cast)


@pytest.fixture
def buyer(cast: Cast) -> Client:
    return client_of(cast, "buyer")


def order(client: Client, order_id: UUID, rest: str = "") -> str:
    return page_of(client, f"/orders/{order_id}/{rest}")


def checkout(client: Client, listing: UUID, **fields: str):
    page = page_of(client, f"/listings/{listing}/checkout/")
    told = {"key": hidden(page, "key"), "quantity": "1", **fields}
    return client.post(f"/listings/{listing}/checkout/", told)


def test_the_shop_marks_kind_seller_and_refund_terms(cast: Cast) -> None:
    found = words_on(page_of(Client(), "/"))
    for words in (
        "卡密",
        "直充",
        "会员",
        "服务",
        "自营 · 退单自营",
        "第三方 · 星河点卡",
        "没到账全额退",
        "即时到账",
    ):
        assert words in found, words


def test_the_shop_searches_and_filters(cast: Cast) -> None:
    assert "移动话费 50 元快充" in page_of(Client(), "/?q=话费")
    assert "网易一卡通" not in page_of(Client(), "/?q=话费")
    assert "移动话费" not in page_of(Client(), "/?kind=membership")
    assert "没有找到商品" in page_of(Client(), "/?q=不存在的东西")


def test_a_listing_says_before_payment_what_a_refund_would_be(cast: Cast) -> None:
    found = words_on(page_of(Client(), f"/listings/{cast.listings['coupon']}/"))
    for words in (
        "付款后 5 分钟内",
        "7 天内没看过",
        "七天无理由",
        "不适用",
        "卡密一经显示就可能被复制",
        "不影响您在商品有问题时退款",
    ):
        assert words in found, words


def test_a_listing_that_is_not_there_is_not_found() -> None:
    assert Client().get(f"/listings/{uuid4()}/").status_code == 404


def test_the_checkout_ticks_nothing_beforehand(cast: Cast, buyer: Client) -> None:
    page = page_of(buyer, f"/listings/{cast.listings['phone']}/checkout/")
    assert "checked" not in page


def test_a_price_that_changed_is_shown_again_before_anything_is_ordered(cast: Cast, buyer: Client) -> None:
    listing = cast.listings["lesson"]
    page = page_of(buyer, f"/listings/{listing}/checkout/")
    told = {"key": hidden(page, "key"), "seen_price": "1", "quantity": "1", "no_reason": "on"}
    answer = buyer.post(f"/listings/{listing}/checkout/", told)
    again = answer.content.decode()
    assert (answer.status_code, "价格刚刚变了" in again) == (422, True)
    assert hidden(again, "seen_price") == hidden(page, "seen_price") != "1"
    assert hidden(again, "key") != told["key"]
    confirmed = told | {"key": hidden(again, "key"), "seen_price": hidden(again, "seen_price")}
    assert buyer.post(f"/listings/{listing}/checkout/", confirmed).status_code == 302


def test_the_checkout_wants_the_exclusion_confirmed(cast: Cast, buyer: Client) -> None:
    answer = checkout(buyer, cast.listings["card"])
    assert answer.status_code == 422
    assert "请确认不适用七天无理由退货" in answer.content.decode()


def test_an_account_typed_twice_differently_places_nothing_and_keeps_the_words(
    cast: Cast, buyer: Client
) -> None:
    told = {"account": "13800138000", "account_again": "13800138001", "own_account": "yes", "no_reason": "on"}
    answer = checkout(buyer, cast.listings["phone"], **told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "和上面填的不一样" in page
    assert 'value="13800138001"' in page


@pytest.mark.parametrize("typed", ["1380013800", "138001380000", "138-0013-8000", "abc"])
def test_a_malformed_account_is_refused_before_any_order(cast: Cast, buyer: Client, typed: str) -> None:
    told = {"account": typed, "account_again": typed, "own_account": "yes", "no_reason": "on"}
    answer = checkout(buyer, cast.listings["phone"], **told)
    assert answer.status_code == 422
    assert "格式不对" in answer.content.decode()


@pytest.mark.parametrize("quantity", ["0", "11", "-1", "1.5", "many", ""])
def test_a_quantity_out_of_range_is_explained(cast: Cast, buyer: Client, quantity: str) -> None:
    answer = checkout(buyer, cast.listings["card"], no_reason="on", quantity=quantity)
    assert answer.status_code == 422
    assert "数量是 1 到 10 的整数" in answer.content.decode()


def test_pressing_twice_places_one_order(cast: Cast, buyer: Client) -> None:
    page = page_of(buyer, f"/listings/{cast.listings['card']}/checkout/")
    told = {"key": hidden(page, "key"), "quantity": "2", "no_reason": "on"}
    first = buyer.post(f"/listings/{cast.listings['card']}/checkout/", told)
    second = buyer.post(f"/listings/{cast.listings['card']}/checkout/", told)
    assert first.status_code == 302
    assert first.headers["Location"] == second.headers["Location"]


def test_the_same_press_with_other_words_is_refused_in_words(cast: Cast, buyer: Client) -> None:
    page = page_of(buyer, f"/listings/{cast.listings['card']}/checkout/")
    told = {"key": hidden(page, "key"), "quantity": "1", "no_reason": "on"}
    buyer.post(f"/listings/{cast.listings['card']}/checkout/", told)
    answer = buyer.post(f"/listings/{cast.listings['card']}/checkout/", told | {"quantity": "2"})
    assert answer.status_code == 422
    assert "没有再次下单" in answer.content.decode()


def test_a_second_top_up_to_an_account_is_asked_about_while_the_first_is_on_its_way(
    shelf: Shelf, buyer: Client
) -> None:
    waiting = shelf.paid("phone")
    project_boards()
    account = ACCOUNTS["phone"]
    told = {"account": account, "account_again": account, "own_account": "yes", "no_reason": "on"}
    answer = checkout(buyer, shelf.cast.listings["phone"], **told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "有一笔充值还没到账" in page
    assert f"/orders/{waiting}/" in page
    assert checkout(buyer, shelf.cast.listings["phone"], **told, once_more="on").status_code == 302
    other = told | {"account": "13900139000", "account_again": "13900139000"}
    assert checkout(buyer, shelf.cast.listings["phone"], **other).status_code == 302


def test_what_is_one_persons_stays_out_of_shared_caches(shelf: Shelf, buyer: Client) -> None:
    answer = buyer.get(f"/orders/{shelf.placed('card')}/")
    assert "private" in answer.headers["Cache-Control"]


def test_without_a_channel_the_pay_page_says_that_nothing_was_charged(shelf: Shelf, buyer: Client) -> None:
    order_id = shelf.placed("card")
    page = page_of(buyer, f"/orders/{order_id}/pay/")
    answer = buyer.post(f"/orders/{order_id}/pay/", {"key": hidden(page, "key")})
    assert "没有扣款" in answer.content.decode()


def test_the_pay_page_asks_again_until_the_money_is_there(shelf: Shelf, buyer: Client) -> None:
    waiting, paid = shelf.placed("card"), shelf.paid("card")
    assert buyer.get(f"/orders/{waiting}/pay/state/").status_code == 204
    assert buyer.get(f"/orders/{paid}/pay/state/").headers["HX-Redirect"] == f"/orders/{paid}/"


def test_a_sealed_code_can_be_refunded_in_one_tap_and_the_page_says_until_when(
    shelf: Shelf, buyer: Client
) -> None:
    order_id = shelf.sealed()
    page = order(buyer, order_id)
    found = words_on(page)
    for words in ("现在可以退", "¥ 29.40", "一键退款 ¥29.40", "还剩", "截至", "未查看"):
        assert words in found, words
    assert shelf.view(order_id).units[0].tail in found
    answer = buyer.post(f"/orders/{order_id}/units/1/refund-now/", {"key": "k" * 12, "reason": "no_reason"})
    assert answer.status_code == 302
    assert shelf.view(order_id).cases[0].reason == "no_reason"
    assert "申请正在处理" in order(buyer, order_id)


def test_two_taps_make_one_request(shelf: Shelf, buyer: Client) -> None:
    order_id = shelf.sealed()
    for _ in range(2):
        buyer.post(f"/orders/{order_id}/units/1/refund-now/", {"key": "same-key-1", "reason": "no_reason"})
    assert len(shelf.view(order_id).cases) == 1
    assert "没有重复" not in order(buyer, order_id)


def test_the_code_is_not_on_the_page_until_it_is_shown_by_a_press(shelf: Shelf, buyer: Client) -> None:
    order_id = shelf.sealed()
    codes = shelf.cast.codes["card"]
    assert not any(code in order(buyer, order_id) for code in codes)
    assert buyer.get(f"/orders/{order_id}/units/1/reveal/").status_code == 405
    answer = buyer.post(f"/orders/{order_id}/units/1/reveal/", {"key": "reveal-key-1"})
    assert sum(code in answer.content.decode() for code in codes) == 1
    assert "no-store" in answer.headers["Cache-Control"]
    assert shelf.view(order_id).units[0].revealed_at is not None
    again = order(buyer, order_id)
    assert not any(code in again for code in codes)
    assert "有问题才能退" in again


def test_the_page_says_before_showing_what_it_changes(shelf: Shelf, buyer: Client) -> None:
    found = words_on(order(buyer, shelf.sealed()))
    assert "显示后不能再无理由退款" in found
    assert "现在不显示，可退 ¥29.40" in found


def test_a_code_that_is_not_delivered_cannot_be_shown(shelf: Shelf, buyer: Client) -> None:
    order_id = shelf.paid("card")
    buyer.post(f"/orders/{order_id}/units/1/reveal/", {"key": "reveal-key-1"})
    assert "卡密还没有发出" in order(buyer, order_id)


def test_the_refund_form_lists_the_reasons_of_the_kind_and_what_is_held(shelf: Shelf, buyer: Client) -> None:
    found = words_on(order(buyer, shelf.sealed(), "units/1/refund/"))
    assert "卡密不能用，或提示已被激活" in found
    assert "充到了别的账号" not in found
    assert "发行方激活记录" in found


def test_a_refund_form_with_an_error_keeps_every_word(shelf: Shelf, buyer: Client) -> None:
    path = f"/orders/{shelf.sealed()}/units/1/refund/"
    told = {"key": "refund-key-1", "reason": "item_invalid", "amount": "30", "text": "20:16 提示已被激活"}
    answer = buyer.post(path, told)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "最多 ¥29.40" in page
    assert "20:16 提示已被激活" in page
    assert 'value="item_invalid"' in page
    assert page.count("checked") == 1


def test_words_of_a_buyer_are_never_markup(shelf: Shelf, buyer: Client) -> None:
    order_id = shelf.sealed()
    told = {"key": "refund-key-1", "reason": "other", "text": "<script>alert(1)</script>"}
    assert buyer.post(f"/orders/{order_id}/units/1/refund/", told).status_code == 302
    page = order(buyer, order_id)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_a_request_can_be_withdrawn_and_the_money_is_refundable_again(shelf: Shelf, buyer: Client) -> None:
    order_id = shelf.sealed()
    buyer.post(f"/orders/{order_id}/units/1/refund-now/", {"key": "refund-key-1", "reason": "no_reason"})
    buyer.post(f"/orders/{order_id}/cases/1/withdraw/", {"key": "withdraw-key-1"})
    page = order(buyer, order_id)
    assert "申请已撤回" in page
    assert "现在可以退" in page


def test_the_money_is_said_to_have_arrived_only_when_the_channel_says_so(shelf: Shelf, buyer: Client) -> None:
    order_id = shelf.paid("phone")
    shelf_fails(order_id)
    found = words_on(order(buyer, order_id))
    assert "正在退回" in found
    assert "已退回" not in found
    told, opened = refund.mark_refund_sent(order_id, 1, 1, now())
    assert opened
    sent = told.refunds[0]
    answer = c.RecordRefund(1, sent.attempt, "succeeded", sent.amount_fen, "2026112300001")
    refund.record_refund(order_id, answer, now())
    found = words_on(order(buyer, order_id))
    for words in ("已退回", "¥ 49.50", "2026112300001", "支付宝已确认", "zha***@example.com"):
        assert words in found, words


def shelf_fails(order_id: UUID) -> None:
    """The supplier breaks down: the rules refund without a click."""
    outcome = run(
        order_id, envelop(order_id, c.FailDelivery("test"), c.Actor("operator"), uuid4().hex, now())
    )
    assert outcome.ok


def test_confirming_receipt_says_what_it_does_and_cures_nothing(shelf: Shelf, buyer: Client) -> None:
    order_id = shelf.sealed()
    assert "商品有问题仍可申请退款" in order(buyer, order_id)
    buyer.post(f"/orders/{order_id}/confirm/", {"key": "confirm-key-1"})
    assert "已确认收货" in order(buyer, order_id)
    assert buyer.get(f"/orders/{order_id}/units/1/refund/").status_code == 200


def test_confirming_twice_is_refused_in_words(shelf: Shelf, buyer: Client) -> None:
    order_id = shelf.sealed()
    for key in ("confirm-key-1", "confirm-key-2"):
        buyer.post(f"/orders/{order_id}/confirm/", {"key": key})
    page = order(buyer, order_id)
    assert "没有重复操作" in page
    assert "already_confirmed" in page


def test_an_unpaid_order_says_that_there_is_nothing_to_refund(shelf: Shelf, buyer: Client) -> None:
    found = words_on(order(buyer, shelf.placed("card")))
    assert "还没付款，不需要退款" in found
    assert "去付款" in found


def test_several_units_are_answered_each(shelf: Shelf, buyer: Client) -> None:
    page = order(buyer, shelf.sealed(quantity=3))
    assert page.count("refund-now/") == 3
    assert "¥</span>88.20" in page


def test_what_a_channel_adds_to_the_address_is_dropped(shelf: Shelf, buyer: Client) -> None:
    order_id = shelf.placed("card")
    answer = buyer.get(f"/orders/{order_id}/?trade_status=TRADE_SUCCESS&sign=x")
    assert answer.headers["Location"] == f"/orders/{order_id}/"
    assert shelf.view(order_id).paid_at is None


def test_the_list_names_the_order_and_its_state(shelf: Shelf, buyer: Client) -> None:
    order_id = shelf.sealed()
    project_boards()
    page = page_of(buyer, "/orders/")
    assert f"/orders/{order_id}/" in page
    assert "已付款" in page


def test_the_page_asks_again_only_when_something_changed(shelf: Shelf, buyer: Client) -> None:
    order_id = shelf.sealed()
    seen = shelf.view(order_id).version
    assert buyer.get(f"/orders/{order_id}/state/?seen={seen}").status_code == 204
    assert buyer.get(f"/orders/{order_id}/state/?seen={seen - 1}").headers["HX-Refresh"] == "true"


@pytest.mark.parametrize("what", sorted(LISTINGS))
def test_english_pages_contain_no_chinese_but_what_people_wrote(cast: Cast, what: str) -> None:
    client = client_of(cast, "friend", "en")
    order_id = Shelf(cast, "friend").paid(what)
    fields = LISTINGS[what][1]
    written = [
        str(fields[name])
        for name in ("title", "spec", "description", "terms", "account_label")
        if fields.get(name)
    ]
    written += ["退单自营", "星河点卡", "切换到中文", "中文", cast.people["friend"].name]
    for path in (f"/listings/{cast.listings[what]}/", f"/listings/{cast.listings[what]}/checkout/",
                 f"/orders/{order_id}/", f"/orders/{order_id}/units/1/refund/"):  # fmt: skip
        page = page_of(client, path)
        for text in sorted(written, key=len, reverse=True):
            page = page.replace(text, "")
        assert HAN.findall(page) == [], (path, re.findall(r".{20}[一-鿿]+.{10}", page)[:3])


def test_a_new_buyer_registers_and_is_signed_in() -> None:
    client = Client()
    told = {"name": "新来的", "email": f"{uuid4().hex}@example.com", "password": "long-enough-password"}
    assert client.post("/register/", told).status_code == 302
    assert client.get("/orders/").status_code == 200
    again = Client().post("/register/", told)
    assert "这个邮箱已注册" in again.content.decode()


def test_a_short_password_is_explained_and_not_shown_again() -> None:
    answer = Client().post(
        "/register/", {"name": "新来的", "email": "new@example.com", "password": "short-1"}
    )
    page = answer.content.decode()
    assert "密码至少 10 个字符" in page
    assert "short-1" not in page
    assert 'value="new@example.com"' in page


def test_the_accounts_of_the_small_world_fit_their_listings() -> None:
    for what, account in ACCOUNTS.items():
        pattern = str(LISTINGS[what][1].get("account_pattern") or ".*")
        assert re.fullmatch(pattern, account), what
