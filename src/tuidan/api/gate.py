"""What stands around every operation: limits on the body, the time, the idempotency key, the answer's form."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from functools import wraps

import orjson
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from tuidan.api.problems import Problem, respond
from tuidan.commands import clock
from tuidan.commands.runner import Outcome
from tuidan.domain.events import Event

BODY_BYTES_MAX = 65_536
KEY = re.compile(r"[\x21-\x7e](?:[\x20-\x7e]{0,62}[\x21-\x7e])?")
View = Callable[..., HttpResponseBase]


def now() -> datetime:
    """The moment of this request, taken once by its operation (aware, UTC)."""
    return clock.utc_now()


def idempotency_key(request: HttpRequest) -> str:
    """The caller's key for this POST. Raises Problem `idempotency_key_needed`."""
    key = str(request.META.get("HTTP_IDEMPOTENCY_KEY", ""))
    if not KEY.fullmatch(key):
        raise Problem("idempotency_key_needed")
    return key


def body_fault(
    request: HttpRequest, json_only: bool = True, bytes_max: int = BODY_BYTES_MAX
) -> Problem | None:
    """What is wrong with the body before it is read, if anything."""
    if "HTTP_TRANSFER_ENCODING" in request.META:
        return Problem("length_required")
    length = str(request.META.get("CONTENT_LENGTH") or "0")
    if not length.isdecimal():
        return Problem("length_required")
    if int(length[:12]) > bytes_max:
        return Problem("too_large", {"bytes_max": bytes_max})
    if json_only and length != "0" and request.content_type != "application/json":
        return Problem("not_json")
    return None


def guarded(view: View, raw_bytes_max: int = 0) -> View:
    """Put limits before and headers behind a view, and its 405 into the form of all errors.

    With `raw_bytes_max` its bodies are bytes and no JSON.
    """

    @wraps(view)
    def through(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        fault = body_fault(request, not raw_bytes_max, raw_bytes_max or BODY_BYTES_MAX)
        if fault is not None:
            return dressed(respond(request, fault))
        response = view(request, *args, **kwargs)
        if response.status_code == 405:
            response = respond(request, Problem("method_not_allowed", {}, {"Allow": response["Allow"]}))
        return dressed(response)

    through.csrf_exempt = True  # type: ignore[attr-defined]
    return through


def dressed(response: HttpResponseBase) -> HttpResponseBase:
    """Say how long this answer is, and that nobody may keep it or take it for something else."""
    response.headers.setdefault("Cache-Control", "no-store")
    response.headers["X-Content-Type-Options"] = "nosniff"
    if isinstance(response, HttpResponse):
        response.headers["Content-Length"] = str(len(response.content))
    return response


def json_response(body: object, status: int = 200, headers: dict[str, str] | None = None) -> HttpResponse:
    """Keys are sorted, so that what was stored sorted and what was just made give the same bytes."""
    content = orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
    return HttpResponse(content, status=status, content_type="application/json", headers=headers)


def told(outcome: Outcome, body: Callable[[list[Event]], object], status: int = 200) -> HttpResponse:
    """What a command did, made from its events alone, so that a repeated key gets the very same answer.

    Raises Problem where it was refused.
    """
    headers = {"Idempotent-Replay": "true"} if outcome.again else {}
    if outcome.refusal is not None:
        raise Problem(outcome.refusal.code, outcome.refusal.data, headers)
    return json_response(body(outcome.events), status, headers)
