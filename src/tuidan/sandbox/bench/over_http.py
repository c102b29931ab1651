"""The same refund asked for over HTTP: the product's own server, a key on every request, connections kept open.

The clients are bare sockets in one process, so that they take as little of the machine as they can.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import orjson

from tuidan.sandbox.bench.ground import Ground, OrderSet
from tuidan.sandbox.bench.race import CLIENTS, WARM_UPS
from tuidan.sandbox.processes import Processes, free_port

HOST = "127.0.0.1"
WORKERS = 2
ANSWER_SECONDS_MAX = 30.0
BODY = orjson.dumps({"unit": 1, "reason": "no_reason"})
END_OF_HEAD = b"\r\n\r\n"
LENGTH = b"content-length:"


class WrongAnswer(RuntimeError):
    """The server said something else than 201 with an approved refund."""


@contextmanager
def serving(folder: Path, environment: dict[str, str]) -> Iterator[int]:
    """`tuidan serve` with 2 workers on a free port; gives the port."""
    # One key asks as fast as it can: the limit's arithmetic runs, its end is never reached.
    environment = {**environment, "TUIDAN_API_REQUESTS_PER_SECOND": "1000000"}
    processes, port = Processes(folder, environment), free_port()
    try:
        arguments = ["tuidan", "serve", "--host", HOST, "--port", str(port), "--workers", str(WORKERS)]
        processes.wait_for_http(processes.start("serve", arguments), f"http://{HOST}:{port}/healthz")
        yield port
    finally:
        processes.stop_all()


def refund_each_over_http(ground: Ground, orders: OrderSet, port: int) -> float:
    """Refunds a second through POST /api/v1/orders/{id}/refund-requests; the first ones are not counted."""
    with selectors.DefaultSelector() as selector:
        lines = [_Line(socket.create_connection((HOST, port), ANSWER_SECONDS_MAX)) for _ in range(CLIENTS)]
        for line in lines:
            line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            selector.register(line.socket, selectors.EVENT_READ, line)
        try:
            warm = CLIENTS * WARM_UPS
            _exchange(selector, lines, ground, orders, range(warm))
            since = time.perf_counter()
            _exchange(selector, lines, ground, orders, range(warm, orders.count))
            return (orders.count - warm) / (time.perf_counter() - since)
        finally:
            for line in lines:
                line.socket.close()


@dataclass(slots=True)
class _Line:
    """One open connection and what has come of its answer so far."""

    socket: socket.socket
    received: bytes = b""


def _exchange(
    selector: selectors.BaseSelector, lines: list[_Line], ground: Ground, orders: OrderSet, numbers: range
) -> None:
    """Send every request, one at a time on each line, and read every answer."""
    left, waiting = iter(numbers), len(numbers)
    for line, i in zip(lines, left, strict=False):
        line.socket.sendall(_request(ground, orders, i))
    while waiting:
        ready = selector.select(ANSWER_SECONDS_MAX)
        if not ready:
            raise WrongAnswer("no answer came in time")
        for key, _ in ready:
            line = key.data
            if not _read(line):
                continue
            waiting -= 1
            following = next(left, None)
            if following is not None:
                line.socket.sendall(_request(ground, orders, following))


def _request(ground: Ground, orders: OrderSet, i: int) -> bytes:
    head = (
        f"POST /api/v1/orders/{orders.order_id(i)}/refund-requests HTTP/1.1\r\nHost: {HOST}\r\n"
        f"Authorization: Bearer {ground.api_key}\r\nIdempotency-Key: bench\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(BODY)}\r\n\r\n"
    )
    return head.encode() + BODY


def _read(line: _Line) -> bool:
    """Take in what has come; True when the answer is whole and right."""
    came = line.socket.recv(65_536)
    if not came:
        raise WrongAnswer("the server hung up")
    line.received += came
    end = line.received.find(END_OF_HEAD)
    if end < 0:
        return False
    head = line.received[:end].lower()
    at = head.find(LENGTH)
    length = int(head[at + len(LENGTH) :].split(b"\r\n", 1)[0])
    if len(line.received) < end + len(END_OF_HEAD) + length:
        return False
    if b" 201 " not in head[:20] or b'"status":"approved"' not in line.received:
        raise WrongAnswer(line.received[:400].decode(errors="replace"))
    line.received = b""
    return True
