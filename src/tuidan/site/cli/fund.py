"""`tuidan fund`: the platform's advance fund: what it holds, its limits, its statement (S-127)."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from tuidan.commands.fund import set_limit
from tuidan.domain.money import format_yuan
from tuidan.reads.seller_account import fund_statement, fund_view
from tuidan.site.cli.database import with_database
from tuidan.site.cli.operators import must, operator_of, operator_option
from tuidan.site.cli.seller import EPOCH, print_statement


@click.group()
def fund() -> None:
    """The fund that pays buyers at once where the seller has the money. Amounts are fen."""


@fund.command()
@with_database
def show() -> None:
    """Limit, what is left, laid out and borne."""
    view = fund_view()
    for name in ("limit", "available", "out", "borne"):
        click.echo(f"{name:10} {format_yuan(getattr(view, f'{name}_fen'))}")
    click.echo(f"one order  {format_yuan(view.order_fen_max)}")


@fund.command()
@click.argument("fen", type=click.IntRange(min=0))
@click.option(
    "--one-order", "order_fen_max", type=click.IntRange(min=0), required=True, help="Most for one order."
)
@click.option("--why", required=True, help="Kept with the change.")
@operator_option
@with_database
def limit(fen: int, order_fen_max: int, why: str, email: str) -> None:
    """Let the fund lay out at most FEN in all. Never below what is out or borne already."""
    now = datetime.now(UTC)
    outcome = set_limit(fen, order_fen_max, why, operator_of(email), f"limit:{now.timestamp()}", now)
    must(outcome.refusal)
    click.echo("set")


@fund.command()
@with_database
def statement() -> None:
    """Every line since the first limit."""
    print_statement(fund_statement(EPOCH, datetime.now(UTC)))


COMMANDS = (fund,)
