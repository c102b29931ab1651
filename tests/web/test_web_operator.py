"""The operators' pages: alarms with a reason, a dispute answered, what the audit found by itself."""

from dataclasses import replace
from uuid import uuid4

import pytest
from storefront import Shelf, client_of

from tuidan.commands import clock
from tuidan.commands.alarm import record_outside_refund
from tuidan.commands.channel_dispute import keep_channel_notice, record_channel_dispute
from tuidan.domain import commands as c
from tuidan.reads.alarm import read_alarms
from tuidan.sandbox.goods import Cast
from tuidan.store.audit.difference import Difference
from tuidan.store.boards.project import project
from tuidan.store.orders.channel_notices import due_channel_notices, finish_channel_notice
from tuidan.store.orders.load import load_order
from tuidan.store.watch.audit import keep_findings


@pytest.fixture
def shelf(cast: Cast) -> Shelf:
    return Shelf(cast)


@pytest.fixture
def alarming(shelf: Shelf):  # type: ignore[no-untyped-def]
    """A delivered order of which 100 fen were refunded by hand, and a dispute at the channel."""
    order_id = shelf.sealed("coupon")
    now = clock.utc_now()
    record_outside_refund(order_id, c.RecordOutsideRefund(1, "alipay", 100), now)
    told = c.RecordChannelDispute(1, "alipay", uuid4().hex, "open", 9750, now)
    record_channel_dispute(order_id, told, now)
    project([order_id])
    return order_id


def test_an_alarm_is_on_the_list_in_words_with_a_way_to_its_order(shelf: Shelf, alarming) -> None:  # type: ignore[no-untyped-def]
    page = client_of(shelf.cast, "operator").get("/operator/").content.decode()
    assert f"/operator/orders/{alarming}/" in page
    assert "支付宝投诉待处理" in page


def test_an_operator_acknowledges_an_alarm_with_a_reason(shelf: Shelf, alarming) -> None:  # type: ignore[no-untyped-def]
    client = client_of(shelf.cast, "operator")
    asked = {"key": uuid4().hex, "alarm": "refund_outside", "measure": "100", "words": "客服在后台退的"}
    client.post(f"/operator/orders/{alarming}/alarm/", asked)
    assert [each.name for each in read_alarms(alarming)] == ["channel_dispute"]


@pytest.mark.parametrize(
    ("changed", "said"), [({"words": " "}, "请写明理由"), ({"measure": "99"}, "这个报警又变了")]
)
def test_an_alarm_without_reason_or_seen_otherwise_stays(  # type: ignore[no-untyped-def]
    shelf: Shelf, alarming, changed: dict[str, str], said: str
) -> None:
    client = client_of(shelf.cast, "operator")
    asked = {"key": uuid4().hex, "alarm": "refund_outside", "measure": "100", "words": "看过"} | changed
    answer = client.post(f"/operator/orders/{alarming}/alarm/", asked, follow=True)
    assert said in answer.content.decode()
    assert "refund_outside" in [each.name for each in read_alarms(alarming)]


def test_an_alarm_that_grows_is_back(shelf: Shelf, alarming) -> None:  # type: ignore[no-untyped-def]
    client = client_of(shelf.cast, "operator")
    asked = {"key": uuid4().hex, "alarm": "refund_outside", "measure": "100", "words": "看过"}
    client.post(f"/operator/orders/{alarming}/alarm/", asked)
    record_outside_refund(alarming, c.RecordOutsideRefund(1, "alipay", 150), clock.utc_now())
    assert "refund_outside" in [each.name for each in read_alarms(alarming)]


def test_an_open_dispute_cannot_be_waved_away(shelf: Shelf, alarming) -> None:  # type: ignore[no-untyped-def]
    client = client_of(shelf.cast, "operator")
    asked = {"key": uuid4().hex, "alarm": "channel_dispute", "measure": "1", "words": "看过"}
    client.post(f"/operator/orders/{alarming}/alarm/", asked)
    assert "channel_dispute" in [each.name for each in read_alarms(alarming)]


def test_the_answer_to_the_channel_is_offered_from_the_platforms_own_log(shelf: Shelf, alarming) -> None:  # type: ignore[no-untyped-def]
    client = client_of(shelf.cast, "operator")
    page = client.get(f"/operator/orders/{alarming}/").content.decode()
    assert "平台记录可查" in page
    asked = {"key": uuid4().hex, "words": "已交付"}
    client.post(f"/operator/orders/{alarming}/channel-disputes/1/answer/", asked)
    assert load_order(alarming)[0].channel_disputes[0].answer > 0


def test_the_buyer_sees_the_dispute_and_whether_the_channel_can_stop_the_money(
    shelf: Shelf, alarming
) -> None:  # type: ignore[no-untyped-def]
    client = client_of(shelf.cast, "buyer")
    page = client.get(f"/orders/{alarming}/").content.decode()
    assert "期间这里不退款、不放款" in page
    assert "支付宝还能拦下这笔钱吗" in page
    client.post(f"/orders/{alarming}/settlement-check/", {"key": uuid4().hex})
    assert load_order(alarming)[0].payments[0].settlement_at > 0


def test_what_the_audit_found_is_on_the_operators_page(shelf: Shelf) -> None:
    order_id = shelf.sealed("coupon")
    keep_findings([order_id], [Difference(order_id, "column_differs")], clock.utc_now())
    page = client_of(shelf.cast, "operator").get("/operator/").content.decode()
    keep_findings([order_id], [], clock.utc_now())
    assert str(order_id) in page
    assert "处不符" in page


def test_the_shop_sees_that_its_money_waits_for_the_channel(shelf: Shelf, alarming) -> None:  # type: ignore[no-untyped-def]
    page = client_of(shelf.cast, "seller").get(f"/seller/orders/{alarming}/").content.decode()
    assert "期间这里不退款、不放款" in page


def test_a_case_that_the_channel_ended_says_so_and_not_that_a_rule_did(shelf: Shelf) -> None:
    order_id = shelf.sealed("coupon")
    client = client_of(shelf.cast, "buyer")
    now = clock.utc_now()
    opened = c.RecordChannelDispute(1, "alipay", uuid4().hex, "open", 9750, now)
    record_channel_dispute(order_id, opened, now)
    client.post(f"/orders/{order_id}/units/1/refund-now/", {"key": uuid4().hex, "reason": "no_reason"})
    ended = replace(opened, status="closed", outcome="lost", charged_back_fen=9750)
    record_channel_dispute(order_id, ended, now)
    page = client.get(f"/orders/{order_id}/").content.decode()
    assert "由支付宝退款" in page
    assert "支付宝已把这笔钱退回" in page
    assert "按规则自动决定" not in page


def test_a_notice_that_fits_no_order_is_on_the_operators_page(shelf: Shelf) -> None:
    number, now = uuid4().hex, clock.utc_now()
    keep_channel_notice("alipay", number, b"body", now)
    notice = next(each for each in due_channel_notices(now, 1_000) if each.number == number)
    finish_channel_notice(notice, now, "BadReference: notours")
    page = client_of(shelf.cast, "operator").get("/operator/").content.decode()
    assert number in page
    assert "通知对不上任何订单" in page
