"""The web application for Granian. Machines' paths go past the pages' middleware.

A session, a locale or a CSRF token means nothing to a program with a key, and costs half a request; so `/api/` is
answered by the view itself, without a chain of middleware, signals or a walk through the pages' addresses.
"""

import logging
import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.db import connection

from tuidan.api.gate import dressed
from tuidan.api.problems import Problem, respond
from tuidan.api.urls import find_view
from tuidan.site import boot, environment, wiring
from tuidan.site.parent import end_with_parent

MACHINE_PATHS = "/api/"
log = logging.getLogger(__name__)
Start = Callable[..., Any]

end_with_parent()
wiring.connect(environment.read(os.environ))
pages = WSGIHandler()


def machines(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    """Answer a program. A connection that is too old or broken is left to the next request, as Django does."""
    request = WSGIRequest(environ)
    connection.close_if_unusable_or_obsolete()
    match = find_view(request.path_info)
    request.resolver_match = match
    try:
        response = match.func(request, *match.args, **match.kwargs)
    except Exception as error:
        log.error("%s %s broke", request.method, request.path, exc_info=error)
        response = dressed(respond(request, Problem("internal_error")))
    start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
    return response if response.streaming else [response.content]


def application(environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
    """WSGI entry point: choose by path."""
    answer = machines if environ.get("PATH_INFO", "").startswith(MACHINE_PATHS) else pages
    return answer(environ, start_response)


__all__ = ["application", "boot"]
