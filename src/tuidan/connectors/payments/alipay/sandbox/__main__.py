"""Starts the sandbox gateway as a process of its own; prints one JSON line when it listens."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from pathlib import Path

from tuidan.connectors.payments.alipay.sandbox import keys, store
from tuidan.connectors.payments.alipay.sandbox.control import Control
from tuidan.connectors.payments.alipay.sandbox.gateway import Gateway
from tuidan.connectors.payments.alipay.sandbox.notices import Sender
from tuidan.connectors.payments.alipay.sandbox.server import Server


def main() -> int:
    """Serve until SIGTERM, SIGINT, or the end of stdin when asked to watch it."""
    asked = _arguments()
    folder: Path = asked.state
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    kept = store.Store(folder / "gateway.sqlite3")
    gateway = Gateway(kept, keys.load(folder))
    retries = [float(part) for part in asked.notice_retries.split(",") if part]
    sender = Sender(kept, gateway.notices, gateway.faults, gateway.keys, retries, gateway.refunds.settle_due)
    server = Server(asked.host, asked.port, gateway, Control(gateway, sender), asked.verbose)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if asked.until_stdin_closes:
        threading.Thread(target=_watch_stdin, args=(stop,), daemon=True).start()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    sender.start()
    sys.stdout.write(json.dumps(_ready(gateway)) + "\n")
    sys.stdout.flush()
    stop.wait()
    server.shutdown()
    sender.stop()
    kept.close()
    return 0


def _watch_stdin(stop: threading.Event) -> None:
    # The pipe closes when the starter ends, however it ends: nothing is left running.
    while os.read(0, 4096):
        pass
    stop.set()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="alipay sandbox", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one (printed)")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at and to name in pages")
    parser.add_argument("--state", type=Path, required=True, help="folder for keys and the database")
    parser.add_argument(
        "--notice-retries", default="2,5,15,60,300", help="seconds until a refused notice is sent again"
    )
    parser.add_argument("--until-stdin-closes", action="store_true", help="end when the starter is gone")
    parser.add_argument("--verbose", action="store_true", help="write an access log to stderr")
    return parser.parse_args()


def _ready(gateway: Gateway) -> dict[str, object]:
    return {
        "ready": True,
        "name": "alipay-sandbox",
        "pid": os.getpid(),
        "url": gateway.base_url,
        "port": int(gateway.base_url.rsplit(":", 1)[1]),
        "gateway_url": f"{gateway.base_url}/gateway.do",
        "app_id": store.APP_ID,
        "seller_id": store.SELLER_ID,
        "app_private_key_file": str(gateway.keys.app_private_file.resolve()),
        "alipay_public_key_file": str(gateway.keys.alipay_public_file.resolve()),
    }


if __name__ == "__main__":
    raise SystemExit(main())
