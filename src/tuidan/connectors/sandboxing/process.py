"""How a sandbox's process starts and ends. The other side of it is `contract/sandbox_process.py`."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from socketserver import BaseServer


def arguments(program: str, keeps: str) -> argparse.ArgumentParser:
    """The arguments that every sandbox takes; `keeps` says what its state folder holds."""
    parser = argparse.ArgumentParser(prog=program)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument("--state", type=Path, required=True, help=f"folder that keeps {keeps}")
    parser.add_argument("--until-stdin-closes", action="store_true", help="stop when the starter is gone")
    return parser


def kept_credentials(file: Path, make: Callable[[], dict[str, str]]) -> dict[str, str]:
    """The keys in the file; made new where there is none."""
    if file.exists():
        return {name: str(value) for name, value in json.loads(file.read_text()).items()}
    return make()


def keep_credentials(file: Path, keys: Mapping[str, str]) -> None:
    """Write the keys so that only their owner can read them."""
    file.touch(mode=0o600)
    file.write_text(json.dumps(keys, indent=1))


def serve_until_ended(server: BaseServer, ready: Mapping[str, object], until_stdin_closes: bool) -> None:
    """Serve, print the ready line, and come back after SIGTERM, Ctrl-C or (if asked) the end of stdin."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if until_stdin_closes:
        threading.Thread(target=_await_end, args=(stop,), daemon=True).start()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    sys.stdout.write(json.dumps({"ready": True, "pid": os.getpid(), **ready}) + "\n")
    sys.stdout.flush()
    stop.wait()
    server.shutdown()
    server.server_close()


def _await_end(stop: threading.Event) -> None:
    # The starter holds our stdin open; when it is gone, however it ended, so are we.
    while os.read(0, 4096):
        pass
    stop.set()
