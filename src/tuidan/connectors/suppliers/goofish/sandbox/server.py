"""HTTP for the sandbox: checks signatures, passes calls to the desk, and breaks the answer when told to."""

from __future__ import annotations

import json
import time
from typing import Any
from urllib.parse import SplitResult, parse_qsl

from tuidan.connectors.sandboxing.http import Reply, SandboxHandler, SandboxServer, payload_of

from .behaviour import Behaviour
from .control import control, state
from .desk import Desk
from .shapes import SHAPES, parse
from .signing import refusal_code

WORDS = {401: "签名错误", 408: "时间戳已过期", 1000: "商户不存在", 1201: "参数错误"}
CALL = {"/goofish/order/detail": "detail", "/goofish/order/refund/apply": "refund"}


class Server(SandboxServer):
    """The listening socket with the desk and the keys behind it."""

    def __init__(self, port: int, desk: Desk, keys: dict[str, str]) -> None:
        super().__init__(port, Handler)
        self.desk = desk
        self.keys = keys


class Handler(SandboxHandler):
    """One connection: a call is checked, answered by the desk, and spoiled when the books say so."""

    server: Server

    def look(self, url: SplitResult) -> None:
        """The sandbox's own door, to see what is in the books."""
        if url.path != "/_control/state":
            return self.send(404, {"error": "no such page"})
        query = dict(parse_qsl(url.query))
        return self.send(200, state(self.server.desk.books, query.get("reference")))

    def take(self, url: SplitResult, raw: bytes) -> None:
        """A call of the protocol, or a wish of the sandbox's own door."""
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

    def send(self, status: int, reply: Reply) -> None:
        """Answer with JSON, or with bytes that are none."""
        self.send_payload(status, payload_of(reply))
