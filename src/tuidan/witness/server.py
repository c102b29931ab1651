"""HTTP for a witness: `POST /add-checkpoint`, and the last checkpoints to look at. The standard library is enough."""

from __future__ import annotations

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tuidan.witness.watch import Answer, Witness

ADD = "/add-checkpoint"
BODY_BYTES_MAX = 100_000
IDLE_SECONDS = 60


class WitnessServer(ThreadingHTTPServer):
    """Listens at one address; every connection has its own thread."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, host: str, port: int, witness: Witness) -> None:
        super().__init__((host, port), Handler)
        self.witness = witness

    @property
    def port(self) -> int:
        """The port it got."""
        return int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A caller that hangs up early is no news; anything else is written down."""
        if not isinstance(sys.exception(), ConnectionError | TimeoutError):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: WitnessServer
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    timeout = IDLE_SECONDS

    def log_message(self, format: str, *args: Any) -> None:
        """Quiet: what counts lies in the folder."""

    def do_GET(self) -> None:
        """The last checkpoint of every log that is watched, one after the other; and the key."""
        witness = self.server.witness
        if self.path == "/checkpoints":
            self._send(Answer(200, b"\n".join(witness.memory.all())))
        elif self.path == "/key":
            self._send(Answer(200, f"{witness.key.public.vkey()}\n".encode()))
        else:
            self._send(Answer(404, b"no such page\n"))

    def do_POST(self) -> None:
        """A new checkpoint, to be cosigned."""
        length = self.headers.get("Content-Length", "")
        if not length.isdecimal() or int(length) > BODY_BYTES_MAX:
            self.close_connection = True
            self._send(Answer(413, b"too much, or no length given\n"))
            return
        body = self.rfile.read(int(length))
        if self.path != ADD:
            self._send(Answer(404, b"no such page\n"))
            return
        self._send(self.server.witness.add_checkpoint(body))

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)
