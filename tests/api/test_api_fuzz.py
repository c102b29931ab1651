"""Nothing that anybody can send makes the API break: random requests built from its own description."""

from __future__ import annotations

import os
from typing import Any
from urllib.parse import quote
from uuid import UUID

from api_world import ROLES, Caller, Shopfront
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tuidan.api.openapi import document
from tuidan.api.problems import STATUS

EXAMPLES = 5_000 if os.environ.get("TUIDAN_LONG") else 150
UNKNOWN = UUID("01890000-0000-7000-8000-000000000000")
REFERENCE = "#/components/schemas/"
NASTY_TEXT = st.one_of(
    st.sampled_from(
        ["", "\x00", "a\x00", "\ud800", "%00", "'; --", "{}", "null", "../..", "￿", "😀", "0" * 500]
    ),
    st.text(max_size=20),
)
NASTY_NUMBER = st.one_of(
    st.sampled_from([0, -1, 1, 2, 10, 2**31 - 1, 2**31, 2**53, 2**63 - 1, 2**63, 2**64, 10**30, -(2**63)]),
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(),
)
NASTY = st.recursive(
    st.one_of(st.none(), st.booleans(), NASTY_NUMBER, NASTY_TEXT),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(NASTY_TEXT, inner, max_size=3)),
    max_leaves=5,
)
OPERATIONS = [
    (method, path, told)
    for path, methods in document()["paths"].items()
    for method, told in methods.items()
    if "notices" not in path
]


def proper(schema: dict[str, Any], ids: list[str]) -> st.SearchStrategy[Any]:
    """Values that the description allows, or nearly."""
    if "$ref" in schema:
        return proper(document()["components"]["schemas"][schema["$ref"].removeprefix(REFERENCE)], ids)
    if "anyOf" in schema:
        return st.one_of([proper(one, ids) for one in schema["anyOf"]])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema.get("type"), schema.get("format"):
        case "string", "uuid":
            return st.sampled_from([*ids, str(UNKNOWN)])
        case "string", _:
            return st.sampled_from(["alipay", "no_reason", "busy", "好", "a\x00b", ""])
        case "integer", _:
            least = schema.get("minimum", 0)
            return st.integers(least, least + 1) | st.integers(least, min(schema.get("maximum", 9), 5_000))
        case "boolean", _:
            return st.booleans()
        case "array", _:
            return st.lists(proper(schema["items"], ids), max_size=3)
        case "object", _:
            return st.fixed_dictionaries(
                {}, optional={k: proper(v, ids) for k, v in schema["properties"].items()}
            )
    return st.none()


def bodies(told: dict[str, Any], ids: list[str]) -> st.SearchStrategy[Any]:
    """A proper body, one with something nasty in it, or anything at all."""
    if "requestBody" not in told:
        return st.just(None)
    taken = told["requestBody"]["content"]
    if "application/json" not in taken:
        return st.none() | NASTY  # pieces of a file: what they must be, the tests of uploads say
    schema = taken["application/json"]["schema"]
    good = proper(schema, ids)
    if "$ref" in schema:
        names = list(
            document()["components"]["schemas"][schema["$ref"].removeprefix(REFERENCE)]["properties"]
        )
        spoilt = st.builds(
            lambda body, name, value: body | {name: value}, good, st.sampled_from(names), NASTY
        )
        return st.one_of(good, spoilt, spoilt, NASTY)
    return st.one_of(good, NASTY)


@st.composite
def requests(draw: st.DrawFn, ids: list[str]) -> tuple[str, str, str, Any, dict[str, str]]:
    """Role, method, path with query, body, headers."""
    method, path, told = draw(st.sampled_from(OPERATIONS))
    query = []
    for parameter in told.get("parameters", []):
        usual = (
            st.sampled_from(ids[:5]) if parameter["name"] == "order_id" else proper(parameter["schema"], ids)
        )
        value = draw(st.one_of(usual, usual, usual, NASTY_TEXT, NASTY_NUMBER))
        text = quote(str(value).encode("utf-8", "surrogatepass"), safe="")
        if parameter["in"] == "path":
            path = path.replace(f"{{{parameter['name']}}}", text)
        elif parameter["in"] == "query" and draw(st.booleans()):
            query.append(f"{parameter['name']}={text}")
    role = draw(st.sampled_from((*["owner"] * 8, *ROLES)))
    key = draw(st.one_of(st.sampled_from(["", "~" * 64]), st.integers(0, 10**6).map(str)))
    language = draw(st.sampled_from(["", "en", "zh", "x" * 300, "en;q=zz", "*"]))
    headers = {"Idempotency-Key": key, "Accept-Language": language}
    body = draw(bodies(told, ids))
    return role, method.upper(), path + ("?" + "&".join(query) if query else ""), body, headers


# What is no JSON: evidence packed, printed, or as it was brought.
FILES = (
    "application/zip",
    "application/pdf",
    "application/octet-stream",
    "image/png",
    "image/jpeg",
    "text/plain",
)


def must_be_orderly(caller: Caller, asked: tuple[str, str, str, Any, dict[str, str]]) -> None:
    """Send it: the answer is a success in JSON, or a problem whose code and status belong together."""
    role, method, path, body, headers = asked
    if role in caller.keys:
        headers = headers | {"Authorization": f"Bearer {caller.keys[role]}"}
    content = None if body is None else as_json(body)
    if content is not None:
        headers = headers | {"Content-Type": "application/json"}
    answer = caller.client.request(method, path, content=content, headers=headers)
    kind = answer.headers.get("Content-Type", "").split(";")[0]
    if method == "HEAD" or (answer.status_code < 300 and kind in FILES):
        assert answer.status_code < 500
        return
    told = answer.json()
    assert answer.status_code < 500 or told["code"] == "channel_unavailable", answer.text
    if answer.status_code >= 400:
        assert answer.headers["Content-Type"] == "application/problem+json"
        assert STATUS[told["code"]] == answer.status_code
        assert told["title"] and told["detail"]
    else:
        assert answer.headers["Content-Type"] == "application/json"


def as_json(value: Any) -> bytes:
    """JSON as a careless program writes it: half surrogates and numbers of any size."""
    if isinstance(value, dict):
        inner = b",".join(as_json(str(name)) + b":" + as_json(one) for name, one in value.items())
        return b"{" + inner + b"}"
    if isinstance(value, list):
        return b"[" + b",".join(map(as_json, value)) + b"]"
    if isinstance(value, str):
        text = value.replace("\\", "\\\\").replace('"', '\\"')
        return ('"' + "".join(c if " " <= c < "\x7f" else _escaped(c) for c in text) + '"').encode()
    return {None: b"null", True: b"true", False: b"false"}.get(value) or repr(value).encode()


def _escaped(letter: str) -> str:
    units = letter.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[i]:02x}{units[i + 1]:02x}" for i in range(0, len(units), 2))


def staged_ids(front: Shopfront) -> list[str]:
    """Orders in every stage, and the listings."""
    orders: list[UUID] = [front.place(), front.pay(), front.codes(2), front.in_review(), front.pay("member")]
    return [str(one) for one in (*orders, *front.listings.values(), front.shop)]


def test_no_request_breaks_the_api(front: Shopfront, caller: Caller, alipay: object) -> None:
    ids = staged_ids(front)

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example],
    )
    @given(requests(ids))
    def sent(asked: tuple[str, str, str, Any, dict[str, str]]) -> None:
        must_be_orderly(caller, asked)

    sent()
    for order_id in ids[:5]:
        assert caller.get(f"/orders/{order_id}").status_code == 200
