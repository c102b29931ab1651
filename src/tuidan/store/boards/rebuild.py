"""Drop the boards and build them again from the orders, or compare them with what a rebuild would give."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

import orjson

from tuidan.store import connection
from tuidan.store.boards.project import ROWS_MAX, lines_of, project

NEXT_IDS = "SELECT order_id FROM orders_order WHERE order_id > %s ORDER BY order_id LIMIT %s"
KEPT_ORDERS = "SELECT order_id, row_to_json(b)::text FROM boards_order b WHERE order_id = ANY(%s)"
KEPT_CASES = "SELECT order_id, case_n, row_to_json(b)::text FROM boards_case b WHERE order_id = ANY(%s)"
TIMES = ("placed_at", "due_at", "opened_at")


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
    connection.run("DELETE FROM boards_case", ())
    connection.run("DELETE FROM boards_order", ())
    done = 0
    for page in order_ids():
        project(page)
        done += len(page)
        progress(done)
    return done


def find_differences(page: list[UUID]) -> list[str]:
    """Where the boards differ from a rebuild, for one page of orders; a line that is behind counts too."""
    orders, cases = lines_of(page)
    kept = {(str(oid), 0): row for oid, row in connection.fetch_all(KEPT_ORDERS, (page,))}
    kept |= {(str(oid), n): row for oid, n, row in connection.fetch_all(KEPT_CASES, (page,))}
    wanted = {(str(line["order_id"]), 0): line for line in orders}
    wanted |= {(str(line["order_id"]), int(str(line["case_n"]))): line for line in cases}
    found = [f"{oid} case {n}: not on the board" for oid, n in sorted(wanted.keys() - kept.keys())]
    found += [f"{oid} case {n}: on the board only" for oid, n in sorted(kept.keys() - wanted.keys())]
    for key in sorted(wanted.keys() & kept.keys()):
        have, want = _plain(orjson.loads(kept[key])), _plain(wanted[key])
        for name, value in want.items():
            if name != "version" and have.get(name) != value:
                found.append(f"{key[0]} case {key[1]}: {name} is {have.get(name)!r}, not {value!r}")
    return found


def _plain(line: dict[str, object]) -> dict[str, object]:
    return {name: str(value)[:19] if name in TIMES and value else value for name, value in line.items()}
