"""Serve the sandbox: one JSON line when ready, stops on SIGTERM, Ctrl-C or (if asked) a closed stdin."""

from __future__ import annotations

from tuidan.connectors.sandboxing.process import arguments, serve_until_ended

from .authority import Authority
from .server import Server


def main() -> None:
    """Serve until ended."""
    options = arguments(
        "python -m tuidan.connectors.timestamps.rfc3161.sandbox", "keys and certificates"
    ).parse_args()
    options.state.mkdir(parents=True, exist_ok=True)
    authority = Authority(options.state.resolve())
    server = Server(options.port, authority)
    ready = {"name": "rfc3161-sandbox", "port": server.port, "url": server.url, "ca": str(authority.ca)}
    serve_until_ended(server, ready, options.until_stdin_closes)


if __name__ == "__main__":
    main()
