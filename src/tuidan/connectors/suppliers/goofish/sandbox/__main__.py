"""Starts the sandbox: prints one JSON line when ready, stops on SIGTERM, Ctrl-C or (if asked) a closed stdin."""

from __future__ import annotations

import secrets

from tuidan.connectors.sandboxing.process import (
    arguments,
    keep_credentials,
    kept_credentials,
    serve_until_ended,
)

from .books import Books
from .desk import Desk
from .errands import Errands
from .server import Server


def new_keys() -> dict[str, str]:
    """The keys of both ends, made once and kept."""
    return {
        "app_id": str(secrets.randbelow(9 * 10**14) + 10**14),
        "app_secret": secrets.token_urlsafe(24),
        "mch_id": str(secrets.randbelow(9000) + 1000),
        "mch_secret": secrets.token_urlsafe(24),
    }


def main() -> None:
    """Serve until ended."""
    parser = arguments("python -m tuidan.connectors.suppliers.goofish.sandbox", "keys and orders")
    parser.add_argument("--issuer-url", help="issuer sandbox that is told what was credited")
    parser.add_argument(
        "--retry-seconds", type=float, default=1.0, help="pause before a callback's second try"
    )
    options = parser.parse_args()
    options.state.mkdir(parents=True, exist_ok=True)
    file = options.state / "credentials.json"
    keys = kept_credentials(file, new_keys)
    books = Books(options.state / "supplier.sqlite3")
    server = Server(options.port, Desk(books, int(keys["app_id"]), options.issuer_url), keys)
    keys["base_url"] = server.url
    keep_credentials(file, keys)
    errands = Errands(books, keys, options.issuer_url, options.retry_seconds)
    errands.start()
    ready = {"name": "goofish-sandbox", "port": server.port, "url": server.url}
    serve_until_ended(server, {**ready, "credentials": str(file.resolve())}, options.until_stdin_closes)
    errands.stop()
    books.close()


if __name__ == "__main__":
    main()
