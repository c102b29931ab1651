"""Some clients that do one thing as often as they can, all from the same moment on.

They are threads of two processes, as the product's own server has two workers with four threads each.
"""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier

from django.db import connections

CLIENTS = 8
PROCESSES = 2
WARM_UPS = 60
START_SECONDS_MAX = 60.0
Step = Callable[[int], None]
CONTEXT = get_context("fork")


class ClientFailed(RuntimeError):
    """A client process ended with an error; the message is what it said."""


def race(step: Step, count: int, clients: int = CLIENTS) -> float:
    """Let `clients` threads of PROCESSES processes share the steps 0 … count-1, and give steps a second.

    The first WARM_UPS steps of each client are not counted: they open its connection, prepare its statements and
    make the pages its own that a forked process shares at first.
    """
    begin = CONTEXT.Barrier(clients)
    shares = [range(client, count, clients) for client in range(clients)]
    return sum(_answers([_started(_together(step, shares[n::PROCESSES], begin)) for n in range(PROCESSES)]))


def in_child(work: Callable[[], float]) -> float:
    """What `work` gives in a process of its own."""
    return _answers([_started(work)])[0]


def _together(step: Step, shares: Sequence[range], begin: Barrier) -> Callable[[], float]:
    """The work of one process: a thread for each share."""

    def work() -> float:
        with ThreadPoolExecutor(len(shares)) as threads:
            return sum(threads.map(lambda numbers: _carry_out(step, numbers, begin), shares))

    return work


def _carry_out(step: Step, numbers: range, begin: Barrier) -> float:
    """One client's steps; gives how many a second it did after its warm-up."""
    try:
        for i in numbers[:WARM_UPS]:
            step(i)
    except BaseException:
        begin.abort()
        raise
    begin.wait(START_SECONDS_MAX)
    since = time.perf_counter()
    for i in numbers[WARM_UPS:]:
        step(i)
    return len(numbers[WARM_UPS:]) / (time.perf_counter() - since)


def _started(work: Callable[[], float]) -> Connection:
    """Fork a child for the work; gives the line on which its answer comes."""
    connections.close_all()  # a child must not talk on its parent's line
    here, there = CONTEXT.Pipe(duplex=False)
    CONTEXT.Process(target=_run, args=(work, there)).start()
    there.close()
    return here


def _answers(running: list[Connection]) -> list[float]:
    told: list[float] = []
    failed: list[str] = []
    for here in running:
        try:
            said = here.recv()
        except EOFError:
            said = "a client ended without a word"
        (failed if isinstance(said, str) else told).append(said)
        here.close()
    for child in CONTEXT.active_children():
        child.join()
    if failed:
        raise ClientFailed(next((said for said in failed if "BrokenBarrier" not in said), failed[0]))
    return told


def _run(work: Callable[[], float], there: Connection) -> None:
    gc.freeze()  # what the parent made is shared as long as nobody walks over it
    try:
        there.send(work())
    except BaseException as error:
        there.send(f"{type(error).__name__}: {error}")
    finally:
        there.close()
        os._exit(0)  # nothing of the parent's may be cleaned up by a child
