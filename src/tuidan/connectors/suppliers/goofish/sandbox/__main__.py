"""Starts the sandbox: prints one JSON line when ready, stops on SIGTERM, Ctrl-C or (if asked) a closed stdin."""

from __future__ import annotations

import argparse
import json
import os
import secrets
import signal
import sys
import threading
from pathlib import Path

from .books import Books
from .desk import Desk
from .errands import Errands
from .server import Server


def credentials(path: Path) -> dict[str, str]:
    """The keys of both ends, made once and kept."""
    if path.exists():
        return {name: str(value) for name, value in json.loads(path.read_text()).items()}
    return {
        "app_id": str(secrets.randbelow(9 * 10**14) + 10**14),
        "app_secret": secrets.token_urlsafe(24),
        "mch_id": str(secrets.randbelow(9000) + 1000),
        "mch_secret": secrets.token_urlsafe(24),
    }


def await_end(stop: threading.Event) -> None:
    """The starter holds our stdin open; when it is gone, however it ended, so are we."""
    while os.read(0, 4096):
        pass
    stop.set()


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tuidan.connectors.suppliers.goofish.sandbox")
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--state", type=Path, required=True, help="folder that keeps keys and orders")
    parser.add_argument("--issuer-url", help="issuer sandbox that is told what was credited")
    parser.add_argument(
        "--retry-seconds", type=float, default=1.0, help="pause before a callback's second try"
    )
    parser.add_argument("--until-stdin-closes", action="store_true", help="stop when the starter is gone")
    options = parser.parse_args()

    options.state.mkdir(parents=True, exist_ok=True)
    file = options.state / "credentials.json"
    keys = credentials(file)
    books = Books(options.state / "supplier.sqlite3")
    server = Server(options.port, Desk(books, int(keys["app_id"]), options.issuer_url), keys)
    port = server.server_address[1]
    keys["base_url"] = f"http://127.0.0.1:{port}"
    file.touch(mode=0o600)
    file.write_text(json.dumps(keys, indent=1))
    errands = Errands(books, keys, options.issuer_url, options.retry_seconds)
    errands.start()

    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if options.until_stdin_closes:
        threading.Thread(target=await_end, args=(stop,), daemon=True).start()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    ready = {
        "ready": True,
        "name": "goofish-sandbox",
        "pid": os.getpid(),
        "port": port,
        "url": keys["base_url"],
    }
    sys.stdout.write(json.dumps({**ready, "credentials": str(file.resolve())}) + "\n")
    sys.stdout.flush()
    stop.wait()
    server.shutdown()
    server.server_close()
    errands.stop()
    books.close()


if __name__ == "__main__":
    main()
