"""What the API gives out can be verified by a stranger who has only these bytes and a hash function."""

from __future__ import annotations

import hashlib
import json

from api_world import PRICE_FEN, Caller, Shopfront

GENESIS = bytes(32)


def test_a_stranger_can_verify_the_chain_from_the_answer_alone(front: Shopfront, caller: Caller) -> None:
    order_id = front.codes(2)
    caller.post(f"/orders/{order_id}/refund-requests", {"unit": 1, "reason": "no_reason"})
    events = caller.get(f"/orders/{order_id}/events").json()["events"]
    before = GENESIS
    for n, event in enumerate(events, 1):
        assert bytes.fromhex(event["prev"]) == before
        before = hashlib.sha256(before + event["body"].encode()).digest()
        assert (event["n"], event["hash"], json.loads(event["body"])["n"]) == (n, before.hex(), n)
    assert len(events) == caller.get(f"/orders/{order_id}").json()["version"]


def test_a_policy_is_named_by_the_hash_of_its_bytes(front: Shopfront, caller: Caller) -> None:
    named = caller.get("/policies/current").json()
    answer = caller.send("stranger", "GET", named["address"].removeprefix("/api/v1"))
    assert hashlib.sha256(answer.content).hexdigest() == named["sha256"]
    assert "immutable" in answer.headers["Cache-Control"]
    assert caller.get(f"/orders/{front.place()}").json()["policy_sha256"] == named["sha256"]


def test_the_standing_answer_is_what_the_request_then_brings(front: Shopfront, caller: Caller) -> None:
    order_id = front.pay("service")
    answer = caller.get(f"/orders/{order_id}/answer").json()["answers"][0]
    asked = {"unit": 1, "reason": answer["reason"]}
    told = caller.post(f"/orders/{order_id}/refund-requests", asked).json()
    assert (answer["next_step"], answer["decision"]) == ("refund_now", told["verdict"]["decision"])
    assert (answer["amount_fen"], told["status"], told["amount_fen"]) == (PRICE_FEN, "approved", PRICE_FEN)


def test_a_code_is_masked_until_it_is_shown_and_then_counts_as_shown(
    front: Shopfront, caller: Caller
) -> None:
    order_id = front.codes()
    masked = caller.get(f"/orders/{order_id}/units").json()["units"][0]
    assert (masked["status"], len(masked["tail"])) == ("delivered", 4)
    shown = caller.post(f"/orders/{order_id}/units/1/reveal").json()
    assert shown["secret"].startswith("SECRET") and shown["secret"].endswith(masked["tail"])
    unit = caller.get(f"/orders/{order_id}/units").json()["units"][0]
    assert (unit["status"], unit["revealed_at"] is not None) == ("revealed", True)
    everything = "".join(
        caller.get(f"/orders/{order_id}{path}").text for path in ("", "/units", "/events", "/cases")
    )
    assert shown["secret"] not in everything


def test_the_sellers_words_and_the_buyers_are_not_in_the_chain(front: Shopfront, caller: Caller) -> None:
    order_id = front.pay("service")
    caller.post(f"/orders/{order_id}/units/1/deliver", {"note": "账号密码123"}, "seller")
    caller.post(
        f"/orders/{order_id}/refund-requests",
        {"unit": 1, "reason": "not_as_described", "words": "和描述不符的话"},
    )
    chain = caller.get(f"/orders/{order_id}/events").text
    assert "账号密码123" not in chain and "和描述不符的话" not in chain
    assert caller.get(f"/orders/{order_id}/cases").json()["cases"][0]["words"] == "和描述不符的话"
