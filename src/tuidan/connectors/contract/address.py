"""Checks the address and the limits that every connector's settings hold."""

from __future__ import annotations

from urllib.parse import urlsplit

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def check_base_url(base_url: str) -> None:
    """Raise ValueError unless it is an https address without a query, or a plain http one on this machine."""
    parts = urlsplit(base_url)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("base_url must be an http(s) address without a query")
    if parts.scheme == "http" and parts.hostname not in LOOPBACK:
        raise ValueError("base_url must be https unless it is on this machine")


def check_web_address(name: str, address: str) -> None:
    """Raise ValueError unless it is an http(s) address. Plain http will do where every answer is signed."""
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise ValueError(f"{name} must be an http(s) address without a query")


def check_seconds(*limits: float) -> None:
    """Raise ValueError unless all limits are above 0 seconds."""
    if min(limits) <= 0:
        raise ValueError("limits must be above 0 seconds")
