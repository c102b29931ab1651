"""Starts the sandbox gateway as a process of its own; prints one JSON line when it listens."""

from __future__ import annotations

import argparse
from pathlib import Path

from tuidan.connectors.payments.alipay.sandbox import keys, store
from tuidan.connectors.payments.alipay.sandbox.control import Control
from tuidan.connectors.payments.alipay.sandbox.gateway import Gateway
from tuidan.connectors.payments.alipay.sandbox.notices import Sender
from tuidan.connectors.payments.alipay.sandbox.server import Server
from tuidan.connectors.sandboxing.process import arguments, serve_until_ended


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
    sender.start()
    serve_until_ended(server, _ready(gateway), asked.until_stdin_closes)
    sender.stop()
    kept.close()
    return 0


def _arguments() -> argparse.Namespace:
    parser = arguments("alipay sandbox", "keys and the database")
    parser.add_argument("--host", default="127.0.0.1", help="the address to listen at and to name in pages")
    parser.add_argument(
        "--notice-retries", default="2,5,15,60,300", help="seconds until a refused notice is sent again"
    )
    parser.add_argument("--verbose", action="store_true", help="write an access log to stderr")
    return parser.parse_args()


def _ready(gateway: Gateway) -> dict[str, object]:
    return {
        "name": "alipay-sandbox",
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
