"""HTTP for the sandbox: checks question signatures, signs answers, and breaks them when told to."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from typing import Any
from urllib.parse import SplitResult, parse_qsl

from tuidan.connectors.sandboxing.http import Reply, SandboxHandler, SandboxServer, payload_of

from .books import Books
from .control import control, state

PATHS = ("/v1/codes/status", "/v1/credits/status")
VALID_SECONDS = 300
DIGESTS_MAX = 500


def mac(secret: str, *lines: str) -> str:
    """HMAC-SHA256 over lines, hex."""
    return hmac.new(secret.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()


class Server(SandboxServer):
    """The listening socket with the books and the key behind it."""

    def __init__(self, port: int, books: Books, keys: dict[str, str]) -> None:
        super().__init__(port, Handler)
        self.books = books
        self.keys = keys


class Handler(SandboxHandler):
    """One connection: a question is checked, answered and signed."""

    server: Server

    def look(self, url: SplitResult) -> None:
        """The sandbox's own door, to see what is in the books."""
        if url.path != "/_control/state":
            return self.send(404, {"error": "no such page"})
        return self.send(200, state(self.server.books, dict(parse_qsl(url.query)).get("reference")))

    def take(self, url: SplitResult, raw: bytes) -> None:
        """A question, or a wish of the sandbox's own door."""
        path = url.path
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
            return self.hang_up()
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

    def send(self, status: int, reply: Reply, nonce: str = "", secret: str = "") -> None:
        """Answer, signed together with the question's nonce where a secret is given."""
        payload = payload_of(reply)
        headers = {}
        if secret:
            hashed = hashlib.sha256(payload).hexdigest()
            headers["Cardbook-Signature"] = mac(secret, "cardbook1-answer", str(status), nonce, hashed)
        self.send_payload(status, payload, headers)
