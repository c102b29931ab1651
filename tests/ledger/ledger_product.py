"""The product as a ledger of the kit: a paid order with its units as coins; taking one is a refund by rule."""

from contextlib import suppress

from django.db import ProgrammingError, connection, transaction
from ledger_kit import APPLIED, COIN, CROWD, REFUSED, REPEATED, Entry

from shopfloor import NOW, TOP_UP, Bought, paid, rows, tamper, tell_paid
from tuidan.commands import dispute
from tuidan.commands.runner import Outcome, TooBusy
from tuidan.domain.events import RefundDecided
from tuidan.domain.order import UNITS_PER_ORDER_MAX
from tuidan.store.audit.read import read_rows
from tuidan.store.audit.replay import replay
from tuidan.store.audit.run import audit_page

NAMES = {"escrow": "held"}


class ProductLedger:
    """Everything goes through the real commands on the real database."""

    coins_max = UNITS_PER_ORDER_MAX

    def open(self, coins: int, coin: int = COIN) -> Bought:
        """Top-ups that are not sent yet: each goes back on request, whole and by rule."""
        return paid(coins, "13800000000", **(TOP_UP | {"price_fen": coin}))

    def take(self, account: Bought, key: int, currency: str = "CNY") -> str:
        if currency != "CNY":
            return REFUSED  # no command has a currency: an order has one, and all it does is in that
        unit = key % UNITS_PER_ORDER_MAX + 1
        outcome = self._ask(account, unit, f"take {key}")
        if not outcome.ok:
            return REFUSED
        assert any(isinstance(event, RefundDecided) for event in outcome.events)
        return REPEATED if outcome.again else APPLIED

    def _ask(self, account: Bought, unit: int, key: str) -> Outcome:
        """Ask until the order had time: two dozen at once may be too many, and then nothing was written."""
        for _ in range(CROWD):
            with suppress(TooBusy):
                return dispute.request_refund(account.id, account.buyer, unit, "no_reason", key, NOW)
        raise TooBusy(str(account.id))

    def balance(self, account: Bought) -> int:
        return int(rows("SELECT escrow_fen FROM orders_order WHERE order_id = %s", account.id)[0][0])

    def taken(self, account: Bought) -> int:
        found = rows("SELECT refunding_fen + refunded_fen FROM orders_order WHERE order_id = %s", account.id)
        return int(found[0][0])

    def journal(self, account: Bought) -> list[Entry]:
        """An account that is owed grows by credit: seen from the holder, credit is plus."""
        found = rows(
            "SELECT debit, credit, amount_fen, currency FROM orders_posting WHERE order_id = %s ORDER BY n",
            account.id,
        )
        return [
            Entry(((NAMES.get(debit, debit), -amount), (NAMES.get(credit, credit), amount)), currency)
            for debit, credit, amount, currency in found
        ]

    def numbers(self, account: Bought) -> list[int]:
        return [n for (n,) in rows("SELECT n FROM orders_event WHERE order_id = %s ORDER BY n", account.id)]

    def rebuild(self, account: Bought) -> int:
        (stored,) = read_rows([account.id])
        return replay(stored.events).order.totals.escrow

    def put_right(self, account: Bought) -> None:
        """The buyer pays a second time by mistake; it is booked, and goes back by lines of its own."""
        numbers = rows(
            "SELECT min(n) FROM orders_attempt WHERE order_id = %s AND kind = 'payment'", account.id
        )
        tell_paid(account, int(numbers[0][0]), 77)

    def change_a_line(self, account: Bought) -> None:
        with suppress(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE orders_posting SET amount_fen = 1 WHERE order_id = %s", [account.id])

    def forge(self, account: Bought) -> None:
        tamper(
            "UPDATE orders_event SET body = convert_to(replace(convert_from(body, 'UTF8'), '100', '1'), 'UTF8') "
            "WHERE order_id = %s AND kind = 'refund_decided'",
            account.id,
        )

    def is_whole(self, account: Bought) -> bool:
        return audit_page([account.id]) == []
