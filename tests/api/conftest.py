"""The API's own server for its tests: the product's WSGI application behind real sockets, in this process."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import httpx
import pytest
from api_world import Caller, Shopfront
from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler
from signed_notices import Alipay, goofish

from tuidan.commands import outside
from tuidan.site.wsgi import application


class QuietHandler(WSGIRequestHandler):
    """Serves as Django's does, and keeps its log to itself."""

    def log_message(self, format: str, *arguments: object) -> None:
        pass


@pytest.fixture(scope="session")
def front(database: str) -> Shopfront:
    """The shop and its people, once a process."""
    return Shopfront.open()


@pytest.fixture(scope="session")
def address(database: str) -> Iterator[str]:
    """Where the application answers."""
    server = ThreadedWSGIServer(("127.0.0.1", 0), QuietHandler)
    server.set_app(application)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def caller(front: Shopfront, address: str) -> Iterator[Caller]:
    """Someone who calls the API; `caller.get(path, role)`."""
    with httpx.Client(base_url=address, timeout=30, trust_env=False) as client:
        yield Caller(client, front.keys)


@pytest.fixture(scope="session")
def gateway() -> Alipay:
    """The payment gateway's keys, once a process."""
    return Alipay.with_new_keys()


@pytest.fixture
def alipay(gateway: Alipay) -> Iterator[Alipay]:
    """Alipay and a supplier connected, as the connectors' file would; afterwards nothing is."""
    before = outside.connected()
    connected = outside.Outside(
        public_url="http://shop.example",
        channels={"alipay": gateway.channel()},
        suppliers={"goofish": goofish()},
    )
    outside.connect(connected)
    try:
        yield gateway
    finally:
        outside.connect(before)
        connected.close()
