"""What every story needs at hand: the world, the cast, a client for each person, and the gateway's own books."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from tuidan.commands.clock import wall_now, write_shift
from tuidan.domain.reference import PAYMENT, write_reference
from tuidan.sandbox.client import Client, expect
from tuidan.sandbox.goods import Cast
from tuidan.sandbox.world import World

PAYER = "2088102100000011"


@dataclass(slots=True)
class Stage:
    """One world with its people. `run_tuidan` runs a command of the product's command line and gives its output."""

    world: World
    cast: Cast
    buyer: Client
    reviewer: Client
    run_tuidan: Callable[..., str]
    incident_orders: int
    clock_file: Path

    @property
    def seller(self) -> Client:
        return self.person("seller")

    def person(self, role: str) -> Client:
        """Somebody of the cast, by role."""
        return Client(self.world.url, self.cast.keys[role])

    @contextmanager
    def later(self, span: timedelta) -> Iterator[None]:
        """Inside, the product's clock is ahead by the span; the outside keeps its own time."""
        write_shift(self.clock_file, span)
        try:
            yield
        finally:
            write_shift(self.clock_file, timedelta(0))

    def at(self, moment: datetime) -> AbstractContextManager[None]:
        """Inside, the product's clock stands at the moment and goes on from there."""
        return self.later(moment - wall_now())

    def pay(self, url: str, account: str = PAYER, **options: object) -> dict[str, Any]:
        """Pay at the cashier like a person."""
        return self.world.tell(self.world.alipay, "pay", {"url": url, "account": account, **options})

    def buy(self, listing: str, account: str = "", quantity: int = 1) -> str:
        """Place, pay and wait until it is delivered or failed."""
        order_id = self.buyer.place(self.cast.listings[listing], account, quantity)
        self.pay(self.buyer.cashier(order_id))
        self.buyer.wait_delivered(order_id)
        return order_id

    def trade(self, order_id: str, attempt: int = 1) -> dict[str, Any]:
        """The gateway's own view of the order's payment: what was refunded, how often."""
        reference = write_reference(UUID(order_id), PAYMENT, attempt)
        found = self.world.ask(self.world.alipay, f"?reference={reference}")["trades"]
        assert isinstance(found, list)
        return found[0]

    def balance_fen(self, account: str = PAYER) -> int:
        """What lies in a payer's account at the gateway."""
        accounts = self.world.ask(self.world.alipay)["accounts"]
        assert isinstance(accounts, list)
        return next(int(row["balance_fen"]) for row in accounts if row["user_id"] == account)

    def expect_one_refund(self, order_id: str, amount_fen: int) -> None:
        """Exactly one refund of exactly this amount was executed at the gateway."""
        trade = self.trade(order_id)
        expect(trade["refunds_executed"] == 1, f"the gateway executed {trade['refunds_executed']} refunds")
        expect(trade["refunded_fen"] == amount_fen, f"the gateway refunded {trade['refunded_fen']} fen")

    def activate(self, code: str, shown_at: datetime, seconds_after: int, by: str) -> None:
        """Let the issuer have the code activated some seconds after (or before) a moment, by an account."""
        at = shown_at + timedelta(seconds=seconds_after)
        told: dict[str, object] = {
            "code": code,
            "status": "activated",
            "activated_at": int(at.timestamp() * 1000),
        }
        if by:
            told["activated_by"] = by
        self.world.tell(self.world.issuer, "code", told)


def revealed_at(order: dict[str, Any], unit: int = 1) -> datetime:
    return datetime.fromisoformat(order["units"][unit - 1]["revealed_at"])
