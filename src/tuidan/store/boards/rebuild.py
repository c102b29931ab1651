"""Drop the boards and build them again from the orders. `store/audit` compares them with what this would give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

from tuidan.store import connection
from tuidan.store.boards.project import ROWS_MAX, project

NEXT_IDS = "SELECT order_id FROM orders_order WHERE order_id > %s ORDER BY order_id LIMIT %s"


def order_ids() -> Iterator[list[UUID]]:
    """All orders' ids in bounded pages."""
    last = UUID(int=0)
    while True:
        page = [order_id for (order_id,) in connection.fetch_all(NEXT_IDS, (last, ROWS_MAX))]
        if not page:
            return
        yield page
        last = page[-1]


def rebuild(progress: Callable[[int], None] = lambda done: None) -> int:
    """Empty the boards and project every order; gives how many."""
    connection.run("DELETE FROM boards_question", ())
    connection.run("DELETE FROM boards_case", ())
    connection.run("DELETE FROM boards_order", ())
    done = 0
    for page in order_ids():
        project(page)
        done += len(page)
        progress(done)
    return done
