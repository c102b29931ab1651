"""Processes of the small world: start them, wait until they say ready, end them all, leave nothing running."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

import httpx

READY_SECONDS = 90.0
STOP_SECONDS = 10.0


class NotReady(RuntimeError):
    """A process ended or kept silent instead of getting ready; the message holds the end of its log."""


@dataclass(slots=True)
class Started:
    """One running process with its log file."""

    name: str
    process: subprocess.Popen[str]
    log: Path
    ready: dict[str, object] = field(default_factory=dict)

    def kill(self) -> None:
        """End it at once, as a crash would."""
        self.process.kill()
        self.process.wait()

    def stop(self) -> None:
        """Ask it to end, and make it when it does not."""
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.kill()
        if self.process.stdin:
            self.process.stdin.close()

    def tail(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")[-2000:]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(slots=True)
class Processes:
    """All processes of one world; `folder` keeps their logs. Ends them in the reverse order of starting."""

    folder: Path
    environment: dict[str, str]
    running: list[Started] = field(default_factory=list)

    def start(self, name: str, arguments: list[str], extra: dict[str, str] | None = None) -> Started:
        """Start `python -m …` with its output in a log; its stdin ends with us, so it can notice that."""
        self.folder.mkdir(parents=True, exist_ok=True)
        log = self.folder / f"{name}.log"
        with log.open("a", encoding="utf-8") as output:
            process = subprocess.Popen(
                [sys.executable, "-m", *arguments],
                stdin=subprocess.PIPE,
                stdout=output,
                stderr=subprocess.STDOUT,
                text=True,
                env={**os.environ, **self.environment, **(extra or {})},
            )
        started = Started(name, process, log)
        self.running.append(started)
        return started

    def start_sandbox(self, name: str, module: str, *options: str) -> Started:
        """Start a connector's sandbox and read its ready line (one JSON object on a line)."""
        state = self.folder / name
        arguments = [module, "--port", "0", "--state", str(state), "--until-stdin-closes", *options]
        started = self.start(name, arguments)
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end:
            for line in started.log.read_text(encoding="utf-8", errors="replace").splitlines()[::-1]:
                if line.startswith("{"):
                    told = json.loads(line)
                    if told.get("pid", started.process.pid) == started.process.pid:
                        started.ready = told
                        return started
            self._check(started)
            time.sleep(0.03)
        raise NotReady(f"{name} did not get ready: {started.tail()}")

    def wait_for_http(self, started: Started, url: str) -> None:
        """Wait until an address answers 200."""
        end = time.monotonic() + READY_SECONDS
        while time.monotonic() < end:
            with contextlib.suppress(httpx.HTTPError):
                if httpx.get(url, timeout=2.0).status_code == 200:
                    return
            self._check(started)
            time.sleep(0.05)
        raise NotReady(f"{started.name} did not get ready: {started.tail()}")

    def _check(self, started: Started) -> None:
        if started.process.poll() is not None:
            raise NotReady(f"{started.name} ended by itself: {started.tail()}")

    def stop_all(self) -> None:
        while self.running:
            self.running.pop().stop()
