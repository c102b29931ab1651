"""Who calls: a key becomes a viewer. Looked up at most every few seconds, so that the hot path asks nothing extra.

A revoked key is refused at once by a process that has not seen it lately, and within CACHE_SECONDS by any other.
"""

from __future__ import annotations

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

from django.http import HttpRequest
from ninja.security import HttpBearer

from tuidan.api.problems import Problem
from tuidan.api.rate import KEYS
from tuidan.reads.viewer import Viewer, viewer_of_key

CACHE_SECONDS = 4.0
CACHE_KEYS_MAX = 4096
KEY_PREFIX = "td_"
KEY_CHARS_MAX = 100


@dataclass(frozen=True, slots=True)
class Caller:
    """The person behind a key, and the key's own digest (the session that a reveal is proved with)."""

    viewer: Viewer
    key_sha256: str


class KeyCache:
    """The callers of the last seconds, by digest of their key. Only keys that were found are kept."""

    def __init__(self, look: Callable[[str], Viewer | None], clock: Callable[[], float]) -> None:
        self._look, self._clock = look, clock
        self._known: OrderedDict[str, tuple[float, Caller]] = OrderedDict()
        self._lock = Lock()

    def find(self, key: str) -> Caller | None:
        """Who calls with this key; None for an unknown or revoked one."""
        digest = hashlib.sha256(key.encode()).hexdigest()
        asked_at = self._clock()
        known = self._known.get(digest)
        if known is not None and asked_at < known[0]:
            return known[1]
        viewer = self._look(key)
        with self._lock:
            self._known.pop(digest, None)
            if viewer is None:
                return None
            caller = Caller(viewer, digest)
            self._known[digest] = (asked_at + CACHE_SECONDS, caller)
            if len(self._known) > CACHE_KEYS_MAX:
                self._known.popitem(last=False)
        return caller


CALLERS = KeyCache(viewer_of_key, time.monotonic)


class ApiKey(HttpBearer):
    """`Authorization: Bearer td_…`."""

    def __call__(self, request: HttpRequest) -> Caller | None:
        scheme, _, key = request.META.get("HTTP_AUTHORIZATION", "").partition(" ")
        return self.authenticate(request, key.strip()) if scheme.lower() == "bearer" else None

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        if not token.startswith(KEY_PREFIX) or len(token) > KEY_CHARS_MAX or not token.isascii():
            return None
        caller = CALLERS.find(token)
        if caller is not None and (wait := KEYS.wait_seconds(caller.key_sha256)):
            raise Problem("too_many_requests", {"retry_after_seconds": wait}, {"Retry-After": str(wait)})
        return caller


def caller_of(request: HttpRequest) -> Caller:
    """The caller of an operation that needs a key."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    return caller
