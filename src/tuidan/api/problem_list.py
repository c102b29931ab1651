"""The addresses under which problem codes are explained, for anyone."""

from __future__ import annotations

from django.http import HttpRequest
from ninja import Router

from tuidan.api import shapes_out as out
from tuidan.api.problems import ADDRESS, STATUS, Problem, language_of
from tuidan.api.words import sentence

router = Router(tags=["problems"])


def _explained(code: str, language: str) -> dict[str, object]:
    title, detail = sentence(code, language)
    return {
        "type": ADDRESS + code,
        "title": title,
        "status": STATUS[code],
        "detail": detail,
        "code": code,
        "data": {},
    }


@router.get("", response=out.ProblemsTold, summary="Every problem code", auth=None)
def list_problems(request: HttpRequest) -> dict[str, object]:
    """With its status and what it means, in the language of Accept-Language."""
    language = language_of(request)
    return {"problems": [_explained(code, language) for code in sorted(STATUS)]}


@router.get("/{code}", response=out.ProblemTold, summary="One problem code", auth=None)
def show_problem(request: HttpRequest, code: str) -> dict[str, object]:
    """What the `type` of a problem points at."""
    if code not in STATUS:
        raise Problem("not_found")
    return _explained(code, language_of(request))
