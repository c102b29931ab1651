"""The web application for Granian. Machines' paths go past the pages' middleware.

A session, a locale or a CSRF token means nothing to a program with a key, and costs half a request; so
`/api/` and `/notices/` are answered by a handler with no middleware at all.
"""

import os
from collections.abc import Callable, Iterable
from typing import Any

from django.core.handlers.exception import convert_exception_to_response
from django.core.handlers.wsgi import WSGIHandler

from tuidan.site import boot, environment, wiring

MACHINE_PATHS = ("/api/", "/notices/")


class MachineHandler(WSGIHandler):
    """Django's handler with an empty chain of middleware."""

    def load_middleware(self, is_async: bool = False) -> None:
        """Answer straight from the view, errors still turned into responses."""
        self._view_middleware: list[Any] = []
        self._template_response_middleware: list[Any] = []
        self._exception_middleware: list[Any] = []
        self._middleware_chain = convert_exception_to_response(self._get_response)  # type: ignore[attr-defined]


wiring.connect(environment.read(os.environ))
pages = WSGIHandler()
machines = MachineHandler()


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """WSGI entry point: choose the handler by path."""
    handler = machines if environ.get("PATH_INFO", "").startswith(MACHINE_PATHS) else pages
    return handler(environ, start_response)


__all__ = ["application", "boot"]
