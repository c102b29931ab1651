"""The talk on the pages of buyer, shop and reviewer: written, read live, answered by one tap, taken along."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from storefront import Shelf, client_of, hidden, now, page_of, project_boards, words_on

from shopfloor import tamper
from tuidan.commands.delivery import deliver_by_seller
from tuidan.commands.talk import Message, answer_contact, send_message
from tuidan.domain import commands as c
from tuidan.domain.talk_copy import find_copy_fault
from tuidan.reads.chain import read_chain
from tuidan.reads.talk import read_talk
from tuidan.reads.viewer import viewer_of
from tuidan.sandbox.goods import Cast

ORDER, SALE = "/orders/{}/", "/seller/orders/{}/"


def said(cast: Cast, order_id: UUID) -> list[str]:
    """The words of all messages, oldest first."""
    viewer = viewer_of(cast.people["buyer"].id)
    assert viewer is not None
    talk = read_talk(order_id, viewer)
    assert talk is not None
    return [message.words or "" for message in talk.messages]


def say_it(client: Client, order_id: UUID, words: str, base: str = ORDER, **more: object) -> int:
    told = {"key": uuid4().hex, "words": words} | more
    return client.post(base.format(order_id) + "talk/", told).status_code


def ask(cast: Cast, order_id: UUID, words: str = "卡密打不开", unit: int = 1) -> None:
    actor = c.Actor("buyer", str(cast.people["buyer"].id))
    assert send_message(order_id, actor, Message(words, asks=True, unit=unit), uuid4().hex, now()).ok


def test_what_the_buyer_writes_stands_on_both_pages(cast: Cast) -> None:
    order_id = Shelf(cast).sealed("coupon")
    buyer = client_of(cast, "buyer")
    assert say_it(buyer, order_id, "请问什么时候生效") == 302
    assert "请问什么时候生效" in words_on(page_of(buyer, ORDER.format(order_id)))
    assert "请问什么时候生效" in words_on(page_of(client_of(cast, "seller"), SALE.format(order_id)))


def test_the_same_form_sent_twice_says_it_once(cast: Cast) -> None:
    order_id = Shelf(cast).sealed("coupon")
    buyer, key = client_of(cast, "buyer"), uuid4().hex
    for _ in range(2):
        buyer.post(f"/orders/{order_id}/talk/", {"key": key, "words": "一次"})
    assert said(cast, order_id) == ["一次"]


def test_tags_in_a_message_are_shown_and_not_obeyed(cast: Cast) -> None:
    order_id = Shelf(cast).sealed("coupon")
    buyer = client_of(cast, "buyer")
    say_it(buyer, order_id, "<script>alert(1)</script>")
    page = page_of(client_of(cast, "seller"), SALE.format(order_id))
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_too_long_a_message_comes_back_with_its_words(cast: Cast) -> None:
    order_id = Shelf(cast).sealed("coupon")
    buyer = client_of(cast, "buyer")
    answer = buyer.post(f"/orders/{order_id}/talk/", {"key": uuid4().hex, "words": "长" * 1_001})
    assert answer.status_code == 422
    assert "长" * 1_001 in answer.content.decode()
    assert said(cast, order_id) == []


def test_the_live_part_brings_only_what_is_new(cast: Cast) -> None:
    order_id = Shelf(cast).sealed("coupon")
    buyer, seller = client_of(cast, "buyer"), client_of(cast, "seller")
    say_it(buyer, order_id, "第一句")
    page = page_of(seller, SALE.format(order_id))
    poll = re.search(r'hx-get="([^"]+)"', page[page.index("talk-poll") :])
    assert poll
    path = poll[1].replace("&amp;", "&")
    quiet = page_of(seller, path)
    assert "第一句" not in quiet
    assert "load delay:3s" in quiet
    say_it(buyer, order_id, "第二句")
    fresh = page_of(seller, path)
    assert "第二句" in fresh
    assert "第一句" not in fresh
    assert "load delay:2s" in fresh


@pytest.mark.parametrize("pause", ["5", "60", "x", "99999999999"])
def test_nobody_is_asked_to_wait_longer_than_five_seconds(cast: Cast, pause: str) -> None:
    order_id = Shelf(cast).sealed("coupon")
    page = page_of(client_of(cast, "buyer"), f"/orders/{order_id}/talk/?seen=99999999&pause={pause}")
    found = re.search(r"load delay:(\d+)s", page)
    assert found
    assert 2 <= int(found[1]) <= 5


@pytest.mark.parametrize("role", ["friend", "clerk", "reviewer", "operator"])
@pytest.mark.parametrize("what", ["talk/", "talk/copy/"])
def test_the_talk_of_a_foreign_order_is_not_there(cast: Cast, role: str, what: str) -> None:
    order_id = Shelf(cast).sealed("coupon")
    client = client_of(cast, role)
    assert client.get(f"/orders/{order_id}/{what}").status_code == 404
    assert client.get(f"/seller/orders/{order_id}/{what}").status_code == 404


@pytest.mark.parametrize("role", ["friend", "clerk", "seller", "operator"])
def test_nobody_else_writes_in_the_buyers_name(cast: Cast, role: str) -> None:
    order_id = Shelf(cast).sealed("coupon")
    assert say_it(client_of(cast, role), order_id, "冒名") == 404
    assert said(cast, order_id) == []


def test_a_private_transfer_is_hinted_at_to_writer_and_reader(cast: Cast) -> None:
    order_id = Shelf(cast).sealed("coupon")
    seller = client_of(cast, "seller")
    assert say_it(seller, order_id, "加我微信 wx_8876，我转你", SALE) == 302
    assert "像是要私下转账" in words_on(page_of(seller, SALE.format(order_id)))
    shown = words_on(page_of(client_of(cast, "buyer"), ORDER.format(order_id)))
    assert "对方可能想私下转账" in shown
    assert "加我微信 wx_8876" in shown


def test_going_to_12315_gets_no_hint(cast: Cast) -> None:
    order_id = Shelf(cast).sealed("coupon")
    buyer = client_of(cast, "buyer")
    say_it(buyer, order_id, "不退款我就打12315投诉")
    assert "像有威胁" not in words_on(page_of(buyer, ORDER.format(order_id)))


def test_a_question_waits_on_the_shops_desk_until_it_is_answered(cast: Cast) -> None:
    order_id = Shelf(cast).sealed("coupon")
    ask(cast, order_id)
    project_boards()
    seller = client_of(cast, "seller")
    assert f"/seller/orders/{order_id}/#talk" in page_of(seller, "/seller/questions/")
    sale = page_of(seller, SALE.format(order_id))
    assert "买家在等您的答复" in words_on(sale)
    told = {"key": uuid4().hex, "unit": "1", "kind": "refuse"}
    assert seller.post(f"/seller/orders/{order_id}/contact/", told).status_code == 302
    project_boards()
    assert str(order_id) not in page_of(seller, "/seller/questions/")
    shown = words_on(page_of(client_of(cast, "buyer"), ORDER.format(order_id)))
    assert "卖家不同意退款" in shown
    assert "现在就可以正式申请" in shown


def test_questions_stand_by_the_time_left(cast: Cast) -> None:
    shelf = Shelf(cast)
    actor = c.Actor("buyer", str(cast.people["buyer"].id))
    orders = [shelf.sealed("coupon") for _ in range(3)]
    for order_id, hours in zip(orders, (2, 9, 5), strict=True):
        asked_at = now() - timedelta(hours=hours)
        send_message(order_id, actor, Message("在吗", asks=True, unit=1), uuid4().hex, asked_at)
    project_boards()
    page = page_of(client_of(cast, "seller"), "/seller/questions/")
    places = [page.index(str(order_id)) for order_id in orders]
    assert sorted(places) == [places[1], places[2], places[0]]


def test_a_part_that_the_seller_agrees_to_is_paid_when_the_buyer_accepts(cast: Cast) -> None:
    shelf = Shelf(cast)
    order_id = shelf.paid("member")
    deliver_by_seller(order_id, shelf.view(order_id).seller_id, 1, "已开通", 100, uuid4().hex, now())
    ask(cast, order_id)
    told = {"key": uuid4().hex, "unit": "1", "kind": "agree_partial", "amount": "3.00"}
    client_of(cast, "seller").post(f"/seller/orders/{order_id}/contact/", told)
    buyer = client_of(cast, "buyer")
    page = page_of(buyer, ORDER.format(order_id))
    assert "接受并退款 ¥3.00" in words_on(page)
    buyer.post(f"/orders/{order_id}/units/1/agreement/", {"key": uuid4().hex})
    assert [refund.amount_fen for refund in shelf.view(order_id).refunds] == [300]


def test_without_an_agreement_there_is_nothing_to_accept(cast: Cast) -> None:
    shelf = Shelf(cast)
    order_id = shelf.paid("member")
    ask(cast, order_id)
    path = f"/orders/{order_id}/units/1/agreement/"
    assert client_of(cast, "buyer").post(path, {"key": uuid4().hex}).status_code == 404
    assert shelf.view(order_id).cases == ()


def test_a_question_with_facts_is_filled_in_by_the_platform(cast: Cast) -> None:
    order_id = Shelf(cast).paid("phone")
    buyer = client_of(cast, "buyer")
    path = f"/orders/{order_id}/units/1/question/amount_short/"
    page = page_of(buyer, path)
    assert str(order_id) in page
    assert "138****8000" in page
    told = {
        "key": hidden(page, "key"),
        "arrived": "10",
        "prompt": "到账成功",
        "wish": "partial",
        "detail": "",
    }
    assert buyer.post(path, told).status_code == 302
    (words,) = said(cast, order_id)
    assert f"订单号：{order_id}" in words
    assert "充值账号：138****8000" in words
    assert "实际到账：¥10.00" in words
    assert "提示原文：“到账成功”" in words
    assert "13800138000" not in words


def test_a_question_with_facts_starts_the_clock(cast: Cast) -> None:
    order_id = Shelf(cast).paid("phone")
    buyer = client_of(cast, "buyer")
    path = f"/orders/{order_id}/units/1/question/ask_refund/"
    buyer.post(path, {"key": hidden(page_of(buyer, path), "key"), "wish": "full", "detail": ""})
    assert "等卖家答复" in words_on(page_of(buyer, ORDER.format(order_id)))


@pytest.mark.parametrize("told", ["", "abc", "-5"])
def test_what_arrived_must_be_an_amount(cast: Cast, told: str) -> None:
    order_id = Shelf(cast).paid("phone")
    buyer = client_of(cast, "buyer")
    path = f"/orders/{order_id}/units/1/question/amount_short/"
    asked = {"key": uuid4().hex, "arrived": told, "wish": "full"}
    assert buyer.post(path, asked).status_code == 422
    assert said(cast, order_id) == []


def test_a_template_of_another_kind_is_not_there(cast: Cast) -> None:
    order_id = Shelf(cast).paid("phone")
    path = f"/orders/{order_id}/units/1/question/code_invalid/"
    assert client_of(cast, "buyer").get(path).status_code == 404


def test_the_copy_that_is_taken_along_verifies_against_the_chain(cast: Cast) -> None:
    order_id = Shelf(cast).sealed("coupon")
    ask(cast, order_id)
    answer_contact(order_id, Shelf(cast).view(order_id).seller_id, "refuse", uuid4().hex, now())
    answer = client_of(cast, "buyer").get(f"/orders/{order_id}/talk/copy/")
    assert "attachment" in answer.headers["Content-Disposition"]
    viewer = viewer_of(cast.people["buyer"].id)
    assert viewer is not None
    chain = {link.n: link.hash.hex() for link in read_chain(order_id, viewer) or []}
    assert len(answer.content.splitlines()) == 3
    assert find_copy_fault(answer.content, chain) is None
    assert (
        find_copy_fault(answer.content.replace("卡密打不开".encode(), "卡密打得开".encode()), chain)
        is not None
    )


def test_pitfalls_of_the_step_stand_on_each_side(cast: Cast) -> None:
    order_id = Shelf(cast).sealed("coupon")
    assert "别私下转账、别加微信" in words_on(page_of(client_of(cast, "buyer"), ORDER.format(order_id)))
    assert "只回消息不停表" in words_on(page_of(client_of(cast, "seller"), SALE.format(order_id)))


def test_a_shop_never_learns_the_buyers_name_from_the_talk(cast: Cast) -> None:
    order_id = Shelf(cast).sealed("coupon")
    ask(cast, order_id)
    seller = client_of(cast, "seller")
    found = (
        page_of(seller, SALE.format(order_id))
        + seller.get(f"/seller/orders/{order_id}/talk/copy/").content.decode()
    )
    assert cast.people["buyer"].name not in found
    assert cast.people["buyer"].email not in found


def with_case(cast: Cast) -> UUID:
    """An order whose buyer has asked for money back, for a reason that a person must look at."""
    order_id = Shelf(cast).paid("member")
    deliver_by_seller(order_id, Shelf(cast).view(order_id).seller_id, 1, "已开通", 100, uuid4().hex, now())
    told = {"key": uuid4().hex, "reason": "not_as_described", "amount": "", "text": "少了一个月"}
    client_of(cast, "buyer").post(f"/orders/{order_id}/units/1/refund/", told)
    assert len(Shelf(cast).view(order_id).cases) == 1
    return order_id


def test_a_reviewer_reads_the_talk_beside_the_case_and_writes_to_both(cast: Cast) -> None:
    order_id = with_case(cast)
    ask(cast, order_id, "少了一个月，请补")
    reviewer = client_of(cast, "reviewer")
    assert "少了一个月，请补" in words_on(page_of(reviewer, f"/review/{order_id}/1/"))
    told = {"key": uuid4().hex, "words": "请双方补充截图", "case": "1"}
    answer = reviewer.post(f"/review/{order_id}/talk/", told)
    assert answer.headers["Location"] == f"/review/{order_id}/1/#talk"
    for role, base in (("buyer", ORDER), ("seller", SALE)):
        assert "平台" in words_on(page_of(client_of(cast, role), base.format(order_id)))
        assert "请双方补充截图" in words_on(page_of(client_of(cast, role), base.format(order_id)))


def test_an_erased_message_says_so_and_the_copy_still_verifies(cast: Cast) -> None:
    order_id = Shelf(cast).sealed("coupon")
    buyer = client_of(cast, "buyer")
    say_it(buyer, order_id, "我的电话号码")
    tamper("DELETE FROM orders_note WHERE order_id = %s", order_id)
    page = words_on(page_of(buyer, ORDER.format(order_id)))
    assert "我的电话号码" not in page
    assert "内容已按规定删除" in page
    assert find_copy_fault(buyer.get(f"/orders/{order_id}/talk/copy/").content) is None


def test_a_shop_that_agreed_shows_the_buyer_what_to_take_and_never_a_private_way(cast: Cast) -> None:
    order_id = with_case(cast)
    told = {"key": uuid4().hex, "unit": "1", "kind": "agree_full"}
    client_of(cast, "seller").post(f"/seller/orders/{order_id}/contact/", told)
    view = Shelf(cast).view(order_id)
    assert sum(refund.amount_fen for refund in view.refunds) == view.units[0].paid_fen


def test_a_reviewer_is_told_what_a_line_may_be_and_not_what_to_do(cast: Cast) -> None:
    order_id = with_case(cast)
    say_it(client_of(cast, "seller"), order_id, "加我微信 wx_8876，我转你", SALE)
    page = words_on(page_of(client_of(cast, "reviewer"), f"/review/{order_id}/1/"))
    assert "疑似私下转账" in page
    assert "对方可能想私下转账" not in page
