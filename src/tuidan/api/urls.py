"""The addresses below /api/. What nobody answers is a problem too, never a page."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, path, re_path

from tuidan.api import notice
from tuidan.api.app import api
from tuidan.api.gate import dressed, guarded
from tuidan.api.openapi import show_document
from tuidan.api.problems import Problem, respond


def nothing_here(request: HttpRequest, **_: object) -> HttpResponseBase:
    """404 as a problem."""
    return dressed(respond(request, Problem("not_found")))


def operations() -> list[URLPattern | URLResolver]:
    """The operations of the API behind the gate."""
    found = api.urls[0]
    for pattern in found:
        assert isinstance(pattern, URLPattern)
        assert pattern.callback is not None
        pattern.callback = guarded(pattern.callback)
    return found


urlpatterns = [
    path("v1/", (operations(), "ninja", "api")),
    path("v1/notices/suppliers/<slug:supplier>", notice.supplier_notice),
    path("v1/notices/<slug:channel>", notice.payment_notice),
    path("v1/openapi.json", guarded(show_document)),
    re_path("", nothing_here),
]
