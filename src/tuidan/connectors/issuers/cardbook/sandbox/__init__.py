"""A Cardbook issuer to talk to: a server of its own that keeps codes and credits and fails on request.

It imports nothing of the connector: two readings of the protocol that agree are worth more than one.
"""

from __future__ import annotations

import sys
from pathlib import Path

__all__ = ["start_command"]


def start_command(state: Path, port: int = 0) -> list[str]:
    """The command line that starts this sandbox; `state` keeps the key, codes and credits."""
    return [
        sys.executable, "-m", __name__, "--port", str(port), "--state", str(state), "--until-stdin-closes",
    ]  # fmt: skip
