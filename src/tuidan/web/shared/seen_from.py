"""From where a page was asked for: address and browser, for acts whose record keeps them with a salt, erasable."""

from __future__ import annotations

from django.http import HttpRequest

from tuidan.commands.reveal import SeenFrom


def seen_from(request: HttpRequest) -> SeenFrom:
    """The address as the server sees it and the browser's own name; nothing that a proxy adds is believed."""
    return SeenFrom(str(request.META.get("REMOTE_ADDR", "")), str(request.META.get("HTTP_USER_AGENT", "")))
