"""A process that answers requests ends with the one that started it, even when that one was killed outright."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
import time

LOOK_SECONDS = 1.0
ENDING_SECONDS = 10.0


def end_with_parent() -> None:
    """In a child process: watch for the parent; when it is gone, end as SIGTERM would, and then for certain."""
    if multiprocessing.parent_process() is None:
        return
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(LOOK_SECONDS)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(ENDING_SECONDS)
        os._exit(1)

    threading.Thread(target=watch, daemon=True, name="parent").start()
