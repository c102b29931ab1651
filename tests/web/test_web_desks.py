"""The desks: a shop hands over, a reviewer decides on what was shown, an operator sees what is stuck."""

import re
from uuid import UUID, uuid4

import pytest
from django.test import Client
from storefront import (
    HAN,
    Shelf,
    client_of,
    hidden,
    now,
    page_of,
    project_boards,
    without_peoples_words,
    words_on,
)

from tuidan.commands.delivery import deliver_by_seller
from tuidan.sandbox.goods import Cast

WORDS = "说好 2 小时，只打了 20 分钟。"


@pytest.fixture
def shelf(cast: Cast) -> Shelf:
    return Shelf(cast)


def disputed(shelf: Shelf) -> UUID:
    """A service with disputed progress: no rule decides it alone."""
    order_id = shelf.paid("coaching")
    shop = shelf.view(order_id).seller_id
    assert deliver_by_seller(order_id, shop, 1, "已陪练 48 分钟", 40, uuid4().hex, now()).ok
    told = {"key": uuid4().hex, "reason": "not_as_described", "text": WORDS}
    assert client_of(shelf.cast, "buyer").post(f"/orders/{order_id}/units/1/refund/", told).status_code == 302
    called = f"/cases/{order_id}/1/call_platform/"
    assert client_of(shelf.cast, "buyer").post(called, {"key": uuid4().hex}).status_code == 302
    assert shelf.view(order_id).cases[0].status == "review"
    return order_id


def judge(client: Client, order_id: UUID, page: str, **fields: str):
    told = {"key": hidden(page, "key"), "seen_version": hidden(page, "seen_version"), **fields}
    return client.post(f"/review/{order_id}/1/", told)


def test_what_is_paid_and_by_hand_waits_for_its_shop(shelf: Shelf) -> None:
    order_id = shelf.paid("member")
    project_boards()
    assert f"/seller/orders/{order_id}/" in page_of(client_of(shelf.cast, "seller"), "/seller/")
    assert f"/seller/orders/{order_id}/" not in page_of(client_of(shelf.cast, "clerk"), "/seller/")


def test_a_delivery_note_reaches_the_buyer(shelf: Shelf) -> None:
    order_id, seller = shelf.paid("member"), client_of(shelf.cast, "seller")
    path = f"/seller/orders/{order_id}/units/1/deliver/"
    page = page_of(seller, path)
    assert "yunting-1" in page
    answer = seller.post(path, {"key": hidden(page, "key"), "note": "已开通，到 12 月 24 日"})
    assert answer.headers["Location"] == f"/seller/orders/{order_id}/"
    assert "已记录交付" in page_of(seller, f"/seller/orders/{order_id}/")
    found = words_on(page_of(client_of(shelf.cast, "buyer"), f"/orders/{order_id}/"))
    assert "已开通，到 12 月 24 日" in found
    assert "已交付" in found


def test_an_empty_delivery_note_is_asked_for(shelf: Shelf) -> None:
    order_id, seller = shelf.paid("member"), client_of(shelf.cast, "seller")
    answer = seller.post(f"/seller/orders/{order_id}/units/1/deliver/", {"key": uuid4().hex, "note": " "})
    assert answer.status_code == 422
    assert shelf.view(order_id).units[0].done_at is None


def test_a_services_progress_is_shown_to_the_buyer(shelf: Shelf) -> None:
    order_id = disputed(shelf)
    assert "卖家汇报 40%" in words_on(page_of(client_of(shelf.cast, "buyer"), f"/orders/{order_id}/"))


@pytest.mark.parametrize("progress", ["0", "101", "x", ""])
def test_a_progress_out_of_range_is_explained(shelf: Shelf, progress: str) -> None:
    order_id, seller = shelf.paid("coaching"), client_of(shelf.cast, "seller")
    told = {"key": uuid4().hex, "note": "n", "percent": progress}
    answer = seller.post(f"/seller/orders/{order_id}/units/1/milestones/1/", told)
    assert answer.status_code == 422
    assert "1 到 100 的整数" in answer.content.decode()


def test_the_case_page_tells_facts_claim_and_policy_apart(shelf: Shelf) -> None:
    order_id = disputed(shelf)
    project_boards()
    reviewer = client_of(shelf.cast, "reviewer")
    assert f"/review/{order_id}/1/" in page_of(reviewer, "/review/")
    found = words_on(page_of(reviewer, f"/review/{order_id}/1/"))
    for words in ("记录里的事实", "买家的申请", "规则怎么说", WORDS, "未经核实", "R10", "卖家汇报做到 40%"):
        assert words in found, words


def test_a_partial_judgement_pays_that_amount_and_gives_its_reason(shelf: Shelf) -> None:
    order_id, reviewer = disputed(shelf), client_of(shelf.cast, "reviewer")
    page = page_of(reviewer, f"/review/{order_id}/1/")
    answer = judge(reviewer, order_id, page, outcome="approve_part", amount="70", reason="service_not_done")
    assert answer.headers["Location"] == "/review/"
    assert shelf.view(order_id).refunds[0].amount_fen == 7_000
    found = words_on(page_of(client_of(shelf.cast, "buyer"), f"/orders/{order_id}/"))
    for words in ("正在退回 ¥ 70.00", "服务没有按约定完成", "人工决定"):
        assert words in found, words


def test_a_rejection_tells_the_buyer_why_and_what_to_do_next(shelf: Shelf) -> None:
    order_id, reviewer = disputed(shelf), client_of(shelf.cast, "reviewer")
    page = page_of(reviewer, f"/review/{order_id}/1/")
    judge(reviewer, order_id, page, outcome="reject", reason="insufficient_evidence")
    found = words_on(page_of(client_of(shelf.cast, "buyer"), f"/orders/{order_id}/"))
    for words in ("申请没有通过", "现有证据不足以证明", "12315", "申请退款"):
        assert words in found, words


def test_a_judgement_on_a_changed_case_is_refused_and_shown_again(shelf: Shelf) -> None:
    order_id, reviewer = disputed(shelf), client_of(shelf.cast, "reviewer")
    page = page_of(reviewer, f"/review/{order_id}/1/")
    shop = shelf.view(order_id).seller_id
    assert deliver_by_seller(order_id, shop, 1, "又打了一局", 60, uuid4().hex, now()).ok
    answer = judge(reviewer, order_id, page, outcome="reject", reason="insufficient_evidence")
    again = answer.content.decode()
    assert answer.status_code == 422
    assert "这个案子有了新情况" in again
    assert "卖家汇报做到 60%" in words_on(again)
    assert shelf.view(order_id).cases[0].status == "review"
    second = judge(reviewer, order_id, again, outcome="reject", reason="insufficient_evidence")
    assert second.status_code == 302
    assert shelf.view(order_id).cases[0].status == "rejected"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"outcome": "approve_full", "reason": "delivered"}, "这条理由和结果不一致"),
        ({"outcome": "reject", "reason": "goodwill"}, "这条理由和结果不一致"),
        ({"outcome": "approve_part", "amount": "121", "reason": "goodwill"}, "最多 ¥120.00"),
        ({"outcome": "approve_part", "amount": "", "reason": "goodwill"}, "最多 ¥120.00"),
        ({"outcome": "reject"}, "请选择一项"),
        ({"reason": "goodwill"}, "请选择一项"),
    ],
)
def test_a_judgement_that_does_not_fit_together_is_asked_again(
    shelf: Shelf, fields: dict[str, str], words: str
) -> None:
    order_id, reviewer = disputed(shelf), client_of(shelf.cast, "reviewer")
    answer = judge(reviewer, order_id, page_of(reviewer, f"/review/{order_id}/1/"), **fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert shelf.view(order_id).cases[0].status == "review"


def test_a_closed_case_offers_no_second_judgement(shelf: Shelf) -> None:
    order_id, reviewer = disputed(shelf), client_of(shelf.cast, "reviewer")
    judge(
        reviewer,
        order_id,
        page_of(reviewer, f"/review/{order_id}/1/"),
        outcome="reject",
        reason="outside_rules",
    )
    page = page_of(reviewer, f"/review/{order_id}/1/")
    assert "seen_version" not in page
    assert "已结案" in page


def test_the_operator_sees_what_is_stuck_or_that_nothing_is(cast: Cast) -> None:
    found = words_on(page_of(client_of(cast, "operator"), "/operator/"))
    assert "运营" in found
    assert ("一切正常" in found) != bool(re.search("卡住的外部动作 动作|报警 订单", found))


@pytest.mark.parametrize(
    ("role", "path"), [("seller", "/seller/"), ("reviewer", "/review/"), ("operator", "/operator/")]
)
def test_the_desks_speak_english_too(shelf: Shelf, role: str, path: str) -> None:
    client = client_of(shelf.cast, role, "en")
    assert HAN.findall(without_peoples_words(words_on(page_of(client, path)))) == []
