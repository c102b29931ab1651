"""Notices over HTTP: verified, stored raw once, answered as the sender expects; anything else leaves no trace."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import httpx
import pytest
from api_world import Caller, Shopfront, now, version
from django.db import connection
from signed_notices import Alipay, supplier_notice

from tuidan.commands.outside import connected
from tuidan.domain.reference import write_reference
from tuidan.worker.notices import apply_notices

FORM = {"Content-Type": "application/x-www-form-urlencoded; charset=utf-8"}


def post(caller: Caller, path: str, body: bytes, **query: str) -> httpx.Response:
    return caller.client.post(f"/api/v1/notices/{path}", content=body, params=query, headers=FORM)


def stored(order_id: UUID) -> list[tuple[str, str, bytes]]:
    """What was kept for an order: source, reference, body."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT source, reference, body FROM orders_notice WHERE order_id = %s", [order_id])
        return [(source, reference, bytes(body)) for source, reference, body in cursor.fetchall()]


def started(front: Shopfront, caller: Caller) -> tuple[UUID, str]:
    """An order with a payment under way, and the reference that the channel was given."""
    order_id = front.place()
    told = caller.post(f"/orders/{order_id}/payments", {"channel": "alipay"})
    assert told.status_code == 201
    content = parse_qs(urlsplit(told.json()["url"]).query)["biz_content"][0]
    return order_id, json.loads(content)["out_trade_no"]


def test_a_payment_is_started_with_our_reference_and_our_notice_address(
    front: Shopfront, caller: Caller, alipay: Alipay
) -> None:
    order_id = front.place()
    told = caller.post(f"/orders/{order_id}/payments", {"channel": "alipay"}).json()
    sent = parse_qs(urlsplit(told["url"]).query)
    assert json.loads(sent["biz_content"][0])["out_trade_no"] == write_reference(order_id, "p", 1)
    assert sent["notify_url"] == ["http://shop.example/api/v1/notices/alipay"]
    assert (told["order_id"], told["channel"], told["qr_code"]) == (str(order_id), "alipay", None)


def test_a_true_notice_is_stored_answered_and_pays_the_order(
    front: Shopfront, caller: Caller, alipay: Alipay
) -> None:
    order_id, reference = started(front, caller)
    body = alipay.notice(reference)
    answer = post(caller, "alipay", body)
    assert (answer.status_code, answer.content) == (200, b"success")
    assert stored(order_id) == [("payment:alipay", reference, body)]
    apply_notices(connected(), now)
    assert caller.get(f"/orders/{order_id}").json()["status"] == "paid"


def test_a_repeated_notice_is_answered_and_stored_once(
    front: Shopfront, caller: Caller, alipay: Alipay
) -> None:
    order_id, reference = started(front, caller)
    body = alipay.notice(reference)
    assert [post(caller, "alipay", body).content for _ in range(3)] == [b"success"] * 3
    assert len(stored(order_id)) == 1


def broken(alipay: Alipay, reference: str) -> dict[str, bytes]:
    """Notices that must change nothing."""
    true = alipay.notice(reference)
    return {
        "one_bit": true.replace(b"48.80", b"48.81"),
        "unsigned": true.split(b"&sign=")[0],
        "another_key": Alipay.with_new_keys().notice(reference),
        "another_app": alipay.notice(reference, app_id="2021000000000009"),
        "another_seller": alipay.notice(reference, seller_id="2088000000000009"),
        "no_reference_of_ours": alipay.notice("20261123000001"),
        "a_refund_reference": alipay.notice(reference.replace("p", "r")),
        "a_name_twice": true + b"&total_amount=48.80",
        "empty": b"",
        "noise": b"\x00\xff=%zz",
    }


def test_a_forged_foreign_or_malformed_notice_is_refused_and_leaves_nothing(
    front: Shopfront, caller: Caller, alipay: Alipay
) -> None:
    order_id, reference = started(front, caller)
    before = version(order_id)
    told = {name: post(caller, "alipay", body) for name, body in broken(alipay, reference).items()}
    assert {name: answer.status_code for name, answer in told.items()} == dict.fromkeys(told, 400)
    assert {answer.json()["code"] for answer in told.values()} == {"notice_refused"}
    assert b"success" not in b"".join(answer.content for answer in told.values())
    assert (stored(order_id), version(order_id)) == ([], before)


def test_a_true_notice_for_an_order_that_is_not_ours_is_not_acknowledged(
    caller: Caller, alipay: Alipay
) -> None:
    order_id = uuid4()
    answer = post(caller, "alipay", alipay.notice(write_reference(order_id, "p", 1)))
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert stored(order_id) == []


def disputes_stored(number: str) -> list[bytes]:
    """What was kept about a dispute of the channel."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM orders_channel_notice WHERE number = %s", [number])
        return [bytes(body) for (body,) in cursor.fetchall()]


@pytest.mark.parametrize("with_sign_type", [False, True])
def test_a_true_message_about_a_dispute_is_stored_once_and_answered(
    caller: Caller, alipay: Alipay, with_sign_type: bool
) -> None:
    number = uuid4().hex
    body = alipay.dispute(number, with_sign_type=with_sign_type)
    for _ in range(2):
        answer = post(caller, "alipay", body)
        assert (answer.status_code, answer.content) == (200, b"success")
    assert disputes_stored(number) == [body]


@pytest.mark.parametrize("fault", ["changed", "foreign_app", "other_message", "no_number"])
def test_a_false_message_about_a_dispute_leaves_nothing(caller: Caller, alipay: Alipay, fault: str) -> None:
    number = uuid4().hex
    body = {
        "changed": alipay.dispute("x" + number).replace(b"x" + number.encode(), b"y" + number.encode()),
        "foreign_app": alipay.dispute(number, app_id="2021999999999999"),
        "other_message": alipay.dispute(number, msg_method="alipay.open.auth.appauth.cancelled"),
        "no_number": alipay.dispute(number, biz_content="{}"),
    }[fault]
    assert post(caller, "alipay", body).status_code == 400
    assert disputes_stored(number) == disputes_stored("y" + number) == []


def test_a_channel_that_is_not_connected_is_not_found(caller: Caller) -> None:
    answers = [post(caller, path, b"a=b") for path in ("alipay", "suppliers/goofish", "nobody")]
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(404, "not_found")}


@pytest.mark.usefixtures("alipay")
def test_a_payment_cannot_be_started_through_an_unknown_channel(front: Shopfront, caller: Caller) -> None:
    told = caller.post(f"/orders/{front.place()}/payments", {"channel": "barter"})
    assert (told.status_code, told.json()["code"]) == (422, "channel_unknown")


@pytest.mark.usefixtures("alipay")
def test_a_channel_that_does_not_answer_can_be_asked_again(front: Shopfront, caller: Caller) -> None:
    told = caller.post(f"/orders/{front.place()}/payments", {"channel": "alipay", "mode": "qr"})
    assert (told.status_code, told.json()["code"], told.headers["Retry-After"]) == (
        503,
        "channel_unavailable",
        "1",
    )


@pytest.mark.usefixtures("alipay")
def test_a_suppliers_true_notice_is_stored_and_answered(front: Shopfront, caller: Caller) -> None:
    order_id = front.pay()
    reference = write_reference(order_id, "t", 1)
    query, body = supplier_notice(reference, int(now().timestamp()))
    answer = post(caller, "suppliers/goofish", body, **query)
    assert (answer.status_code, answer.json()["code"]) == (200, 0)
    assert stored(order_id) == [("supplier:goofish", reference, body)]


@pytest.mark.usefixtures("alipay")
def test_a_suppliers_stale_or_changed_notice_is_refused(front: Shopfront, caller: Caller) -> None:
    order_id = front.pay()
    moment = int(now().timestamp())
    query, body = supplier_notice(write_reference(order_id, "t", 1), moment)
    old_query, old_body = supplier_notice(write_reference(order_id, "t", 1), moment - 3_600)
    payment_query, payment_body = supplier_notice(write_reference(order_id, "p", 1), moment)
    answers = [
        post(caller, "suppliers/goofish", body.replace(b"20,", b"30,"), **query),
        post(caller, "suppliers/goofish", old_body, **old_query),
        post(caller, "suppliers/goofish", payment_body, **payment_query),
        post(caller, "suppliers/goofish", body),
    ]
    assert {(answer.status_code, answer.json()["code"]) for answer in answers} == {(400, "notice_refused")}
    assert stored(order_id) == []


@pytest.mark.usefixtures("alipay")
def test_a_notice_address_takes_posts_only_and_no_book(caller: Caller) -> None:
    assert caller.client.get("/api/v1/notices/alipay").headers["Allow"] == "POST"
    assert post(caller, "alipay", b"a=" + b"b" * 70_000).status_code == 413
