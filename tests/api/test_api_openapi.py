"""The description says what the API does, and the API does what the description says."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from api_reference import drawn
from api_world import Caller, Shopfront, new_key, version

from tuidan.api.app import api
from tuidan.api.openapi import document

REFERENCE = Path(__file__).resolve().parents[2] / "docs" / "reference" / "api.md"


def operations() -> dict[str, Any]:
    """Every operation by its name, as it checks its answers."""
    return {
        operation.view_func.__name__: operation
        for router in api._get_bound_routers()
        for view in router.path_operations.values()
        for operation in view.operations
    }


def must_fit(name: str, status: int, body: object) -> None:
    """Raise unless the body has exactly the fields that the description promises for this operation."""
    model = operations()[name].response_models[status]
    again = model.model_validate({"response": body}).model_dump(mode="json")["response"]
    assert shape(again) == shape(body)


def shape(value: object, depth: int = 0) -> object:
    """Names and nesting of an answer, without its values; below a verdict anything may be."""
    if isinstance(value, dict):
        return {
            name: "any" if name in ("verdict", "data", "reasons", "factors") else shape(inner)
            for name, inner in value.items()
        }
    if isinstance(value, list):
        return [shape(inner) for inner in value]
    return "null" if value is None else "value"


def test_the_description_is_openapi_3_1_and_open_to_anyone(caller: Caller) -> None:
    answer = caller.send("stranger", "GET", "/openapi.json")
    assert (answer.status_code, answer.json()["openapi"]) == (200, "3.1.0")
    assert answer.json() == document()


def test_every_operation_says_what_it_is_for_and_how_it_fails() -> None:
    for path, methods in document()["paths"].items():
        for method, told in methods.items():
            assert path.startswith("/api/v1/"), path
            assert told["summary"] and told["description"] and told["tags"], path
            assert "application/problem+json" in told["responses"]["default"]["content"], path
            assert method in ("get", "post") or told["tags"] == ["files"], path


def test_every_post_names_its_idempotency_key() -> None:
    posts = [
        told["post"] for path, told in document()["paths"].items() if "post" in told and "notices" not in path
    ]
    assert len(posts) > 50
    assert all("Idempotency-Key" in [one["name"] for one in told["parameters"]] for told in posts)


def test_what_is_open_to_anyone_names_no_key_and_all_else_does() -> None:
    paths = document()["paths"]
    open_tags = {
        tag
        for told in paths.values()
        for one in told.values()
        if "security" not in one
        for tag in one["tags"]
    }
    assert open_tags == {"listings", "log", "policies", "terms", "problems", "notices"}


def references(value: object) -> set[str]:
    if isinstance(value, dict):
        found = {value["$ref"]} if isinstance(value.get("$ref"), str) else set()
        return found.union(*map(references, value.values())) if value else found
    return set().union(*map(references, value)) if isinstance(value, list) and value else set()


def test_every_reference_of_the_description_leads_somewhere() -> None:
    known = {f"#/components/schemas/{name}" for name in document()["components"]["schemas"]}
    assert references(document()) <= known


def test_the_reference_page_lists_every_operation_and_every_problem() -> None:
    page = REFERENCE.read_text(encoding="utf-8")
    assert page == drawn(page), "draw it again: python tests/api/api_reference.py"


def test_answers_to_looks_have_the_promised_fields(front: Shopfront, caller: Caller) -> None:
    order_id = front.codes(2)
    caller.post(f"/orders/{order_id}/refund-requests", {"unit": 1, "reason": "no_reason"})
    at = f"/orders/{order_id}"
    paths = {
        "list_listings": "/listings",
        "show_one_listing": f"/listings/{front.listings['code']}",
        "show_current_policy": "/policies/current",
        "list_problems": "/problems",
        "show_problem": "/problems/busy",
        "show_order": at,
        "show_answer": f"{at}/answer",
        "list_units": f"{at}/units",
        "list_cases": f"{at}/cases",
        "list_events": f"{at}/events",
    }
    for name, path in paths.items():
        answer = caller.get(path)
        assert answer.status_code == 200, path
        must_fit(name, 200, answer.json())


COMMANDS: dict[str, tuple[Any, str, str, dict[str, object] | None, int]] = {
    "create_refund_request": (
        Shopfront.codes,
        "owner",
        "refund-requests",
        {"unit": 1, "reason": "late"},
        201,
    ),
    "reveal_unit": (Shopfront.codes, "owner", "units/1/reveal", None, 200),
    "deliver_unit": (Shopfront.pay, "seller", "units/1/deliver", {"progress_percent": 30}, 200),
    "confirm_order": (Shopfront.codes, "owner", "confirm", None, 200),
    "withdraw_case": (Shopfront.in_review, "owner", "cases/1/withdraw", None, 200),
    "create_decision": (
        Shopfront.in_review,
        "reviewer",
        "cases/1/decision",
        {"approve": True, "amount_fen": 100, "reasons": ["goodwill"]},
        200,
    ),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_answers_to_commands_have_the_promised_fields(name: str, front: Shopfront, caller: Caller) -> None:
    stage, role, path, body, status = COMMANDS[name]
    order_id = stage(front)
    if name == "create_decision":
        body = {**(body or {}), "seen_version": version(order_id)}
    answer = caller.post(f"/orders/{order_id}/{path}", body, role)
    assert answer.status_code == status, answer.text
    must_fit(name, status, answer.json())


def test_placing_and_paying_answer_with_the_promised_fields(
    front: Shopfront, caller: Caller, alipay: object
) -> None:
    placed = caller.post("/orders", {"listing_id": str(front.listings["code"])}, key=new_key())
    must_fit("create_order", 201, placed.json())
    started = caller.post(f"/orders/{placed.json()['order_id']}/payments", {"channel": "alipay"})
    must_fit("create_payment", 201, started.json())
