"""A 闲管家 supplier to talk to: a server of its own, written from the protocol, that misbehaves on request.

It imports nothing of the connector: two readings of the protocol that agree are worth more than one.
"""

from __future__ import annotations

import sys
from pathlib import Path

__all__ = ["start_command"]


def start_command(
    state: Path, port: int = 0, issuer_url: str = "", retry_seconds: float | None = None
) -> list[str]:
    """The command line that starts this sandbox. `state` keeps keys and orders; `issuer_url` is told of credits;
    `retry_seconds` is the pause before the second try of a callback."""
    command = [sys.executable, "-m", __name__, "--port", str(port), "--state", str(state)]
    if issuer_url:
        command += ["--issuer-url", issuer_url]
    if retry_seconds is not None:
        command += ["--retry-seconds", str(retry_seconds)]
    return [*command, "--until-stdin-closes"]
