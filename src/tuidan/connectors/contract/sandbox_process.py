"""Starts a connector's sandbox as a process of its own and ends it surely. For tests, scenes and the demo.

The convention every sandbox keeps: it takes `--port 0 --state DIR --until-stdin-closes`, prints one JSON line with
`"ready": true` and its `url` on stdout when it listens, writes what goes wrong to stderr, ends on SIGTERM, and
ends when its stdin closes, which happens by itself when the starter dies.
"""

from __future__ import annotations

import json
import selectors
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

STOP_SECONDS_MAX = 8.0


class SandboxFailed(RuntimeError):
    """The sandbox did not become ready; the text holds the end of its log."""


class SandboxProcess:
    """One running sandbox. `ready` is its ready line; `log_path` takes its stderr."""

    def __init__(self, command: Sequence[str], log_path: Path, ready_seconds_max: float = 20.0) -> None:
        self.log_path = log_path
        with log_path.open("ab") as log:
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, start_new_session=True
            )
        try:
            self.ready: dict[str, Any] = self._wait_ready(time.monotonic() + ready_seconds_max)
        except BaseException:
            self.stop()
            raise

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def url(self) -> str:
        """Where it listens, without a slash at the end."""
        return str(self.ready["url"])

    def stop(self) -> int:
        """End it: stdin closed, SIGTERM, and SIGKILL if it does not end in time. The exit code."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                pipe.close()
        self._process.terminate()
        try:
            return self._process.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            self._process.kill()
            return self._process.wait()

    def kill(self) -> None:
        """End it without a word (SIGKILL), as a crash would."""
        self._process.kill()
        self.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _wait_ready(self, until: float) -> dict[str, Any]:
        out = self._process.stdout
        if out is None:
            raise SandboxFailed("no stdout")
        with selectors.DefaultSelector() as selector:
            selector.register(out, selectors.EVENT_READ)
            while time.monotonic() < until:
                if selector.select(0.2):
                    line = out.readline()
                    if not line:
                        break
                    said = json.loads(line)
                    if isinstance(said, dict) and said.get("ready") is True:
                        return said
        log = self.log_path.read_text(encoding="utf-8", errors="replace")[-2000:]
        raise SandboxFailed(f"not ready, exit code {self._process.poll()}: {log}")
