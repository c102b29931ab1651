"""HTTP for the sandbox: a query in, a token out, and trouble when told to."""

from __future__ import annotations

import json
import threading
from typing import Any
from urllib.parse import SplitResult

from tuidan.connectors.sandboxing.http import SandboxHandler, SandboxServer

from .authority import Authority, OpensslFailed

TROUBLES = ("down", "other", "stale", "garbage")
REPLY_TYPE = "application/timestamp-reply"
QUERY_TYPE = "application/timestamp-query"


class Server(SandboxServer):
    """The listening socket with the authority behind it; `trouble` is how it misbehaves, `left` for how long."""

    def __init__(self, port: int, authority: Authority) -> None:
        super().__init__(port, Handler)
        self.authority = authority
        self.lock = threading.Lock()
        self.given = 0
        self.last = b""
        self.trouble = ""
        self.left: int | None = None

    def next_trouble(self) -> str:
        """How this query is to be answered; '' honestly."""
        with self.lock:
            if not self.trouble or self.left == 0:
                return ""
            if self.left is not None:
                self.left -= 1
            return self.trouble


class Handler(SandboxHandler):
    """One connection."""

    server: Server

    def look(self, url: SplitResult) -> None:
        if url.path != "/_control/state":
            return self.say(404, {"error": "no such page"})
        return self.say(200, {"given": self.server.given})

    def take(self, url: SplitResult, raw: bytes) -> None:
        if url.path.startswith("/_control/"):
            return self.control(url.path, json.loads(raw or b"{}"))
        if self.headers.get("Content-Type") != QUERY_TYPE:
            return self.say(415, {"error": f"send {QUERY_TYPE}"})
        trouble = self.server.next_trouble()
        if trouble == "down":
            return self.say(503, {"error": "maintenance"})
        try:
            told = self.told(trouble, raw)
        except OpensslFailed as error:
            return self.say(400, {"error": str(error)})
        self.server.given += 1
        return self.send_der(told)

    def told(self, trouble: str, raw: bytes) -> bytes:
        """The answer. An old one stays the last one, so that it can be given again and again."""
        if trouble == "garbage":
            return b"<html>maintenance</html>"
        if trouble == "stale":
            return self.server.last
        if trouble == "other":
            return self.server.authority.reply_to(b"something else")
        self.server.last = self.server.authority.reply(raw)
        return self.server.last

    def control(self, path: str, wish: dict[str, Any]) -> None:
        if path == "/_control/trouble" and wish.get("kind") in TROUBLES:
            self.server.trouble, self.server.left = wish["kind"], wish.get("next")
        elif path == "/_control/reset":
            self.server.trouble = ""
        else:
            return self.say(400, {"error": f"kind is one of {', '.join(TROUBLES)}"})
        return self.say(200, {})

    def say(self, status: int, told: dict[str, Any]) -> None:
        self.send_payload(status, json.dumps(told).encode())

    def send_der(self, told: bytes) -> None:
        self.send_response(200)
        self.send_header("Content-Type", REPLY_TYPE)
        self.send_header("Content-Length", str(len(told)))
        self.end_headers()
        self.wfile.write(told)
