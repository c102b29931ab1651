"""A time-stamping authority on this machine, built on `openssl ts`; for tests, stories and the demo."""

from __future__ import annotations

import sys
from pathlib import Path


def start_command(state: Path) -> list[str]:
    """How it is started; it ends when its stdin closes."""
    module = "tuidan.connectors.timestamps.rfc3161.sandbox"
    return [sys.executable, "-m", module, "--port", "0", "--state", str(state), "--until-stdin-closes"]
