"""What answers requests ends with what started it."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from tuidan.site.parent import end_with_parent

# A starter that has one child, as the server has: the child says that it lives, then waits.
STARTER = """
import multiprocessing, time
from tuidan.site.parent import end_with_parent

def answer(said):
    end_with_parent()
    said.put(multiprocessing.current_process().pid)
    time.sleep(60)

if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    said = context.Queue()
    context.Process(target=answer, args=(said,)).start()
    print(said.get(), flush=True)
    time.sleep(60)
"""


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_child_ends_when_its_parent_is_killed(how: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", STARTER], stdout=subprocess.PIPE, text=True) as starter:
        assert starter.stdout is not None
        child = psutil.Process(int(starter.stdout.readline()))
        assert child.is_running()
        os.kill(starter.pid, how)
        end = time.monotonic() + 20
        while child.is_running() and child.status() != psutil.STATUS_ZOMBIE and time.monotonic() < end:
            time.sleep(0.1)
        assert not child.is_running() or child.status() == psutil.STATUS_ZOMBIE


def test_a_process_that_nobody_forked_watches_nobody() -> None:
    assert multiprocessing.parent_process() is None
    before = psutil.Process().num_threads()
    end_with_parent()
    assert psutil.Process().num_threads() == before
