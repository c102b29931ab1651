"""Errors as problem details (RFC 9457): a code, its status, what a program needs as data, a sentence for people.

Refusals of the domain and the errors of this edge go out the same way. `type` is the fixed address under which
the code is explained (`problem_list.py`). What nobody foresaw becomes 500 with nothing of the inside in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import orjson
from django.http import HttpRequest, HttpResponse
from django.utils.translation.trans_real import parse_accept_lang_header

from tuidan.api.words import PROBLEMS, sentence
from tuidan.domain.refusals import CODES

MEDIA_TYPE = "application/problem+json"
ADDRESS = "/api/v1/problems/"
RETRY_AFTER_SECONDS = 1
RETRYABLE = frozenset({503})

# What this edge says itself.
EDGE_STATUS: dict[str, int] = {
    "key_missing": 401,
    "not_allowed": 403,
    "own_case": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "length_required": 411,
    "too_large": 413,
    "not_json": 415,
    "unreadable": 400,
    "idempotency_key_needed": 400,
    "invalid_input": 422,
    "code_unavailable": 409,
    "channel_unknown": 422,
    "channel_refused": 409,
    "channel_unavailable": 503,
    "notice_refused": 400,
    "too_many_requests": 429,
    "busy": 503,
    "pdf_unavailable": 501,
    "outcome_unknown": 503,
    "internal_error": 500,
}
# A refusal is a conflict with the order's state, unless the request itself can never be right.
REFUSAL_STATUS: dict[str, int] = {
    "account_needed": 422,
    "account_malformed": 422,
    "amount_out_of_range": 422,
    "key_used_for_other_input": 422,
    "answer_unknown": 422,
    "comment_empty": 422,
    "message_empty": 422,
    "message_too_long": 422,
    "template_unknown": 422,
    "unit_needed": 422,
    "no_such_case": 404,
    "no_such_channel_dispute": 404,
    "no_such_alarm": 404,
    "no_such_exhibit": 404,
    "appraisal_finding_unknown": 422,
    "exhibit_answer_unknown": 422,
    "exhibit_unknown": 422,
    "file_empty": 422,
    "file_hash_differs": 422,
    "file_too_large": 413,
    "files_full": 507,
    "files_unavailable": 503,
    "no_such_file": 404,
    "piece_too_large": 413,
    "too_many_uploads": 429,
    "complaint_place_unknown": 422,
    "offer_unknown": 422,
    "percent_out_of_range": 422,
    "no_such_unit": 404,
    "quantity_out_of_range": 422,
    "reason_unknown": 422,
    "ruling_unknown": 422,
}
STATUS: dict[str, int] = EDGE_STATUS | {code: REFUSAL_STATUS.get(code, 409) for code in CODES}


@dataclass(slots=True)
class Problem(Exception):
    """Raised by an operation to answer with a problem; `code` is a key of STATUS."""

    code: str
    data: Mapping[str, object] = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)


def language_of(request: HttpRequest) -> str:
    """`en` where the caller prefers English to Chinese, else `zh`."""
    for code, _ in parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", "")[:200]):
        if code.startswith(("zh", "en")):
            return code[:2]
    return "zh"


def respond(request: HttpRequest, problem: Problem) -> HttpResponse:
    """The problem as an answer in the caller's language."""
    status = STATUS[problem.code]
    language = language_of(request)
    title, detail = sentence(problem.code, language)
    body = {
        "type": ADDRESS + problem.code,
        "title": title,
        "status": status,
        "detail": detail,
        "code": problem.code,
        "data": problem.data,
    }
    response = HttpResponse(orjson.dumps(body, default=str), status=status, content_type=MEDIA_TYPE)
    response["Content-Language"] = language
    # A refusal is an answer like any other: Django would log each as a warning. What is our fault is logged where
    # it happens.
    response._has_been_logged = True  # type: ignore[attr-defined]
    if status in RETRYABLE:
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    for name, value in problem.headers.items():
        response[name] = value
    return response


assert set(PROBLEMS) == set(EDGE_STATUS), "every code of this edge has its words"
