"""A local Alipay gateway: its own process, written from Alipay's documents, no code of the connector in it.

`python -m tuidan.connectors.payments.alipay.sandbox --port 0 --state DIR`; README.md has the rest.
"""

from __future__ import annotations

import sys
from pathlib import Path

__all__ = ["start_command"]


def start_command(state: Path, port: int = 0, notice_retries: str = "") -> list[str]:
    """The command line that starts this sandbox; `state` keeps keys and data, `notice_retries` is "2,5,15" seconds."""
    command = [sys.executable, "-m", __name__, "--port", str(port), "--state", str(state)]
    if notice_retries:
        command += ["--notice-retries", notice_retries]
    return [*command, "--until-stdin-closes"]
