"""HTTP for the sandbox: checks question signatures, signs answers, and breaks them when told to."""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import socket
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from .books import Books
from .control import control, state

PATHS = ("/v1/codes/status", "/v1/credits/status")
VALID_SECONDS = 300
DIGESTS_MAX = 500


def mac(secret: str, *lines: str) -> str:
    return hmac.new(secret.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def __init__(self, port: int, books: Books, keys: dict[str, str]) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.books = books
        self.keys = keys

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that hangs up early is no news."""


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Server
    timeout = 60

    def setup(self) -> None:
        super().setup()
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet."""

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        if url.path != "/_control/state":
            return self.send(404, {"error": "no such page"})
        return self.send(200, state(self.server.books, dict(parse_qsl(url.query)).get("reference")))

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        path = urlsplit(self.path).path
        try:
            body = json.loads(raw or b"{}")
        except ValueError:
            return self.send(400, {"error": "not JSON"})
        if path.startswith("/_control/"):
            return self.send(*control(self.server.books, path, body))
        if path not in PATHS:
            return self.send(404, {"error": "no such question"})
        refused = self.refused(path, raw)
        if refused:
            return self.send(401, {"error": refused})
        return self.work(path, body)

    def refused(self, path: str, raw: bytes) -> str:
        """'' when the question is signed as it should be and not a replay."""
        keys, head = self.server.keys, self.headers
        timestamp, nonce = head.get("Cardbook-Timestamp", ""), head.get("Cardbook-Nonce", "")
        if head.get("Cardbook-Key") != keys["key_id"]:
            return "unknown key"
        hashed = hashlib.sha256(raw).hexdigest()
        wanted = mac(keys["secret"], "cardbook1-question", path, timestamp, nonce, hashed)
        if not hmac.compare_digest(head.get("Cardbook-Signature", "").encode(), wanted.encode()):
            return "wrong signature"
        now = time.time()
        if not timestamp.isdigit() or abs(now - int(timestamp)) > VALID_SECONDS:
            return "timestamp expired"
        return "" if nonce and self.server.books.first_use(nonce, now) else "nonce used"

    def work(self, path: str, body: dict[str, Any]) -> None:
        books = self.server.books
        digests, reference = body.get("digests", []), body.get("reference", "")
        if not isinstance(digests, list) or len(digests) > DIGESTS_MAX:
            return self.send(400, {"error": "digests"})
        books.run("INSERT INTO questions VALUES (?, ?)", (path, time.time()))
        trouble = books.trouble(digests, reference) or {"kind": ""}
        kind = trouble["kind"]
        if kind == "down":
            return self.send(503, {"error": "maintenance"})
        if kind == "drop":
            self.close_connection = True
            with contextlib.suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)
            return None
        if kind == "slow":
            time.sleep(trouble["seconds"])
        if kind == "garbage":
            return self.send(200, b"<html>maintenance</html>")
        answer = self.answer(path, digests, reference, kind == "unknown")
        nonce = "0" * 32 if kind == "old_answer" else self.headers.get("Cardbook-Nonce", "")
        return self.send(200, answer, nonce, "guessed" if kind == "forged" else self.server.keys["secret"])

    def answer(self, path: str, digests: list[str], reference: str, hide: bool) -> dict[str, Any]:
        now = int(time.time() * 1000)
        if path == PATHS[0]:
            found = self.server.books.codes(digests)
            if hide:
                found = [{"digest": item["digest"], "status": "unknown"} for item in found]
            return {"answered_at": now, "codes": found}
        if hide:
            return {"answered_at": now, "reference": reference, "status": "unknown"}
        return {"answered_at": now, **self.server.books.credit_status(reference)}

    def send(self, status: int, reply: dict[str, Any] | bytes, nonce: str = "", secret: str = "") -> None:
        payload = reply if isinstance(reply, bytes) else json.dumps(reply, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(payload)))
        if secret:
            hashed = hashlib.sha256(payload).hexdigest()
            self.send_header(
                "Cardbook-Signature", mac(secret, "cardbook1-answer", str(status), nonce, hashed)
            )
        self.end_headers()
        self.wfile.write(payload)
