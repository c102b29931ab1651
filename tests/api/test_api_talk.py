"""The talk over the API: said once, read on from a number, answered, copied so that it verifies."""

from __future__ import annotations

import pytest
from api_world import PRICE_FEN, Caller, Shopfront, new_key

from tuidan.domain.talk_copy import find_copy_fault


def test_a_message_is_told_with_its_flags_and_read_by_the_other_side(
    front: Shopfront, caller: Caller
) -> None:
    order = front.codes()
    told = caller.post(f"/orders/{order}/messages", {"words": "加我微信 wx_8876 转你"}, "seller")
    assert (told.status_code, told.json()["by"]) == (201, "seller")
    assert "private_transfer" in told.json()["flags"]
    (line,) = caller.get(f"/orders/{order}/messages").json()["messages"]
    assert line["words"] == "加我微信 wx_8876 转你"


def test_the_same_key_says_it_once_with_the_same_answer(front: Shopfront, caller: Caller) -> None:
    order, key, body = front.codes(), new_key(), {"words": "卡密打不开", "asks": True}
    first, second = (caller.post(f"/orders/{order}/messages", body, key=key) for _ in range(2))
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    assert second.headers["Idempotent-Replay"] == "true"
    assert len(caller.get(f"/orders/{order}/messages").json()["messages"]) == 1


def test_a_question_tells_when_the_answer_is_due(front: Shopfront, caller: Caller) -> None:
    order = front.codes()
    told = caller.post(
        f"/orders/{order}/messages", {"words": "卡密打不开", "template": "code_invalid"}
    ).json()
    (contact,) = caller.get(f"/orders/{order}/messages").json()["contacts"]
    assert told["due_at"] == contact["due_at"]
    assert (contact["status"], contact["unit"]) == ("waiting", 1)


def test_an_answer_names_what_it_gives_back(front: Shopfront, caller: Caller) -> None:
    order = front.codes()
    told = caller.post(f"/orders/{order}/contact-answers", {"kind": "agree_full"}, "seller")
    assert told.json() == {
        "order_id": str(order),
        "unit": 1,
        "response": "agree_full",
        "offered_fen": PRICE_FEN,
    }


def test_only_what_came_after_is_told(front: Shopfront, caller: Caller) -> None:
    order = front.codes()
    caller.post(f"/orders/{order}/messages", {"words": "一"})
    seen = caller.get(f"/orders/{order}/messages").json()["last_n"]
    caller.post(f"/orders/{order}/messages", {"words": "二"}, "seller")
    told = caller.get(f"/orders/{order}/messages?after={seen}").json()
    assert [line["words"] for line in told["messages"]] == ["二"]


@pytest.mark.parametrize(
    "body",
    [
        {"words": ""},
        {"words": "字" * 1_001},
        {"words": "x", "template": "invented"},
        {"words": "x", "unit": "1"},
        {"words": "x\u0007"},
        {"words": "x", "by": "seller"},
    ],
)
def test_a_malformed_message_is_not_heard(front: Shopfront, caller: Caller, body: dict[str, object]) -> None:
    order = front.codes()
    assert caller.post(f"/orders/{order}/messages", body).status_code == 422
    assert caller.get(f"/orders/{order}/messages").json()["messages"] == []


@pytest.mark.parametrize(
    "body", [{"kind": "maybe"}, {"kind": "agree_partial"}, {"kind": "agree_full", "unit": 9}]
)
def test_an_answer_that_cannot_stand_is_refused(
    front: Shopfront, caller: Caller, body: dict[str, object]
) -> None:
    order = front.codes()
    assert caller.post(f"/orders/{order}/contact-answers", body, "seller").status_code in (404, 422)
    assert caller.get(f"/orders/{order}/messages").json()["contacts"] == []


def test_a_foreign_talk_and_an_unknown_one_are_told_apart_by_nobody(front: Shopfront, caller: Caller) -> None:
    foreign, unknown = front.codes(), "01890000-0000-7000-8000-000000000000"
    for path in ("/messages", "/messages/copy"):
        answers = [caller.get(f"/orders/{order}{path}", "other_buyer") for order in (foreign, unknown)]
        assert [answer.status_code for answer in answers] == [404, 404]
        assert answers[0].content == answers[1].content


def test_the_copy_verifies_against_the_chain_that_the_api_tells(front: Shopfront, caller: Caller) -> None:
    order = front.codes()
    caller.post(f"/orders/{order}/messages", {"words": "卡密\u2028打不开", "asks": True})
    caller.post(f"/orders/{order}/contact-answers", {"kind": "refuse"}, "seller")
    copy = caller.get(f"/orders/{order}/messages/copy")
    chain = {event["n"]: event["hash"] for event in caller.get(f"/orders/{order}/events").json()["events"]}
    lines = "\n".join(copy.json()["lines"]).encode()
    assert len(copy.json()["lines"]) == 3
    assert find_copy_fault(lines, chain) is None
    assert find_copy_fault(lines, chain | {max(chain): "00" * 32}) is not None


def test_a_payment_code_in_a_picture_is_flagged(front: Shopfront, caller: Caller) -> None:
    body = {"words": "看图", "pictured": ["https://qr.alipay.com/fkx123"]}
    told = caller.post(f"/orders/{front.codes()}/messages", body)
    assert told.json()["flags"] == ["payment_code"]
