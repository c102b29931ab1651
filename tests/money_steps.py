"""The second steps of money for one order, done as the worker does them, and looks into the books."""

from datetime import datetime
from uuid import UUID

from shopfloor import NOW, Bought, later, rows
from tuidan.commands import funds
from tuidan.commands.outside import Outside
from tuidan.domain import effects
from tuidan.domain.books.accounts import BookTotals
from tuidan.domain.books.book import FUND_ID, Item
from tuidan.store.books.load import load_book
from tuidan.store.orders import claim
from tuidan.store.orders.claim import Work
from tuidan.worker.effects import do_effect

ALONE = Outside(public_url="", call_seconds=1, channels={}, suppliers={}, issuers={})
KINDS = (effects.HOLD_FUNDS, effects.RECOVER_ADVANCE, effects.CHARGE_DEPOSIT, effects.SETTLE_RECALL)


def waiting(bought: Bought) -> list[str]:
    """The money steps of an order that are still to be done."""
    found = rows("SELECT kind FROM orders_outbox WHERE order_id = %s ORDER BY n", bought.id)
    return [kind for (kind,) in found if kind in (*KINDS, effects.SETTLE_SELLER)]


def arrive(bought: Bought, now: datetime = NOW, *, die_before_the_end: bool = False) -> None:
    """What the order released reaches its seller's book."""
    found = rows(
        "SELECT n, target FROM orders_outbox WHERE order_id = %s AND kind = 'settle_seller'", bought.id
    )
    funds.take_in([(bought.id, int(target)) for _, target in found], now)
    if not die_before_the_end:
        claim.finish_outbox([(bought.id, int(n)) for n, _ in found])


def second_steps(bought: Bought, seconds: float = 0) -> None:
    """Arrivals first, then every other step that is due, until nothing is."""
    now = later(seconds)
    for _ in range(5):
        arrive(bought, now)
        due = rows(
            "SELECT order_id, n, kind, target, due_at, tries FROM orders_outbox WHERE order_id = %s "
            "AND kind = ANY(%s) AND due_at <= %s AND (lease_until IS NULL OR lease_until <= %s) ORDER BY n",
            bought.id,
            list(KINDS),
            now,
            now,
        )
        if not due:
            return
        for row in due:
            assert do_effect(Work(*row), ALONE, lambda: now)


def book(owner: UUID) -> BookTotals:
    return load_book(owner)[0].totals


def drawn(bought: Bought, what: str, n: int) -> Item:
    """The fund's line about a refund or a recall of the order."""
    key = (what, str(bought.id), n)
    return load_book(FUND_ID, [key])[0].items.get(key, Item())
