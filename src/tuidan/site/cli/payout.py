"""`tuidan payout` and `tuidan recall`: money by bank in two persons' hands, and money that went out wrongly."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import click

from tuidan.commands.order import NoSuchOrder
from tuidan.commands.payout import act_on_payout
from tuidan.commands.recall import recall_refund, record_repayment
from tuidan.commands.runner import Outcome
from tuidan.domain import commands as c
from tuidan.site.cli.database import with_database
from tuidan.site.cli.operators import must, operator_of, operator_option

order_argument = click.argument("order_id", type=click.UUID)
number_argument = click.argument("n", type=int)
reference_option = click.option("--reference", required=True, help="The bank's reference.")
why_option = click.option("--why", required=True, help="Kept with the order.")


@click.group()
def payout() -> None:
    """Money that goes to a buyer by bank: entered by one operator, confirmed by another."""


@payout.command()
@order_argument
@number_argument
@reference_option
@operator_option
@with_database
def enter(order_id: UUID, n: int, reference: str, email: str) -> None:
    """Payment N of ORDER_ID was made at the bank."""
    _step(order_id, c.EnterPayout(n, reference), email)


@payout.command()
@order_argument
@number_argument
@operator_option
@with_database
def confirm(order_id: UUID, n: int, email: str) -> None:
    """Payment N of ORDER_ID stands in the bank's records; not by the person who entered it."""
    _step(order_id, c.ConfirmPayout(n), email)


@payout.command()
@order_argument
@number_argument
@why_option
@operator_option
@with_database
def fail(order_id: UUID, n: int, why: str, email: str) -> None:
    """Payment N of ORDER_ID did not go through; the buyer is asked for the account again."""
    _step(order_id, c.FailPayout(n, why), email)


@payout.command()
@order_argument
@number_argument
@operator_option
@with_database
def reroute(order_id: UUID, n: int, email: str) -> None:
    """Send refund N of ORDER_ID by bank, when its channel has refused to the end."""
    _step(order_id, c.RerouteRefund(n), email)


@click.group()
def recall() -> None:
    """Money that went to a buyer wrongly."""


@recall.command("refund")
@order_argument
@number_argument
@click.option(
    "--fen", type=click.IntRange(min=0), default=0, help="Only so much of it; all when it is not given."
)
@click.option("--version", "seen", type=int, required=True, help="The order's version that you judged on.")
@why_option
@operator_option
@with_database
def recall_one(order_id: UUID, n: int, fen: int, seen: int, why: str, email: str) -> None:
    """Refund N of ORDER_ID was wrong: the seller is paid by the fund, the buyer owes it."""
    who, now = operator_of(email), datetime.now(UTC)
    command = c.RecallRefund(n, fen, why, seen)
    _tell(lambda: recall_refund(order_id, who, command, f"recall:{n}:{now.timestamp()}", now), order_id)


@recall.command()
@order_argument
@number_argument
@click.argument("fen", type=click.IntRange(min=1))
@reference_option
@operator_option
@with_database
def repaid(order_id: UUID, n: int, fen: int, reference: str, email: str) -> None:
    """The buyer repaid FEN of recall N of ORDER_ID; the same reference is booked once."""
    who = operator_of(email)
    command = c.RecordRepayment(n, fen, reference)
    _tell(
        lambda: record_repayment(order_id, who, command, f"repaid:{reference}", datetime.now(UTC)), order_id
    )


def _step(
    order_id: UUID, command: c.EnterPayout | c.ConfirmPayout | c.FailPayout | c.RerouteRefund, email: str
) -> None:
    who, now = operator_of(email), datetime.now(UTC)
    key = f"{type(command).__name__}:{now.timestamp()}"
    _tell(lambda: act_on_payout(order_id, who, command, key, now), order_id)


def _tell(act: Callable[[], Outcome], order_id: UUID) -> None:
    try:
        outcome = act()
    except NoSuchOrder:
        raise click.ClickException(f"there is no order {order_id}; copy the number from its page.") from None
    must(outcome.refusal)
    click.echo("recorded")


COMMANDS = (payout, recall)
