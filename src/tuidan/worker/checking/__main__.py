"""The checking process: waits for files, forks once for each, ends one that takes too long, tells what became of it.

Everything is loaded before the first file comes, so a fork costs milliseconds. It speaks over one socket with the
worker that started it, and ends when that is closed.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from typing import Any

import orjson

from tuidan.worker.checking.job import do_job

LINE_MAX = 4096
PAUSE_SECONDS = 0.002


def serve(line: socket.socket) -> None:
    """Answer one file after the other until the other end closes."""
    while True:
        data, files, _, _ = socket.recv_fds(line, LINE_MAX, 3)
        if not data:
            return
        told = orjson.loads(data)
        child = os.fork()
        if not child:
            line.close()
            os._exit(_in_child(told, files))
        for descriptor in files:
            os.close(descriptor)
        line.sendall(orjson.dumps(_wait(child, float(told["wall"]))) + b"\n")


def _in_child(told: dict[str, Any], files: list[int]) -> int:
    try:
        do_job(told, files)
    except BaseException as error:  # the exit code is the answer
        sys.stderr.write(f"{type(error).__name__}: {str(error)[:200]}\n")
        return 1
    return 0


def _wait(child: int, wall_seconds: float) -> dict[str, object]:
    """How the child ended: `done`, `slow` or `died`; what it used."""
    until, how = time.monotonic() + wall_seconds, "died"
    began = time.monotonic()
    while True:
        ended, status, used = os.wait4(child, os.WNOHANG)
        if ended:
            break
        if time.monotonic() > until:
            how = "slow"
            os.kill(child, signal.SIGKILL)
            _, status, used = os.wait4(child, 0)
            break
        time.sleep(PAUSE_SECONDS)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0:
        how = "done"
    elif os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGXCPU:
        how = "slow"
    return {
        "how": how,
        "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
        "cpu": used.ru_utime + used.ru_stime,
        "seconds": time.monotonic() - began,
        "memory": used.ru_maxrss * 1024,
    }


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for the worker, which then closes the line
    serve(socket.socket(fileno=int(sys.argv[1])))
