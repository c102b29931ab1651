"""The one HTTP client of all connectors: total deadline, connect limit, size limit, masked log.

It sends once and never resends: whether a second send is safe is known only to the connector and the order.
Redirects are not followed and proxies of the environment are not used: money calls go where settings say.
Every failure says whether the request may have arrived and whether trying again can help.
"""

from __future__ import annotations

import logging
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Self
from urllib.parse import parse_qsl, urlsplit

import httpcore
import httpx

from tuidan.connectors.contract.deadline import Deadline, DeadlineTransport

log = logging.getLogger("tuidan.connectors.http")


def _never(record: logging.LogRecord) -> bool:
    return False


# httpx writes every address whole, with its signature and what else stands in the query, at level INFO.
logging.getLogger("httpx").addFilter(_never)


class OutsideError(Exception):
    """A call to the outside gave no usable answer.

    may_have_arrived: the other side may have done the work; ask before sending again.
    retry_can_help: the same call may be answered later.
    """

    may_have_arrived = True
    retry_can_help = True

    def __init__(self, code: str, why: str = "", status: int | None = None) -> None:
        super().__init__(f"{code}: {why}" if why else code)
        self.code = code
        self.why = why
        self.status = status


class NotReached(OutsideError):
    """No connection: surely nothing arrived. Sending again is safe for any kind of idempotency."""

    may_have_arrived = False


class AnswerLost(OutsideError):
    """Sent, perhaps in part, and no whole answer came in time. The work may be done."""


class AnswerUnusable(OutsideError):
    """An answer came that cannot be read: too large, compressed though not asked for, not HTTP."""


class ServerFailed(OutsideError):
    """Status 5xx: the server says that it failed, not whether before or after the work."""


class TooManyRequests(OutsideError):
    """Status 429: turned away at the door."""

    may_have_arrived = False


class RequestRefused(OutsideError):
    """Another status that is not 2xx: the same request will be refused again."""

    may_have_arrived = False
    retry_can_help = False


@dataclass(frozen=True, slots=True)
class HttpLimits:
    """Limits of one client, in seconds and bytes. The lease of a worker must be longer than `total_seconds`.

    `connections_max` is how many idle connections are kept; how many calls run at once is the caller's to limit.
    """

    total_seconds: float = 15.0
    connect_seconds: float = 5.0
    answer_bytes_max: int = 1_000_000
    connections_max: int = 16


@dataclass(frozen=True, slots=True)
class HttpAnswer:
    """A whole answer. `headers` have lower-case names; of a repeated header the last value counts."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    def require_ok(self) -> Self:
        """Return self for 2xx; raise ServerFailed, TooManyRequests or RequestRefused otherwise."""
        if 200 <= self.status < 300:
            return self
        if self.status >= 500:
            raise ServerFailed("server_failed", f"status {self.status}", self.status)
        if self.status == 429:
            raise TooManyRequests("too_many_requests", "status 429", self.status)
        raise RequestRefused("request_refused", f"status {self.status}", self.status)


class _Line:
    """One kept connection with its deadline; used by one call at a time."""

    def __init__(self, verify: ssl.SSLContext) -> None:
        self.deadline = Deadline()
        self.client = httpx.Client(
            transport=DeadlineTransport(self.deadline, verify), trust_env=False, follow_redirects=False
        )


class HttpClient:
    """Thread-safe keep-alive client. `name` is the connector's, for the log."""

    def __init__(self, name: str, limits: HttpLimits | None = None) -> None:
        self.name = name
        self.limits = limits or HttpLimits()
        self._verify = httpx.create_ssl_context(trust_env=False)
        self._lock = threading.Lock()
        self._idle: list[_Line] = []
        self._closed = False

    def close(self) -> None:
        """Close all kept connections; later calls use a fresh one each."""
        with self._lock:
            lines, self._idle, self._closed = self._idle, [], True
        for line in lines:
            line.client.close()

    @contextmanager
    def _line(self) -> Iterator[_Line]:
        """A connection for this call alone. The last one used goes first, so that few stay open."""
        with self._lock:
            line = self._idle.pop() if self._idle else None
        line = line or _Line(self._verify)
        try:
            yield line
        finally:
            with self._lock:
                keep = not self._closed and len(self._idle) < self.limits.connections_max
                if keep:
                    self._idle.append(line)
            if not keep:
                line.client.close()

    def post(
        self, url: str, body: bytes, content_type: str, headers: Mapping[str, str] | None = None
    ) -> HttpAnswer:
        """Send `body` once. Raises OutsideError; a status other than 2xx is an answer, see `require_ok`."""
        return self.send("POST", url, body, {"Content-Type": content_type, **(headers or {})})

    def get(self, url: str, headers: Mapping[str, str] | None = None) -> HttpAnswer:
        """Fetch once. Raises OutsideError."""
        return self.send("GET", url, b"", headers or {})

    def send(self, method: str, url: str, body: bytes, headers: Mapping[str, str]) -> HttpAnswer:
        """Send one request and read the whole answer within `total_seconds`. Raises OutsideError."""
        began = time.monotonic()
        try:
            with self._line() as line:
                line.deadline.ends_at = began + self.limits.total_seconds
                line.deadline.connect_seconds = self.limits.connect_seconds
                answer = self._exchange(line, method, url, body, headers)
        except OutsideError as error:
            self._log(logging.WARNING, method, url, f"{error.code} ({error.why})", began)
            raise
        self._log(logging.INFO, method, url, f"{answer.status} {len(answer.body)}B", began)
        return answer

    def _log(self, level: int, method: str, url: str, result: str, began: float) -> None:
        if log.isEnabledFor(level):
            spent_ms = (time.monotonic() - began) * 1000
            log.log(level, "%s %s %s -> %s in %.0f ms", self.name, method, masked_url(url), result, spent_ms)

    def _exchange(
        self, line: _Line, method: str, url: str, body: bytes, headers: Mapping[str, str]
    ) -> HttpAnswer:
        # Compressed answers are not asked for, so that the size limit is the size read.
        asked = {"Accept-Encoding": "identity", "User-Agent": "tuidan", **headers}
        try:
            with line.client.stream(method, url, content=body, headers=asked) as response:
                return self._read(response)
        except (httpcore.ConnectError, httpcore.ConnectTimeout, httpcore.PoolTimeout) as error:
            raise NotReached("not_reached", type(error).__name__) from error
        except (httpcore.TimeoutException, TimeoutError) as error:
            raise AnswerLost("deadline", type(error).__name__) from error
        except (httpcore.NetworkError, httpcore.RemoteProtocolError, OSError) as error:
            raise AnswerLost("connection_lost", f"{type(error).__name__} {error}"[:200]) from error
        except (httpx.DecodingError, httpcore.ProtocolError) as error:
            raise AnswerUnusable("not_http", type(error).__name__) from error

    def _read(self, response: httpx.Response) -> HttpAnswer:
        if response.headers.get("content-encoding", "identity").lower() not in ("", "identity"):
            raise AnswerUnusable("compressed", "not asked for", response.status_code)
        parts: list[bytes] = []
        size = 0
        for part in response.iter_raw():
            size += len(part)
            if size > self.limits.answer_bytes_max:
                raise AnswerUnusable(
                    "too_large", f"over {self.limits.answer_bytes_max} bytes", response.status_code
                )
            parts.append(part)
        return HttpAnswer(response.status_code, dict(response.headers.items()), b"".join(parts))


def masked_url(url: str) -> str:
    """Scheme, host, port and path; of the query only the names. No user, password or value reaches a log."""
    parts = urlsplit(url)
    names = ",".join(sorted({name for name, _ in parse_qsl(parts.query, keep_blank_values=True)}))
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}{'?' + names if names else ''}"
