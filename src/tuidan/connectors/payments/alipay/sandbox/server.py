"""The HTTP side: gateway.do, the cashier, /_control. HTTP/1.1 with keep-alive, a thread per connection."""

from __future__ import annotations

import json
import socket
import sys
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tuidan.connectors.payments.alipay.sandbox import cashier
from tuidan.connectors.payments.alipay.sandbox.control import Control, Wrong
from tuidan.connectors.payments.alipay.sandbox.gateway import Gateway, Reply
from tuidan.connectors.payments.alipay.sandbox.trades import CannotPay

BODY_BYTES_MAX = 20_000_000
HTML = "text/html;charset=utf-8"
JSON = "application/json;charset=utf-8"


class Server(ThreadingHTTPServer):
    """The listening socket and the parts its handlers use."""

    daemon_threads = True
    request_queue_size = 128

    def __init__(self, host: str, port: int, gateway: Gateway, control: Control, verbose: bool) -> None:
        super().__init__((host, port), Handler)
        self.gateway, self.control, self.verbose = gateway, control, verbose
        gateway.base_url = f"http://{host}:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no news; anything else is written down."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    server: Server
    server_version = "sandbox"
    wbufsize = -1  # buffered: one packet an answer
    disable_nagle_algorithm = True
    timeout = 60

    def log_message(self, format: str, *args: Any) -> None:
        if self.server.verbose:
            super().log_message(format, *args)

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path == "/gateway.do":
            self._gateway(self._query())
        elif path.startswith(("/cashier/", "/qr/")):
            self._cashier(path.split("/")[2])
        elif path == "/_control/state":
            self._control(lambda _: self.server.control.state(self._query()))
        else:
            self._answer(404, cashier.message("没有这个页面").encode(), HTML)

    def do_POST(self) -> None:
        path = urlsplit(self.path).path
        if path == "/gateway.do":
            self._gateway({**self._query(), **self._form()})
        elif path.startswith("/cashier/") and path.endswith("/pay"):
            self._pay(path.split("/")[2])
        else:
            self._control(self._action(path))

    def _action(self, path: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
        control = self.server.control
        return {
            "/_control/pay": control.pay,
            "/_control/faults": control.fault,
            "/_control/faults/clear": control.clear_faults,
            "/_control/resend_notice": control.resend_notice,
            "/_control/seed_paid": control.seed_paid,
            "/_control/account": control.account,
            "/_control/trade": control.trade,
            "/_control/complain": control.complain,
            "/_control/complaint": control.complaint,
            "/_control/refund_by_hand": control.refund_by_hand,
        }.get(path, control.no_such_address)

    def _query(self) -> dict[str, str]:
        return dict(parse_qsl(urlsplit(self.path).query, keep_blank_values=True))

    def _form(self) -> dict[str, str]:
        return dict(parse_qsl(self._body().decode("utf-8", "replace"), keep_blank_values=True))

    def _body(self) -> bytes:
        size = int(self.headers.get("Content-Length") or 0)
        return self.rfile.read(min(size, BODY_BYTES_MAX))

    def _gateway(self, parameters: dict[str, str]) -> None:
        reply = self.server.gateway.call(parameters)
        if reply.wait_seconds:
            time.sleep(reply.wait_seconds)
        if reply.drop:
            # Gone without a word: the caller cannot know whether the work was done.
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)
        else:
            self._reply(reply)

    def _reply(self, reply: Reply) -> None:
        if reply.open_token:
            self._answer(302, b"", HTML, {"Location": f"/cashier/{reply.open_token}"})
        else:
            self._answer(reply.status, reply.body, reply.content_type)

    def _cashier(self, token: str, wrong: str = "") -> None:
        gateway = self.server.gateway
        trade = gateway.trades.by_token(token)
        status = 200
        if trade is None:
            status, text = 404, cashier.message("没有找到这笔交易")
        elif trade["paid_at"]:
            payer = gateway.store.one("SELECT * FROM accounts WHERE user_id = ?", trade["payer_id"]) or {}
            text = cashier.paid(trade, payer, gateway.return_address(trade))
        elif trade["status"] != "WAIT_BUYER_PAY":
            text = cashier.closed(trade)
        else:
            payers = gateway.store.all("SELECT * FROM accounts WHERE role = 'payer' ORDER BY user_id")
            text = cashier.to_pay(trade, payers, wrong)
        self._answer(status, text.encode(), HTML)

    def _pay(self, token: str) -> None:
        gateway = self.server.gateway
        try:
            trade = gateway.trades.pay(token, self._form().get("account", ""))
        except CannotPay as error:
            self._cashier(token, str(error))
        else:
            to = gateway.return_address(trade) or f"/cashier/{token}"
            self._answer(303, b"", HTML, {"Location": to})

    def _control(self, action: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
        try:
            asked = json.loads(self._body() or b"{}")
            status, said = 200, action(asked)
        except Wrong as error:
            status, said = 400, {"error": str(error)}
        except (ValueError, KeyError, TypeError) as error:
            status, said = 400, {"error": f"{type(error).__name__}: {error}"}
        self._answer(status, json.dumps(said, ensure_ascii=False).encode(), JSON)

    def _answer(self, status: int, body: bytes, kind: str, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.wfile.flush()
