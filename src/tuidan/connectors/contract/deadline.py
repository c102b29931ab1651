"""An httpx transport whose every socket operation obeys one total deadline.

httpx only limits the pause between two bytes: a server that drips a header a second holds a worker for ever,
and a worker held past its lease is a second worker sending the same refund. Here the time left of the whole
call is the limit of each connect, handshake, write and read.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Iterable, Iterator
from typing import Any

import httpcore
import httpx


class Deadline:
    """When the running call must be over (monotonic seconds); connects have a limit of their own."""

    ends_at: float = float("inf")
    connect_seconds: float = 5.0

    def left(self) -> float:
        return self.ends_at - time.monotonic()


class _Stream(httpcore.NetworkStream):
    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        left = self._deadline.left()
        if left <= 0:
            raise httpcore.ReadTimeout("total deadline reached")
        return self._inner.read(max_bytes, left)

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        left = self._deadline.left()
        if left <= 0:
            raise httpcore.WriteTimeout("total deadline reached")
        self._inner.write(buffer, left)

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        left = min(self._deadline.left(), self._deadline.connect_seconds)
        if left <= 0:
            raise httpcore.ConnectTimeout("total deadline reached")
        return _Stream(self._inner.start_tls(ssl_context, server_hostname, left), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)


class _Backend(httpcore.NetworkBackend):
    def __init__(self, deadline: Deadline) -> None:
        self._deadline = deadline
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        left = min(self._deadline.left(), self._deadline.connect_seconds)
        if left <= 0:
            raise httpcore.ConnectTimeout("total deadline reached")
        # Small requests and answers: waiting to fill a packet would cost 40 ms a call.
        options = [*(socket_options or ()), (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)]
        stream = self._inner.connect_tcp(host, port, left, local_address, options)
        return _Stream(stream, self._deadline)


class _Body(httpx.SyncByteStream):
    def __init__(self, parts: Any) -> None:
        self._parts = parts

    def __iter__(self) -> Iterator[bytes]:
        yield from self._parts

    def close(self) -> None:
        self._parts.close()


class DeadlineTransport(httpx.BaseTransport):
    """One kept connection under a `Deadline`, for one call at a time.

    Not shared between threads on purpose: httpcore's pool counts a connection as idle until the thread it was given to
    sends, so another thread may close it under a call whose answer is on its way (seen here once in some ten thousand
    refunds on a loaded machine; github.com/encode/httpcore/issues/1110). Raises httpcore's exceptions.
    """

    def __init__(self, deadline: Deadline, verify: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=verify,
            max_connections=1,
            max_keepalive_connections=1,
            keepalive_expiry=15.0,
            network_backend=_Backend(deadline),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        answer = self._pool.handle_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=request.url.raw_scheme,
                    host=request.url.raw_host,
                    port=request.url.port,
                    target=request.url.raw_path,
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions
        )

    def close(self) -> None:
        self._pool.close()
