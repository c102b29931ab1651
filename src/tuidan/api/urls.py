"""The addresses below /api/. What nobody answers is a problem too, never a page."""

from __future__ import annotations

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import Resolver404, URLPattern, URLResolver, include, path, re_path
from django.urls.resolvers import RegexPattern, ResolverMatch

from tuidan.api import notice
from tuidan.api.app import api
from tuidan.api.gate import dressed, guarded
from tuidan.api.openapi import show_document
from tuidan.api.problems import Problem, respond
from tuidan.domain.upload.rules import PIECE_BYTES_MAX

# Addresses that take bytes instead of JSON, by the first operation of each, and how many.
RAW_BODIES = {"show_upload": PIECE_BYTES_MAX}


def nothing_here(request: HttpRequest, **_: object) -> HttpResponseBase:
    """404 as a problem."""
    return dressed(respond(request, Problem("not_found")))


def operations() -> list[URLPattern | URLResolver]:
    """The operations of the API behind the gate."""
    found = api.urls[0]
    for pattern in found:
        assert isinstance(pattern, URLPattern)
        assert pattern.callback is not None
        pattern.callback = guarded(pattern.callback, RAW_BODIES.get(str(pattern.name), 0))
    return found


# In order of heat: an address is looked for from the top.
v1 = [
    *operations(),
    path("notices/suppliers/<slug:supplier>", notice.supplier_notice),
    path("notices/<slug:channel>", notice.payment_notice),
    path("openapi.json", guarded(show_document)),
]
urlpatterns = [path("v1/", include(v1)), re_path("", nothing_here)]
_V1 = URLResolver(RegexPattern(r"^/api/v1/"), v1)
_NOTHING = ResolverMatch(nothing_here, (), {})


def find_view(path_info: str) -> ResolverMatch:
    """The view of an address below /api/, without a walk through the pages' addresses."""
    try:
        return _V1.resolve(path_info)
    except Resolver404:
        return _NOTHING
