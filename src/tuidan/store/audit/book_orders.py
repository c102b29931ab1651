"""Hold what passed between orders and books against both sides: arrivals, holds, claims, draws, compensations.

An order whose money step still waits in its outbox is on the way, and is not compared yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from uuid import UUID

from tuidan.domain.books.book import FUND_ID
from tuidan.domain.effects import CHARGE_DEPOSIT, HOLD_FUNDS, RECOVER_ADVANCE, SETTLE_RECALL, SETTLE_SELLER
from tuidan.domain.order import Order
from tuidan.store import connection
from tuidan.store.audit.difference import Difference

MONEY_STEPS = [SETTLE_SELLER, HOLD_FUNDS, RECOVER_ADVANCE, CHARGE_DEPOSIT, SETTLE_RECALL]
WAITING = "SELECT DISTINCT order_id FROM orders_outbox WHERE order_id = ANY(%s) AND kind = ANY(%s)"
ITEMS = """
SELECT owner_id, order_id, what, n, given_fen, open_fen, borne_fen FROM books_item WHERE order_id = ANY(%s)
"""
LINES = """
SELECT owner_id, order_id, debit, credit, sum(amount_fen)::bigint FROM books_posting WHERE order_id = ANY(%s)
GROUP BY owner_id, order_id, debit, credit
"""
CLAIMS = ("advance", "compensation")


def find_book_order_differences(orders: Iterable[tuple[UUID, Order]]) -> Iterator[Difference]:
    """What an order says it gave to, or has from, its seller's book and the fund, and these do not say so."""
    known = dict(orders)
    ids = list(known)
    waiting = {order_id for (order_id,) in connection.fetch_all(WAITING, (ids, MONEY_STEPS))}
    have: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    lines: dict[UUID, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for owner, order_id, what, _, given, open_fen, borne in connection.fetch_all(ITEMS, (ids,)):
        _count_item(have[order_id], owner == FUND_ID, what, given, open_fen, borne)
    for _, order_id, debit, credit, amount in connection.fetch_all(LINES, (ids,)):
        lines[order_id][debit] -= amount
        lines[order_id][credit] += amount
    for order_id, order in known.items():
        yield from _by_lines(order_id, have[order_id], lines[order_id])
        if order_id not in waiting:
            yield from _by_order(order_id, order, have[order_id])


def _count_item(
    sums: dict[str, int], at_fund: bool, what: str, given: int, open_fen: int, borne: int
) -> None:
    if at_fund:
        sums[f"out:{what}"] += open_fen
        sums["borne"] += borne
    elif what in CLAIMS:
        sums[f"taken:{what}"] += given - open_fen - borne
        sums["owed"] += open_fen
    else:
        sums[what] += open_fen if what == "hold" else given


def _by_lines(order_id: UUID, have: dict[str, int], lines: dict[str, int]) -> Iterator[Difference]:
    """The items of a book are sums of its lines."""
    pairs = (
        ("arrival", -lines["orders"]),
        ("hold", lines["held"]),
        ("owed", -lines["owed"]),
        ("out", -lines["out"]),
        ("borne", -lines["borne"]),
    )
    found = dict(have) | {"out": have["out:advance"] + have["out:recall"]}
    for name, wanted in pairs:
        if found.get(name, 0) != wanted:
            data = {"what": name, "kept": found.get(name, 0), "wanted": wanted}
            yield Difference(order_id, "book_order_differs", 0, data)


def _by_order(order_id: UUID, order: Order, have: dict[str, int]) -> Iterator[Difference]:
    """What the order itself says."""
    pairs = {
        "arrival": order.totals.released + sum(refund.back_fen for refund in order.refunds),
        "hold": sum(hold.held_fen for hold in order.holds),
        "taken:advance": sum(refund.back_fen for refund in order.refunds),
        "out:advance": sum(refund.owed_fen() for refund in order.refunds),
        "out:recall": sum(recall.left_fen() for recall in order.recalls),
        "taken:compensation": order.totals.charged,
    }
    for name, wanted in pairs.items():
        if have[name] != wanted:
            data = {"what": name, "kept": have[name], "wanted": wanted}
            yield Difference(order_id, "book_order_differs", 0, data)
