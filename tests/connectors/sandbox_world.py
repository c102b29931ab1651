"""Starts sandboxes as real processes and receives their callbacks, for the connector tests."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlsplit

from tuidan.connectors.contract.sandbox_process import SandboxProcess

T = TypeVar("T")


@dataclass
class Sandbox:
    """A running sandbox: its address, the keys to talk to it, and its own door."""

    process: SandboxProcess
    settings: dict[str, str]

    @property
    def base_url(self) -> str:
        return self.process.url

    def tell(self, path: str, **wish: Any) -> dict[str, Any]:
        status, answer = post(f"{self.base_url}/_control/{path}", json.dumps(wish).encode())
        assert status == 200, answer
        return json.loads(answer)

    def state(self, reference: str = "") -> dict[str, Any]:
        query = f"?reference={reference}" if reference else ""
        return json.loads(fetch(f"{self.base_url}/_control/state{query}"))


def launch(command: list[str], folder: Path) -> Sandbox:
    """Start and wait for the ready line. The caller stops it."""
    process = SandboxProcess(command, folder.parent / f"{folder.name}.log")
    return Sandbox(process, json.loads(Path(process.ready["credentials"]).read_text()))


@contextmanager
def running(command: list[str], folder: Path) -> Iterator[Sandbox]:
    sandbox = launch(command, folder)
    try:
        yield sandbox
    finally:
        assert sandbox.process.stop() == 0


@dataclass
class Receiver:
    """A notify_url that keeps what arrives; `refuse_next` answers that many with an error first."""

    url: str = ""
    arrived: list[tuple[dict[str, str], bytes]] = field(default_factory=list)
    refuse_next: int = 0

    def about(self, reference: str) -> list[tuple[dict[str, str], bytes]]:
        return [(query, body) for query, body in self.arrived if reference.encode() in body]

    def wait_for(self, reference: str, count: int = 1) -> list[tuple[dict[str, str], bytes]]:
        return wait_until(lambda: found if len(found := self.about(reference)) >= count else None)


@contextmanager
def receiving() -> Iterator[Receiver]:
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            receiver.arrived.append((dict(parse_qsl(urlsplit(self.path).query)), body))
            refused = receiver.refuse_next > 0
            receiver.refuse_next -= refused
            payload = b'{"code":1,"msg":"no"}' if refused else b'{"code":0,"msg":"OK"}'
            self.send_response(200)
            self.send_header("Content-Length", str(len(payload)))
            self.end_headers()
            self.wfile.write(payload)

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.url = f"http://127.0.0.1:{server.server_address[1]}/api/open/callback/virtual/order/notify/tok"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def wait_until(look: Callable[[], T | None], seconds: float = 8.0) -> T:
    """What `look` gives once it gives something; fails after `seconds`."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"nothing came within {seconds} s")


def post(url: str, body: bytes, headers: Mapping[str, str] | None = None) -> tuple[int, bytes]:
    return _send("POST", url, body, headers or {"Content-Type": "application/json"})


def fetch(url: str) -> bytes:
    status, body = _send("GET", url, None, {})
    assert status == 200, body
    return body


def _send(method: str, url: str, body: bytes | None, headers: Mapping[str, str]) -> tuple[int, bytes]:
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    try:
        connection.request(method, f"{parts.path}?{parts.query}", body, dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()
