"""The same key with the same input does a thing once and gives the same answer; with another input it is refused."""

from __future__ import annotations

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from api_world import Caller, Shopfront, new_key, version

Stage = Callable[[Shopfront], UUID]
# name → what must be there, role, path below the order, body, another body (None: the operation has none)
COMMANDS: dict[str, tuple[Stage, str, str, dict[str, object] | None, dict[str, object] | None]] = {
    "refund request": (
        Shopfront.codes,
        "owner",
        "refund-requests",
        {"unit": 1, "reason": "no_reason"},
        {"unit": 1, "reason": "late"},
    ),
    "refund decided at once": (
        Shopfront.pay,
        "owner",
        "refund-requests",
        {"unit": 1, "reason": "no_reason"},
        {"unit": 1, "reason": "no_reason", "words": "不要了"},
    ),
    "reveal": (Shopfront.codes, "owner", "units/1/reveal", None, None),
    "delivery": (Shopfront.pay, "seller", "units/1/deliver", {"note": "好了"}, {"note": "不同"}),
    "receipt": (Shopfront.codes, "owner", "confirm", None, None),
    "withdrawal": (Shopfront.in_review, "owner", "cases/1/withdraw", None, None),
    "decision": (
        Shopfront.in_review,
        "reviewer",
        "cases/1/decision",
        {"approve": True, "reasons": ["seller_fault"]},
        {"approve": False, "reasons": ["delivered"]},
    ),
    "a refusal": (Shopfront.pay, "owner", "confirm", None, None),
}


def staged(
    name: str, front: Shopfront
) -> tuple[str, str, dict[str, object] | None, dict[str, object] | None, UUID]:
    stage, role, path, body, other = COMMANDS[name]
    order_id = stage(front)
    if name == "decision":
        body, other = ({**told, "seen_version": version(order_id)} for told in (body or {}, other or {}))
    return role, f"/orders/{order_id}/{path}", body, other, order_id


@pytest.mark.parametrize("name", COMMANDS)
def test_asking_again_with_the_same_key_gives_the_same_answer_and_does_nothing(
    name: str, front: Shopfront, caller: Caller
) -> None:
    role, path, body, _, order_id = staged(name, front)
    first = caller.post(path, body, role, key="again")
    after = version(order_id)
    second = caller.post(path, body, role, key="again")
    assert (second.status_code, second.content) == (first.status_code, first.content)
    assert first.headers.get("Idempotent-Replay") is None
    assert second.headers["Idempotent-Replay"] == "true"
    assert version(order_id) == after
    assert first.is_success is (name != "a refusal")


@pytest.mark.parametrize("name", [name for name, told in COMMANDS.items() if told[4] is not None])
def test_the_same_key_with_another_input_is_refused_and_does_nothing(
    name: str, front: Shopfront, caller: Caller
) -> None:
    role, path, body, other, order_id = staged(name, front)
    assert caller.post(path, body, role, key="once").status_code < 300
    after = version(order_id)
    told = caller.post(path, other, role, key="once")
    assert (told.status_code, told.json()["code"]) == (422, "key_used_for_other_input")
    assert version(order_id) == after


def test_a_key_is_not_shared_between_two_operations_of_one_order(front: Shopfront, caller: Caller) -> None:
    order_id = front.codes()
    assert caller.post(f"/orders/{order_id}/units/1/reveal", key="one").status_code == 200
    told = caller.post(f"/orders/{order_id}/confirm", key="one")
    assert (told.status_code, told.json()["code"]) == (422, "key_used_for_other_input")


def test_placing_twice_with_one_key_places_one_order(front: Shopfront, caller: Caller) -> None:
    key, body = (
        new_key(),
        {"listing_id": str(front.listings["service"]), "no_reason_excluded_confirmed": True},
    )
    first, second = (caller.post("/orders", body, key=key) for _ in range(2))
    assert (first.status_code, second.status_code, second.content) == (201, 201, first.content)
    assert second.headers["Idempotent-Replay"] == "true"
    assert first.headers["Location"] == f"/api/v1/orders/{first.json()['order_id']}"
    other = caller.post("/orders", {**body, "quantity": 2}, key=key)
    assert (other.status_code, other.json()["code"]) == (422, "key_used_for_other_input")


def test_the_same_key_of_two_people_places_two_orders(front: Shopfront, caller: Caller) -> None:
    key, body = new_key(), {"listing_id": str(front.listings["service"])}
    ids = {caller.post("/orders", body, role, key).json()["order_id"] for role in ("owner", "other_buyer")}
    assert len(ids) == 2


def test_eight_at_once_with_one_key_make_one_request(front: Shopfront, caller: Caller) -> None:
    order_id = front.pay()
    before = version(order_id)

    def ask(_: int) -> tuple[int, bytes]:
        told = caller.post(
            f"/orders/{order_id}/refund-requests", {"unit": 1, "reason": "no_reason"}, key="same"
        )
        return told.status_code, told.content

    with ThreadPoolExecutor(8) as pool:
        answers = set(pool.map(ask, range(8)))
    assert len(answers) == 1
    assert {status for status, _ in answers} == {201}
    assert caller.get(f"/orders/{order_id}").json()["refunding_fen"] == 4_880
    assert version(order_id) == before + 2


@pytest.mark.parametrize("key", ["", "x" * 65, "a\tb", "键", "é"])
def test_a_post_without_a_proper_key_is_refused(key: str, front: Shopfront, caller: Caller) -> None:
    told = caller.client.post(
        f"/api/v1/orders/{front.place()}/confirm",
        headers=[
            (b"Authorization", f"Bearer {caller.keys['owner']}".encode()),
            (b"Idempotency-Key", key.encode()),
        ],
    )
    assert (told.status_code, told.json()["code"]) == (400, "idempotency_key_needed")


@pytest.mark.parametrize("key", ["a", "x" * 64, 'a "b" {c}: ~!', "0"])
def test_any_printable_key_up_to_64_characters_will_do(key: str, front: Shopfront, caller: Caller) -> None:
    order_id = front.pay()
    asked = {"unit": 1, "reason": "no_reason"}
    assert caller.post(f"/orders/{order_id}/refund-requests", asked, key=key).status_code == 201


def test_starting_a_payment_again_with_one_key_leads_to_the_same_place(
    front: Shopfront, caller: Caller, alipay: object
) -> None:
    order_id = front.place()
    path, body = f"/orders/{order_id}/payments", {"channel": "alipay"}
    first = caller.post(path, body, key="pay")
    time.sleep(1.1)  # the address of a payment page carries the second it was made
    second = caller.post(path, body, key="pay")
    assert (second.status_code, second.content) == (first.status_code, first.content) == (201, first.content)
    assert second.headers["Idempotent-Replay"] == "true"
    fresh = caller.post(path, body, key="pay anew")
    assert (fresh.status_code, "Idempotent-Replay" in fresh.headers) == (201, False)
    assert fresh.json()["url"] != first.json()["url"]
    assert caller.post(path, body, key="pay").content == first.content
    other = caller.post(path, {**body, "mode": "qr"}, key="pay")
    assert (other.status_code, other.json()["code"]) == (422, "key_used_for_other_input")
