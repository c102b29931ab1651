"""The sandbox's own posts: to notify_url and to the issuer's sandbox. No proxies, no redirects."""

from __future__ import annotations

import http.client
from urllib.parse import urlsplit

TIMEOUT_SECONDS = 5.0


def post(url: str, body: bytes) -> tuple[int, str]:
    """(status, text); status 0 and the reason when no answer came."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=TIMEOUT_SECONDS)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", target, body, {"Content-Type": "application/json"})
        answer = connection.getresponse()
        return answer.status, answer.read(2000).decode("utf-8", "replace")
    except (OSError, http.client.HTTPException, ValueError) as error:
        return 0, type(error).__name__
    finally:
        connection.close()
