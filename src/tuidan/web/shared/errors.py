"""Pages for 400, 403, 404 and 500: what happened, whether money moved, what to do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from tuidan.web.shared.language import DJANGO_NAME, current_language, language_of_cookie
from tuidan.web.shared.words import say


def _show(request: HttpRequest, status: int) -> HttpResponse:
    language = current_language()
    words = {part: say(f"error.{status}.{part}", language) for part in ("title", "body")}
    return render(request, "shared/error.html", {**words, "status": status}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _show(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _show(request, 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return _show(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Drawn without asking who reads: what broke may be the very thing that would have to be asked."""
    language = language_of_cookie(request)
    shown = {
        "title": say("error.500.title", language),
        "body": say("error.500.body", language),
        "status": 500,
        "language": language,
        "html_lang": "zh-CN" if language == "zh" else "en",
        "other_language": "en" if language == "zh" else "zh",
        "has_orders": True,
    }
    with translation.override(DJANGO_NAME[language]):
        return HttpResponse(render_to_string("shared/error.html", shown), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Named by CSRF_FAILURE_VIEW; the words on the form are kept by page.js."""
    return _show(request, 403)
