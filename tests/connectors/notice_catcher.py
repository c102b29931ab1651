"""A listener that takes notices as the shop's notify address would."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class NoticeCatcher:
    """Takes notices; answers `success` unless told otherwise."""

    url: str = ""
    bodies: list[bytes] = field(default_factory=list)
    answers: list[bytes] = field(default_factory=list)
    arrived: threading.Condition = field(default_factory=threading.Condition)

    def wait(self, count: int, seconds: float = 5.0) -> list[bytes]:
        """The bodies once at least `count` have come."""
        with self.arrived:
            assert self.arrived.wait_for(lambda: len(self.bodies) >= count, seconds), len(self.bodies)
            return list(self.bodies)


@contextmanager
def catching() -> Iterator[NoticeCatcher]:
    """A catcher that listens."""
    catcher = NoticeCatcher()

    class Taker(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            with catcher.arrived:
                answer = catcher.answers.pop(0) if catcher.answers else b"success"
                catcher.bodies.append(body)
                catcher.arrived.notify_all()
            self.send_response(200)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Taker)
    server.daemon_threads = True
    catcher.url = f"http://127.0.0.1:{server.server_address[1]}/notices/alipay"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield catcher
    server.shutdown()
    server.server_close()
    thread.join()
