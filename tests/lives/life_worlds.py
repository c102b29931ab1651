"""Two worlds in which an order can live: the domain alone, and the real commands on PostgreSQL."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Protocol
from uuid import UUID, uuid4

import pure_orders
import shopfloor
from money_steps import arrive, second_steps
from tuidan.commands import dispute, funds, order, payment, refund
from tuidan.commands.runner import Outcome, envelop, run
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.decide import refusal_of
from tuidan.domain.ledger import fold
from tuidan.domain.order import Order
from tuidan.domain.service import ServiceTerms
from tuidan.store.audit.run import audit_page
from tuidan.store.boards.project import project
from tuidan.store.log.append import append_heads
from tuidan.store.orders.claim import finish_outbox
from tuidan.store.orders.load import load_order

BUYER_ASKS = (
    c.StartPayment,
    c.RequestRefund,
    c.WithdrawRequest,
    c.RevealCode,
    c.ConfirmReceipt,
    c.CallPlatform,
)
# Long after every life: whatever waits is due.
LATE = 10**8
Answer = tuple[list[e.Event], str]
# Who acts in a case; everything else is a machine's word.
APPRAISER = c.Actor("appraiser", str(UUID(int=0xA << 120)))
ACTORS: dict[type, c.Actor] = {
    c.WithdrawRequest: pure_orders.ASKER,
    c.CallPlatform: pure_orders.ASKER,
    c.DecideCase: pure_orders.REVIEWER,
    c.AssignAppraiser: pure_orders.REVIEWER,
    c.AcceptAppraisal: APPRAISER,
    c.ReportAppraisal: APPRAISER,
}


class World(Protocol):
    """Where the life takes place; times are seconds after the placing. `name` is unlike any other's."""

    name: str

    def do(self, command: c.Command, seconds: int) -> Answer: ...
    def again(self) -> Answer: ...
    def state(self) -> Order: ...
    def recover(self, refund: int, seconds: int) -> None: ...
    def end(self) -> list[object]: ...


class PureWorld:
    """Decide and evolve only."""

    def __init__(self, kind: str, prices: int, quantity: int, settlement: str, issuer: str) -> None:
        terms = {
            "card_code": pure_orders.TERMS,
            "top_up": pure_orders.TOP_UP,
            "service": pure_orders.SERVICE,
        }[kind]
        terms = replace(terms, price_fen=prices, settlement=settlement, issuer=issuer)
        if kind == "service":
            terms = replace(terms, service=ServiceTerms("custom_work"))
        self.order = pure_orders.placed_order(terms, quantity)
        self.last: Answer = ([], "")
        self.name = "pure"

    def do(self, command: c.Command, seconds: int) -> Answer:
        events = self.order.do(command, seconds, ACTORS.get(type(command), pure_orders.MACHINE))
        refusal = refusal_of(events)
        self.last = (events, refusal.code if refusal else "")
        return self.last

    def again(self) -> Answer:
        return self.last

    def state(self) -> Order:
        return self.order.order()

    def recover(self, refund: int, seconds: int) -> None:
        """The seller's book gave all of the advance; said twice, as after a crash."""
        told = c.RecordRecovery(refund, self.state().refunds[refund - 1].laid_fen, 0)
        for _ in range(2):
            self.order.do(told, seconds)

    def end(self) -> list[object]:
        """What is not as it must be: the totals against the postings, kept apart from the state."""
        totals = self.order.order().totals
        return [] if fold(self.order.postings) == totals else [totals]


class RealWorld:
    """The product's commands with their keys on the real database; `end` projects the boards and audits."""

    def __init__(self, kind: str, prices: int, quantity: int, settlement: str, issuer: str) -> None:
        fields: dict[str, object] = {"price_fen": prices, "settlement": settlement, "issuer": issuer}
        if kind == "top_up":
            fields = shopfloor.TOP_UP | fields
        elif kind == "service":
            fields |= {
                "goods_kind": "service",
                "delivery_mode": "manual",
                "stock_kind": "",
                "promised_seconds": 86_400,
                "service": {"type": "custom_work"},
            }
        self.bought = shopfloor.placed(quantity, "13800000000" if kind == "top_up" else "", **fields)
        self.last: Callable[[], Outcome] | None = None
        self.name = str(self.bought.id)

    def do(self, command: c.Command, seconds: int) -> Answer:
        self.last = self._call(command, str(uuid4()), shopfloor.later(seconds))
        return self.again()

    def again(self) -> Answer:
        """The same command with the same key once more."""
        if self.last is None:
            return [], ""
        outcome = self.last()
        return outcome.events, outcome.refusal.code if outcome.refusal else ""

    def _call(self, command: c.Command, key: str, now: datetime) -> Callable[[], Outcome]:
        it = self.bought
        if isinstance(command, c.RecordPayment):
            return lambda: payment.record_payment(it.id, command, now, {})
        if isinstance(command, c.RecordRefund):
            return lambda: refund.record_refund(it.id, command, now)
        if isinstance(command, c.RequestRefund):
            return lambda: dispute.request_refund(
                it.id, it.buyer, command.unit, command.reason, key, now, command.amount_fen
            )
        if isinstance(command, c.DecideCase):
            return lambda: dispute.decide_case(it.id, it.shop, command, key, now)
        if isinstance(command, c.ConfirmReceipt):
            return lambda: order.confirm_receipt(it.id, it.buyer, key, now)
        actor = ACTORS.get(type(command), pure_orders.MACHINE)
        if isinstance(command, BUYER_ASKS):
            actor = c.Actor("buyer", str(it.buyer))
        return lambda: run(it.id, envelop(it.id, command, actor, key, now))

    def state(self) -> Order:
        return load_order(self.bought.id)[0]

    def recover(self, refund: int, seconds: int) -> None:
        """The released money reaches the seller's book, which gives back what was laid out."""
        now = shopfloor.later(seconds)
        arrive(self.bought, now)
        assert funds.recover(self.bought.id, refund, now) == 0

    def end(self) -> list[object]:
        second_steps(self.bought, LATE)
        project([self.bought.id])
        append_heads([self.bought.id])
        feed = shopfloor.rows(
            "SELECT n FROM orders_outbox WHERE order_id = %s AND kind = 'feed'", self.bought.id
        )
        finish_outbox([(self.bought.id, n) for (n,) in feed])
        # the proofs of a life stand for words that nobody wrote
        return [found for found in audit_page([self.bought.id]) if found.what != "words_missing"]
