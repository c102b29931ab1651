"""Hold the boards against what a rebuild would give. An order whose feed row still waits is not behind yet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from tuidan.store import connection
from tuidan.store.audit.difference import Difference
from tuidan.store.boards.project import lines_of

KEPT_ORDERS = """
SELECT order_id, version, buyer_id, seller_id, listing_id, title, goods_kind, status, to_deliver, alarm, price_fen,
    refund_fen, refunded_fen, placed_at, misoperations FROM boards_order WHERE order_id = ANY(%s)
"""
KEPT_CASES = """
SELECT order_id, case_n, version, seller_id, title, goods_kind, unit, reason, status, route, amount_fen, due_at,
    opened_at, waits_for, appraiser_id FROM boards_case WHERE order_id = ANY(%s)
"""
KEPT_QUESTIONS = """
SELECT order_id, unit, version, seller_id, title, goods_kind, status, due_at FROM boards_question
WHERE order_id = ANY(%s)
"""
WAITING = "SELECT DISTINCT order_id FROM orders_outbox WHERE order_id = ANY(%s) AND kind = 'feed'"
BOARD_IDS = """
SELECT order_id FROM (SELECT order_id FROM boards_order UNION SELECT order_id FROM boards_case
    UNION SELECT order_id FROM boards_question) b
WHERE order_id > %s ORDER BY order_id LIMIT %s
"""
KNOWN = "SELECT order_id FROM orders_order WHERE order_id = ANY(%s)"
ORDER_COLUMNS = (
    KEPT_ORDERS[KEPT_ORDERS.index("order_id") : KEPT_ORDERS.index("FROM")].replace(",", " ").split()
)
CASE_COLUMNS = KEPT_CASES[KEPT_CASES.index("order_id") : KEPT_CASES.index("FROM")].replace(",", " ").split()
QUESTION_COLUMNS = (
    KEPT_QUESTIONS[KEPT_QUESTIONS.index("order_id") : KEPT_QUESTIONS.index("FROM")].replace(",", " ").split()
)
KEY_COLUMNS = frozenset({"order_id", "case_n"})
# Orders, cases and questions stand under one key: a case as its number, a question as its unit below zero.
Key = tuple[UUID, int]


def find_board_differences(page: list[UUID]) -> Iterator[Difference]:
    """What a rebuild would change on the boards of these orders."""
    waiting = {order_id for (order_id,) in connection.fetch_all(WAITING, (page,))}
    ids = [order_id for order_id in page if order_id not in waiting]
    try:
        orders, cases, questions = lines_of(ids)
    except (LookupError, ValueError, TypeError, AttributeError) as error:
        # an edited history may replay and still make no line; it must not hide the others of its page
        if len(ids) == 1:
            yield Difference(ids[0], "event_unfit", 0, {"why": f"{type(error).__name__}: {error}"})
        else:
            for order_id in ids:
                yield from find_board_differences([order_id])
        return
    wanted: dict[Key, dict[str, object]] = {(UUID(str(line["order_id"])), 0): line for line in orders}
    wanted |= {(UUID(str(line["order_id"])), int(str(line["case_n"]))): line for line in cases}
    wanted |= {(UUID(str(line["order_id"])), -int(str(line["unit"]))): line for line in questions}
    kept: dict[Key, dict[str, object]] = {
        (row[0], 0): dict(zip(ORDER_COLUMNS, row, strict=True))
        for row in connection.fetch_all(KEPT_ORDERS, (ids,))
    }
    kept |= {
        (row[0], row[1]): dict(zip(CASE_COLUMNS, row, strict=True))
        for row in connection.fetch_all(KEPT_CASES, (ids,))
    }
    kept |= {
        (row[0], -row[1]): dict(zip(QUESTION_COLUMNS, row, strict=True))
        for row in connection.fetch_all(KEPT_QUESTIONS, (ids,))
    }
    for order_id, n in sorted(wanted.keys() | kept.keys()):
        have, want = kept.get((order_id, n)), wanted.get((order_id, n))
        if have is None:
            yield Difference(order_id, "board_missing", n)
        elif want is None:
            yield Difference(order_id, "board_added", n)
        else:
            for name in sorted(want.keys() - KEY_COLUMNS):
                if _plain(have[name]) != _plain(want[name]):
                    data = {"column": name, "kept": _plain(have[name]), "wanted": _plain(want[name])}
                    yield Difference(order_id, "board_differs", n, data)


def find_strays(page_ids_max: int) -> Iterator[Difference]:
    """Lines of orders that do not exist."""
    last = UUID(int=0)
    while page := [order_id for (order_id,) in connection.fetch_all(BOARD_IDS, (last, page_ids_max))]:
        known = {order_id for (order_id,) in connection.fetch_all(KNOWN, (page,))}
        yield from (Difference(order_id, "board_added") for order_id in page if order_id not in known)
        last = page[-1]


def _plain(value: object) -> object:
    """A value of a row and a JSON-ready one in the same form."""
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, datetime):
        return value.timestamp()
    if isinstance(value, str) and len(value) >= 25 and value[4:5] == "-" and value[10:11] == "T":
        return datetime.fromisoformat(value).timestamp()
    return value
