"""The OpenAPI 3.1 description: what the operations say of themselves, with what holds for all of them added."""

from __future__ import annotations

from functools import cache
from typing import Any

import orjson
from django.http import HttpRequest, HttpResponse

from tuidan.api.app import api
from tuidan.api.problems import MEDIA_TYPE
from tuidan.api.shapes_out import ProblemTold

PREFIX = "/api/v1/"
KEY_PARAMETER = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": True,
    "description": "The same key with the same input gives the first answer again, marked Idempotent-Replay: true.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 64, "pattern": "^[\\x20-\\x7e]+$"},
}
NOTICES = {
    "notices/{channel}": ("receive_payment_notice", "A payment channel's notice"),
    "notices/suppliers/{supplier}": ("receive_supplier_notice", "A supplier's notice"),
}


@cache
def document() -> dict[str, Any]:
    """The whole description as plain data."""
    schema: dict[str, Any] = orjson.loads(
        orjson.dumps(api.get_openapi_schema(path_prefix=PREFIX), option=orjson.OPT_NON_STR_KEYS)
    )
    schema["servers"] = [{"url": "/"}]
    schema["components"]["schemas"]["ProblemTold"] = ProblemTold.model_json_schema()
    for methods in schema["paths"].values():
        for method, operation in methods.items():
            if method == "post":
                operation.setdefault("parameters", []).append(KEY_PARAMETER)
            operation["responses"]["default"] = _problem()
    for path, (name, summary) in NOTICES.items():
        schema["paths"][PREFIX + path] = {"post": _notice(path, name, summary)}
    return schema


def _problem() -> dict[str, Any]:
    return {
        "description": "A problem (RFC 9457); `code` says which",
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemTold"}}},
    }


def _notice(path: str, name: str, summary: str) -> dict[str, Any]:
    parameter = path.rpartition("{")[2].rstrip("}")
    return {
        "operationId": name,
        "summary": summary,
        "description": "Signed in the sender's own way; stored raw, answered as the sender expects, applied later.",
        "tags": ["notices"],
        "parameters": [{"in": "path", "name": parameter, "required": True, "schema": {"type": "string"}}],
        "requestBody": {"required": True, "content": {"*/*": {}}},
        "responses": {"200": {"description": "Stored"}, "default": _problem()},
    }


@cache
def _bytes() -> bytes:
    return orjson.dumps(document())


def show_document(request: HttpRequest) -> HttpResponse:
    """GET: the description, for anyone."""
    return HttpResponse(_bytes(), content_type="application/json")
