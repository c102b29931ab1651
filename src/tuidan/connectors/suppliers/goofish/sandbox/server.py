"""HTTP for the sandbox: checks signatures, passes calls to the desk, and breaks the answer when told to."""

from __future__ import annotations

import contextlib
import json
import socket
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from .behaviour import Behaviour
from .control import control, state
from .desk import Desk
from .shapes import SHAPES, parse
from .signing import refusal_code

WORDS = {401: "签名错误", 408: "时间戳已过期", 1000: "商户不存在", 1201: "参数错误"}
CALL = {"/goofish/order/detail": "detail", "/goofish/order/refund/apply": "refund"}


class Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def __init__(self, port: int, desk: Desk, keys: dict[str, str]) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.desk = desk
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
        query = dict(parse_qsl(url.query))
        return self.send(200, state(self.server.desk.books, query.get("reference")))

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        url = urlsplit(self.path)
        if url.path.startswith("/_control/"):
            desk = self.server.desk
            try:
                wish = json.loads(raw or b"{}")
            except ValueError:
                return self.send(400, {"error": "not JSON"})
            return self.send(*control(desk.books, desk.issuer_url, url.path, wish))
        if url.path not in SHAPES:
            return self.send(404, {"code": 404, "msg": "not found"})
        refused = refusal_code(self.server.keys, dict(parse_qsl(url.query)), raw, int(time.time()))
        body = None if refused else parse(url.path, raw)
        if body is None:
            refused = refused or 1201
            return self.send(200, {"code": refused, "msg": WORDS[refused]})
        return self.work(url.path, body)

    def work(self, path: str, body: dict[str, Any]) -> None:
        desk = self.server.desk
        call = CALL.get(path, "create" if path.endswith("/create") else "")
        how = Behaviour()
        if call and not (call == "create" and desk.books.order(body["order_no"])):
            known = desk.books.order(body.get("order_no", "")) or {}
            account = body.get("biz_content", {}).get("account") or known.get("account", "")
            how = desk.books.behaviour_for(call, account, body.get("goods_no") or known.get("goods_no", ""))
        if how.answer == "drop_before":
            return self.hang_up()
        code, msg, data = desk.answer(path, body, how)
        if how.answer_code:
            code, msg, data = how.answer_code, how.remark or "error", None
        if how.answer == "late":
            time.sleep(how.answer_seconds)
        elif how.answer == "drop":
            return self.hang_up()
        elif how.answer == "http_500":
            return self.send(500, {"code": 500, "msg": "internal error"})
        elif how.answer == "garbage":
            return self.send(200, b"<html>502 Bad Gateway</html>")
        reply = {"code": code, "msg": msg}
        return self.send(200, reply if data is None else {**reply, "data": data})

    def hang_up(self) -> None:
        self.close_connection = True
        with contextlib.suppress(OSError):
            self.connection.shutdown(socket.SHUT_RDWR)

    def send(self, status: int, reply: dict[str, Any] | bytes) -> None:
        payload = reply if isinstance(reply, bytes) else json.dumps(reply, ensure_ascii=False).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)
