"""The API behind the product's own server: `tuidan serve`, a process of its own."""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest
from api_world import Caller, Shopfront, new_key

STARTS_WITHIN_SECONDS = 60


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@pytest.fixture(scope="module")
def served(front: Shopfront) -> Iterator[Caller]:
    """`tuidan serve` on the tests' database."""
    port = free_port()
    command = [sys.executable, "-m", "tuidan", "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(command, env=os.environ.copy()) as server:
        try:
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=30, trust_env=False) as client:
                wait_for(client)
                yield Caller(client, front.keys)
        finally:
            server.terminate()


def wait_for(client: httpx.Client) -> None:
    ends = time.monotonic() + STARTS_WITHIN_SECONDS
    while True:
        try:
            client.get("/healthz")
            return
        except httpx.TransportError:
            if time.monotonic() > ends:
                raise
            time.sleep(0.1)


def raw(served: Caller, text: bytes) -> bytes:
    """Send bytes as they are; give what comes back first."""
    port = int(served.client.base_url.port or 0)
    with socket.create_connection(("127.0.0.1", port), timeout=20) as line:
        line.sendall(text)
        return line.recv(65_536)


def head(served: Caller, path: str, *lines: str) -> bytes:
    told = [
        f"POST /api/v1{path} HTTP/1.1",
        "Host: 127.0.0.1",
        f"Authorization: Bearer {served.keys['owner']}",
        f"Idempotency-Key: {new_key()}",
        "Content-Type: application/json",
        *lines,
    ]
    return "\r\n".join(told).encode() + b"\r\n\r\n"


def test_a_refund_goes_through_the_real_server(front: Shopfront, served: Caller) -> None:
    order_id, key = front.pay(), new_key()
    asked = {"unit": 1, "reason": "no_reason"}
    first, second = (served.post(f"/orders/{order_id}/refund-requests", asked, key=key) for _ in range(2))
    assert (first.status_code, first.json()["status"]) == (201, "approved")
    assert (second.content, second.headers["Idempotent-Replay"]) == (first.content, "true")
    assert served.get(f"/orders/{order_id}").json()["refunding_fen"] == 4_880


def test_a_huge_body_is_refused_before_it_is_read(front: Shopfront, served: Caller) -> None:
    path = f"/orders/{front.pay()}/refund-requests"
    said = raw(served, head(served, path, "Content-Length: 99999999999"))
    assert said.startswith(b"HTTP/1.1 413")
    assert b"application/problem+json" in said


def test_a_chunked_body_is_refused(front: Shopfront, served: Caller) -> None:
    path = f"/orders/{front.pay()}/refund-requests"
    said = raw(served, head(served, path, "Transfer-Encoding: chunked") + b"2\r\n{}\r\n0\r\n\r\n")
    assert said.startswith(b"HTTP/1.1 411")
    assert b"application/problem+json" in said


def test_machines_get_no_cookie_and_no_page(served: Caller) -> None:
    answers = [served.get(path) for path in ("/orders", "/nothing")]
    answers.append(served.client.get("/api/"))
    assert [answer.status_code for answer in answers] == [200, 404, 404]
    assert all("Set-Cookie" not in answer.headers for answer in answers)
    assert all(answer.headers["Content-Type"].startswith("application/") for answer in answers)


def test_one_line_carries_many_requests(front: Shopfront, served: Caller) -> None:
    asked = head(served, f"/orders/{front.place()}/confirm", "Content-Length: 0")
    with socket.create_connection(("127.0.0.1", int(served.client.base_url.port or 0)), timeout=20) as line:
        for _ in range(3):
            line.sendall(asked)
            assert line.recv(65_536).startswith(b"HTTP/1.1 409")
            while select.select([line], [], [], 0.2)[0]:
                assert line.recv(65_536), "the server closed the line"
