"""Errors are problem details: a code, its address, a sentence in the caller's language; never a 500."""

from __future__ import annotations

from uuid import uuid4

import httpx
import pytest
from api_world import Caller, Shopfront, new_key, version

from tuidan.api.problems import STATUS
from tuidan.domain.dispute import APPROVING
from tuidan.domain.refusals import CODES

HAN = range(0x4E00, 0xA000)


def must_be_problem(answer: httpx.Response, status: int, code: str) -> dict[str, object]:
    """Hold an answer against RFC 9457 and give its body."""
    told: dict[str, object] = answer.json()
    assert (answer.status_code, told["code"]) == (status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert set(told) == {"type", "title", "status", "detail", "code", "data"}
    assert (told["status"], told["type"]) == (status, f"/api/v1/problems/{code}")
    assert told["title"] and told["detail"]
    return told


def ask_refund(caller: Caller, front: Shopfront, **headers: str) -> httpx.Response:
    """A request that is refused: the order is not paid."""
    path = f"/orders/{front.place()}/refund-requests"
    return caller.send("owner", "POST", path, {"unit": 1, "reason": "no_reason"}, **headers)


def test_a_refusal_is_a_conflict_with_its_code_and_data(front: Shopfront, caller: Caller) -> None:
    order_id = front.pay()
    body = {"unit": 1, "reason": "no_reason", "amount_fen": 4_881}
    told = must_be_problem(
        caller.post(f"/orders/{order_id}/refund-requests", body), 422, "amount_out_of_range"
    )
    assert told["data"] == {"max_fen": 4_880}
    must_be_problem(ask_refund(caller, front), 409, "order_not_paid")


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("en", "en"),
        ("en-GB,en;q=0.9,zh;q=0.1", "en"),
        ("fr,en;q=0.5,zh;q=0.4", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("fr", "zh"),
        ("", "zh"),
        (";;;q=x,", "zh"),
    ],
)
def test_the_sentence_is_in_the_language_that_is_preferred(
    accepted: str, language: str, front: Shopfront, caller: Caller
) -> None:
    answer = ask_refund(caller, front, **{"Accept-Language": accepted})
    chinese = any(ord(letter) in HAN for letter in answer.json()["detail"] + answer.json()["title"])
    assert (answer.headers["Content-Language"], chinese) == (language, language == "zh")


@pytest.mark.parametrize("code", sorted(STATUS))
def test_the_address_of_every_code_explains_it_in_both_languages(code: str, caller: Caller) -> None:
    for language in ("zh", "en"):
        told = caller.send("stranger", "GET", f"/problems/{code}", **{"Accept-Language": language}).json()
        assert (told["code"], told["status"]) == (code, STATUS[code])
        assert any(ord(letter) in HAN for letter in told["detail"]) is (language == "zh")


def test_every_refusal_of_the_domain_has_a_status(caller: Caller) -> None:
    listed = {told["code"]: told["status"] for told in caller.get("/problems").json()["problems"]}
    assert listed == STATUS
    assert set(CODES) < set(STATUS)
    assert {STATUS[code] for code in CODES} == {404, 409, 413, 422, 429, 503, 507}


def test_a_missing_key_is_challenged(caller: Caller) -> None:
    for authorization in ("", "Bearer", "Bearer x", "Basic dGRfeDp5", "Bearer td_unknown", "bearer"):
        headers = {"Authorization": authorization} if authorization else {}
        answer = caller.send("stranger", "GET", "/orders", **headers)
        must_be_problem(answer, 401, "key_missing")
        assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    "path",
    ["/nothing", "/orders/1", "/orders/x/units", "/policies/abc", "/policies/" + "0" * 64, "/problems/none"],
)
def test_an_address_that_is_not_there_is_a_problem_too(path: str, caller: Caller) -> None:
    answer = caller.get(path)
    assert answer.status_code in (404, 422)
    must_be_problem(answer, answer.status_code, answer.json()["code"])


def test_a_method_that_is_not_there_names_those_that_are(caller: Caller) -> None:
    answer = caller.send("owner", "DELETE", "/orders")
    must_be_problem(answer, 405, "method_not_allowed")
    assert {name.strip() for name in answer.headers["Allow"].split(",")} == {"GET", "POST"}


def fields_of(answer: httpx.Response) -> list[tuple[str, str]]:
    data = must_be_problem(answer, 422, "invalid_input")["data"]
    assert isinstance(data, dict)
    return [(fault["in"], fault["field"]) for fault in data["fields"]]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"unit": 0}, "unit"),
        ({"unit": "1"}, "unit"),
        ({"unit": 1.0}, "unit"),
        ({"unit": True}, "unit"),
        ({"unit": 2**63}, "unit"),
        ({"unit": 10**400}, "unit"),
        ({"amount_fen": -1}, "amount_fen"),
        ({"amount_fen": 2**64}, "amount_fen"),
        ({"amount_fen": 0.5}, "amount_fen"),
        ({"amount_fen": None}, "amount_fen"),
        ({"reason": "because"}, "reason"),
        ({"reason": ["late"]}, "reason"),
        ({"words": "a\x00b"}, "words"),
        ({"words": "啊" * 501}, "words"),
        ({"words": {"$ne": 1}}, "words"),
        ({"surprise": 1}, "surprise"),
    ],
)
def test_a_field_that_cannot_be_is_named(
    change: dict[str, object], field: str, front: Shopfront, caller: Caller
) -> None:
    body = {"unit": 1, "reason": "no_reason"} | change
    answer = caller.post(f"/orders/{front.place()}/refund-requests", body)
    if answer.status_code == 400:  # a number that no JSON reader of ours takes in
        must_be_problem(answer, 400, "unreadable")
        return
    assert fields_of(answer) == [("body", field)]


def test_every_wrong_field_is_named_at_once(caller: Caller) -> None:
    answer = caller.post("/orders", {"listing_id": "x", "quantity": 0, "own_account": "yes"})
    assert fields_of(answer) == [("body", "listing_id"), ("body", "quantity"), ("body", "own_account")]


@pytest.mark.parametrize(
    ("query", "field"),
    [("page=-1", "page"), ("page=99999999999999999999", "page"), ("page=x", "page"), ("shop=1", "shop")],
)
def test_a_wrong_query_is_named(query: str, field: str, caller: Caller) -> None:
    assert fields_of(caller.get(f"/orders?{query}")) == [("query", field)]


@pytest.mark.parametrize("words", ["%00", "a%00b", "%07", "x" * 101])
def test_search_words_that_a_row_cannot_hold_are_refused(words: str, caller: Caller) -> None:
    assert fields_of(caller.get(f"/listings?words={words}")) == [("query", "words")]


@pytest.mark.parametrize(
    "raw",
    [
        b"{",
        b"\xff\xfe",
        b'{"unit": NaN, "reason": "late"}',
        b'{"unit": 1, "reason": "\\ud800"}',
        b"[" * 100_000,
        b'{"unit": 1' + b"0" * 5000 + b"}",
        b"null x",
    ],
)
def test_a_body_that_is_no_json_is_unreadable(raw: bytes, front: Shopfront, caller: Caller) -> None:
    headers = {
        "Authorization": f"Bearer {caller.keys['owner']}",
        "Idempotency-Key": new_key(),
        "Content-Type": "application/json",
    }
    path = f"/api/v1/orders/{uuid4()}/refund-requests"
    answer = caller.client.post(path, content=raw, headers=headers)
    too_large = len(raw) > 65_536
    must_be_problem(answer, 413 if too_large else 400, "too_large" if too_large else "unreadable")


@pytest.mark.parametrize("raw", [b"null", b"[]", b"1", b'"text"', b"true", b""])
def test_json_that_is_no_object_is_invalid(raw: bytes, front: Shopfront, caller: Caller) -> None:
    headers = {
        "Authorization": f"Bearer {caller.keys['owner']}",
        "Idempotency-Key": new_key(),
        "Content-Type": "application/json",
    }
    answer = caller.client.post(
        f"/api/v1/orders/{front.place()}/refund-requests", content=raw, headers=headers
    )
    assert {where for where, _ in fields_of(answer)} == {"body"}


def test_a_form_is_not_taken_for_json(front: Shopfront, caller: Caller) -> None:
    headers = {"Authorization": f"Bearer {caller.keys['owner']}", "Idempotency-Key": new_key()}
    answer = caller.client.post(
        f"/api/v1/orders/{front.place()}/refund-requests", data={"unit": "1"}, headers=headers
    )
    must_be_problem(answer, 415, "not_json")


def test_a_case_or_unit_that_is_not_there_is_not_found(front: Shopfront, caller: Caller) -> None:
    order_id = front.codes()
    must_be_problem(caller.post(f"/orders/{order_id}/units/2/reveal"), 404, "no_such_unit")
    must_be_problem(caller.post(f"/orders/{order_id}/cases/1/withdraw"), 404, "no_such_case")
    must_be_problem(
        caller.post(f"/orders/{order_id}/units/99999999999999999999/reveal"), 422, "invalid_input"
    )
    must_be_problem(caller.post(f"/orders/{order_id}/units/0/reveal"), 422, "invalid_input")


def test_a_judgement_on_an_old_version_is_refused(front: Shopfront, caller: Caller) -> None:
    order_id = front.in_review()
    body = {"approve": True, "reasons": ["goodwill"], "seen_version": 2}
    must_be_problem(
        caller.post(f"/orders/{order_id}/cases/1/decision", body, "reviewer"), 409, "case_changed"
    )


def test_a_judgement_gives_a_reason_that_fits_its_outcome(front: Shopfront, caller: Caller) -> None:
    order_id = front.in_review()
    body = {"approve": True, "reasons": ["delivered"], "seen_version": version(order_id)}
    told = must_be_problem(
        caller.post(f"/orders/{order_id}/cases/1/decision", body, "reviewer"), 422, "ruling_unknown"
    )
    assert told["data"] == {"known": list(APPROVING)}
