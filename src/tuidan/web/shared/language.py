"""Which language a page speaks: the reader's choice, then the person's own, then the browser's, then Chinese.

The choice lives in a cookie; switching works without JavaScript and comes back to the same page.
"""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

COOKIE = "lang"
DJANGO_NAME = {"zh": "zh-hans", "en": "en"}
YEAR_SECONDS = 31_536_000
# Bytes are the same in every language; a reader's cookie must not keep them from being cached.
FOR_PROGRAMS = (
    "/api/",
    "/log/checkpoint",
    "/log/tile/",
    "/log/keys",
    "/log/consistency/",
    "/log/orders/",
    "/log/policy",
    "/log/stamped/",
)


def language_of_cookie(request: HttpRequest) -> str:
    """What the reader chose, else Chinese; asks no database."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in DJANGO_NAME else "zh"


def language_of(request: HttpRequest) -> str:
    """`zh` or `en` for this reader."""
    chosen = request.COOKIES.get(COOKIE)
    if chosen in DJANGO_NAME:
        return chosen
    own = getattr(getattr(request, "user", None), "locale", "")
    if own in DJANGO_NAME:
        return str(own)
    first = request.headers.get("Accept-Language", "").split(",")[0].strip().lower()
    return "en" if first.startswith("en") else "zh"


class LanguageMiddleware:
    """Sets `request.language` and Django's own language; machines' paths are left alone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path.startswith(FOR_PROGRAMS):
            return self.get_response(request)
        language = language_of(request)
        request.language = language  # type: ignore[attr-defined]
        with translation.override(DJANGO_NAME[language]):
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", "zh-CN" if language == "zh" else "en")
        return response


def current_language() -> str:
    """`zh` or `en`, for words said outside a template."""
    return "en" if (translation.get_language() or "").startswith("en") else "zh"


@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Remember the reader's choice and go back to where they were."""
    chosen = request.POST.get("lang", "")
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts={request.get_host()}):
        back = "/"
    response = HttpResponseRedirect(back)
    if chosen in DJANGO_NAME:
        response.set_cookie(
            COOKIE, chosen, max_age=YEAR_SECONDS, samesite="Lax", httponly=True, secure=request.is_secure()
        )
    return response
