"""An HTTP server for a sandbox: keep-alive, a thread per connection, quiet, and able to hang up on a caller."""

from __future__ import annotations

import contextlib
import json
import socket
import sys
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import SplitResult, urlsplit

LOOPBACK = "127.0.0.1"
Reply = Mapping[str, Any] | bytes


class SandboxServer(ThreadingHTTPServer):
    """Listens on this machine alone; port 0 takes a free one."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def __init__(self, port: int, handler: type[SandboxHandler]) -> None:
        super().__init__((LOOPBACK, port), handler)

    @property
    def port(self) -> int:
        """The port it got."""
        return int(self.server_address[1])

    @property
    def url(self) -> str:
        """Where it is reached, without a slash at the end."""
        return f"http://{LOOPBACK}:{self.port}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that hangs up early is no news; anything else is written down."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class SandboxHandler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = 60

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        self.look(urlsplit(self.path))

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.take(urlsplit(self.path), raw)

    def look(self, url: SplitResult) -> None:
        """Answer a GET."""
        raise NotImplementedError

    def take(self, url: SplitResult, raw: bytes) -> None:
        """Answer a POST with this body."""
        raise NotImplementedError

    def hang_up(self) -> None:
        """End the connection without an answer."""
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def send_payload(self, status: int, payload: bytes, headers: Mapping[str, str] | None = None) -> None:
        """Answer with bytes that are, or pretend to be, JSON."""
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(payload)))
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(payload)


def payload_of(reply: Reply) -> bytes:
    """The bytes of an answer; bytes stay as they are."""
    return reply if isinstance(reply, bytes) else json.dumps(reply, ensure_ascii=False).encode()
