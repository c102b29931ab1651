"""Ask the advance fund before an order is told, and settle with it afterwards (ADR money-along-the-way).

A draw is idempotent by order and refund, and strictly within the limit. A draw whose order never came to use it is
given back by `give_back_orphans`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tuidan.commands.books import run_on_book
from tuidan.domain import events as e
from tuidan.domain.books import commands as q
from tuidan.domain.books.book import FUND_ID
from tuidan.domain.commands import Actor
from tuidan.domain.order import Order
from tuidan.store.books.load import open_draws
from tuidan.store.orders.load import NoSuchOrder, load_order

WORKER = Actor("worker")
ORPHANS_MAX = 200


def draws_of(order_id: UUID, events: Sequence[e.Event]) -> list[q.Draw]:
    """What these events, not yet written, need of the fund."""
    text = str(order_id)
    found = []
    for event in events:
        if isinstance(event, e.RefundDecided) and event.from_advance_fen:
            found.append(q.Draw(text, "advance", event.refund, event.from_advance_fen))
        elif isinstance(event, e.MoneyRecalled):
            found.append(q.Draw(text, "recall", event.recall, event.amount_fen))
    return found


def lay_out(draws: Sequence[q.Draw], now: datetime) -> bool:
    """Draw all of it; False when the fund has too little. What was drawn for nothing comes back as an orphan."""
    return all(run_on_book(FUND_ID, draw, WORKER, now).ok for draw in draws)


def settle(order: Order, what: str, n: int, order_id: UUID, now: datetime) -> None:
    """Bring the fund's line up to what the order says of refund or recall n; a number it never used gives all back."""
    run_on_book(FUND_ID, _settlement(order, what, n, str(order_id)), WORKER, now)


def _settlement(order: Order, what: str, n: int, order_id: str) -> q.SettleDraw:
    if what == "advance" and n <= len(order.refunds):
        refund = order.refunds[n - 1]
        return q.SettleDraw(order_id, what, n, refund.laid_fen, refund.back_fen, refund.borne_fen)
    if what == "recall" and n <= len(order.recalls):
        recall = order.recalls[n - 1]
        return q.SettleDraw(order_id, what, n, recall.amount_fen, recall.repaid_fen)
    return q.SettleDraw(order_id, what, n, 0)


def give_back_orphans(before: datetime, now: datetime) -> int:
    """Settle draws that were made before `before` and are out still; gives how many were looked at."""
    draws = open_draws(FUND_ID, before, ORPHANS_MAX)
    for order_id, what, n in draws:
        try:
            order = load_order(order_id)[0]
        except NoSuchOrder:
            order = Order()
        settle(order, what, n, order_id, now)
    return len(draws)
