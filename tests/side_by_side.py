"""Threads over real connections: many calls at the same moment, a row held by somebody else, a client that dies."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, connections, transaction

R = TypeVar("R")
PATIENCE_SECONDS = 30
BLOCKED = """
SELECT pid FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE %s
"""


def at_once(calls: Sequence[Callable[[], R]]) -> list[R | BaseException]:
    """Run all calls in threads that leave a barrier together; results or exceptions in the order of the calls."""
    barrier = threading.Barrier(len(calls))
    results: list[Any] = [None] * len(calls)

    def run(index: int) -> None:
        try:
            connection.ensure_connection()
            barrier.wait(PATIENCE_SECONDS)
            results[index] = calls[index]()
        except BaseException as error:
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=(index,)) for index in range(len(calls))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(2 * PATIENCE_SECONDS)
    return results


class Elsewhere:
    """A call that runs in a thread of its own; `result` waits for it."""

    def __init__(self, call: Callable[[], Any]) -> None:
        self._found: Any = None
        self._thread = threading.Thread(target=self._run, args=(call,))
        self._thread.start()

    def _run(self, call: Callable[[], Any]) -> None:
        try:
            self._found = call()
        except BaseException as error:
            self._found = error
        finally:
            connections.close_all()

    def result(self) -> Any:
        self._thread.join(PATIENCE_SECONDS)
        assert not self._thread.is_alive(), "the call never came back"
        return self._found


@contextmanager
def order_held(order_id: UUID) -> Iterator[None]:
    """Within the block another transaction, of the tables' owner, holds the order's row."""
    holding, end = threading.Event(), threading.Event()

    def hold() -> None:
        try:
            with transaction.atomic("owner"), connections["owner"].cursor() as cursor:
                cursor.execute("SELECT 1 FROM orders_order WHERE order_id = %s FOR UPDATE", [order_id])
                holding.set()
                end.wait(PATIENCE_SECONDS)
        finally:
            holding.set()
            connections.close_all()

    thread = threading.Thread(target=hold)
    thread.start()
    try:
        assert holding.wait(PATIENCE_SECONDS)
        yield
    finally:
        end.set()
        thread.join(PATIENCE_SECONDS)


def blocked_backends(like: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(BLOCKED, [like])
        return [pid for (pid,) in cursor.fetchall()]


def wait_for_blocked(count: int = 1, like: str = "%orders_append%", but: int = 0) -> list[int]:
    """The server processes, other than `but`, of `count` statements that wait for somebody's lock."""
    for _ in range(int(PATIENCE_SECONDS / 0.005)):
        found = [pid for pid in blocked_backends(like) if pid != but]
        if len(found) >= count:
            return found
        threading.Event().wait(0.005)
    raise AssertionError("nothing waits")
