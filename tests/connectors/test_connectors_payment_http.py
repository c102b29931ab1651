"""The one HTTP client: it ends in time, reads no more than allowed, and says whether a request may have arrived."""

import logging
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from tuidan.connectors.contract.http import (
    AnswerLost,
    AnswerUnusable,
    HttpClient,
    HttpLimits,
    NotReached,
    OutsideError,
    RequestRefused,
    ServerFailed,
    TooManyRequests,
    masked_url,
)

LIMITS = HttpLimits(total_seconds=0.6, connect_seconds=0.3, answer_bytes_max=10_000)
OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@contextmanager
def server(talk: Callable[[socket.socket], None]) -> Iterator[str]:
    """A listener that reads one request per connection and then talks as told."""
    listener = socket.create_server(("127.0.0.1", 0))
    opened: list[socket.socket] = []

    def serve() -> None:
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            opened.append(connection)
            threading.Thread(target=one, args=(connection,), daemon=True).start()

    def one(connection: socket.socket) -> None:
        try:
            while connection.recv(65_536):
                talk(connection)
        except OSError:
            pass
        finally:
            connection.close()

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/pay"
    finally:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        for connection in opened:
            connection.close()
        thread.join(2)


@pytest.fixture
def client() -> Iterator[HttpClient]:
    made = HttpClient("test", LIMITS)
    yield made
    made.close()


def drip(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    for number in range(100):
        connection.sendall(f"X-{number}: 1\r\n".encode())
        time.sleep(0.05)


def drip_body(connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(100):
        connection.sendall(b"x")
        time.sleep(0.05)


def test_an_answer_comes_whole(client: HttpClient) -> None:
    with server(lambda connection: connection.sendall(OK)) as url:
        answer = client.post(url, b"body", "text/plain")
    assert (answer.status, answer.body, answer.headers["content-length"]) == (200, b"ok", "2")


@pytest.mark.parametrize(
    "talk", [drip, drip_body, lambda connection: time.sleep(3)], ids=["head", "body", "silent"]
)
def test_no_server_holds_a_call_longer_than_the_total_deadline(
    client: HttpClient, talk: Callable[[socket.socket], None]
) -> None:
    with server(talk) as url:
        began = time.monotonic()
        with pytest.raises(AnswerLost) as caught:
            client.post(url, b"body", "text/plain")
        assert time.monotonic() - began < LIMITS.total_seconds + 0.4
    assert caught.value.may_have_arrived
    assert caught.value.retry_can_help


def test_a_refused_connection_surely_did_not_arrive(client: HttpClient) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    with pytest.raises(NotReached) as caught:
        client.get(f"http://127.0.0.1:{port}/")
    assert not caught.value.may_have_arrived


def test_a_connection_closed_without_an_answer_may_have_arrived(client: HttpClient) -> None:
    with (
        server(lambda connection: connection.shutdown(socket.SHUT_RDWR)) as url,
        pytest.raises(AnswerLost) as caught,
    ):
        client.post(url, b"body", "text/plain")
    assert caught.value.may_have_arrived


def test_half_an_answer_is_lost(client: HttpClient) -> None:
    def half(connection: socket.socket) -> None:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf")
        connection.shutdown(socket.SHUT_RDWR)

    with server(half) as url, pytest.raises(AnswerLost):
        client.get(url)


def test_an_answer_over_the_limit_is_not_read_to_its_end(client: HttpClient) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n"
    with server(lambda connection: connection.sendall(head + b"x" * 50_000)) as url:
        with pytest.raises(AnswerUnusable, match="too_large"):
            client.get(url)


def test_a_compressed_answer_is_refused_because_its_size_is_unknown(client: HttpClient) -> None:
    text = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\nxx"
    with (
        server(lambda connection: connection.sendall(text)) as url,
        pytest.raises(AnswerUnusable, match="compressed"),
    ):
        client.get(url)


def test_an_answer_that_is_not_http_is_not_taken(client: HttpClient) -> None:
    with (
        server(lambda connection: connection.sendall(b"SSH-2.0-x\r\n\r\n")) as url,
        pytest.raises(OutsideError),
    ):
        client.get(url)


@pytest.mark.parametrize(
    ("status", "kind", "arrived", "retry"),
    [
        (500, ServerFailed, True, True),
        (503, ServerFailed, True, True),
        (429, TooManyRequests, False, True),
        (400, RequestRefused, False, False),
        (302, RequestRefused, False, False),
    ],
)
def test_each_status_says_whether_trying_again_can_help(
    client: HttpClient, status: int, kind: type[OutsideError], arrived: bool, retry: bool
) -> None:
    text = f"HTTP/1.1 {status} X\r\nContent-Length: 0\r\nLocation: http://127.0.0.1:1/\r\n\r\n".encode()
    with server(lambda connection: connection.sendall(text)) as url:
        answer = client.get(url)
    with pytest.raises(kind) as caught:
        answer.require_ok()
    assert (caught.value.may_have_arrived, caught.value.retry_can_help) == (arrived, retry)
    assert caught.value.status == status


def test_a_connection_is_kept_for_the_next_call(client: HttpClient) -> None:
    seen: list[tuple[str, int]] = []

    def talk(connection: socket.socket) -> None:
        seen.append(connection.getpeername())
        connection.sendall(OK)

    with server(talk) as url:
        for _ in range(3):
            client.get(url)
    assert len(seen) == 3
    assert len(set(seen)) == 1


def test_the_log_holds_no_value_of_a_query_and_no_body(
    client: HttpClient, caplog: pytest.LogCaptureFixture
) -> None:
    with server(lambda connection: connection.sendall(OK)) as url, caplog.at_level(logging.INFO):
        client.post(f"{url}?sign=geheim&app_id=7", b"geheim", "text/plain", {"Authorization": "geheim"})
    assert "/pay?app_id,sign" in caplog.text
    assert "geheim" not in caplog.text


def test_a_masked_address_holds_no_password() -> None:
    assert masked_url("https://user:pass@host:8443/a/b?x=1&y=&x=2") == "https://host:8443/a/b?x,y"


def test_a_call_under_way_has_its_connection_to_itself_and_leaves_it_to_the_next(client: HttpClient) -> None:
    # A pool shared by threads may close a connection under a call (encode/httpcore#1110).
    together = threading.Barrier(4)
    seen: list[int] = []

    def talk(connection: socket.socket) -> None:
        seen.append(connection.getpeername()[1])
        if len(seen) <= 4:
            together.wait(5)
        connection.sendall(OK)

    with server(talk) as url:
        threads = [threading.Thread(target=client.get, args=(url,)) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        client.get(url)
    assert len(set(seen[:4])) == 4
    assert seen[4] in seen[:4]


def test_no_more_idle_connections_are_kept_than_the_limit() -> None:
    client = HttpClient("test", replace(LIMITS, connections_max=1))
    together = threading.Barrier(3)
    seen: list[int] = []

    def talk(connection: socket.socket) -> None:
        seen.append(connection.getpeername()[1])
        together.wait(5)
        connection.sendall(OK)

    with server(talk) as url:
        for _ in range(2):
            threads = [threading.Thread(target=client.get, args=(url,)) for _ in range(3)]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        client.close()
    assert len(set(seen)) == 5
