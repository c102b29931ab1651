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
from .server import Server


def new_key() -> dict[str, str]:
    """A shared key, made once and kept."""
    return {"key_id": "platform-" + secrets.token_hex(4), "secret": secrets.token_urlsafe(32)}


def main() -> None:
    """Serve until ended."""
    options = arguments(
        "python -m tuidan.connectors.issuers.cardbook.sandbox", "the key, codes and credits"
    ).parse_args()
    options.state.mkdir(parents=True, exist_ok=True)
    file = options.state / "credentials.json"
    keys = kept_credentials(file, new_key)
    books = Books(options.state / "issuer.sqlite3")
    server = Server(options.port, books, keys)
    keys["base_url"] = server.url
    keep_credentials(file, keys)
    ready = {"name": "cardbook-sandbox", "port": server.port, "url": server.url}
    serve_until_ended(server, {**ready, "credentials": str(file.resolve())}, options.until_stdin_closes)
    books.close()


if __name__ == "__main__":
    main()
