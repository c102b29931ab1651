"""Takes the time once for each request; everything behind uses `request.now` (aware, UTC)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.http import HttpRequest, HttpResponse

from tuidan.commands import clock


class NowMiddleware:
    """The one place in the web rooms that looks at the clock."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.now = clock.utc_now()  # type: ignore[attr-defined]
        return self.get_response(request)


def now_of(request: HttpRequest) -> datetime:
    """The moment this request came in."""
    moment: datetime = request.now  # type: ignore[attr-defined]
    return moment
