"""`tuidan seller`: a shop's book: what it has with the platform, deposit in and out, payout, reserve, statement."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import click

from tuidan.commands.books import BookOutcome
from tuidan.commands.seller_account import NoSuchShop, act_on_seller
from tuidan.domain.books import commands as q
from tuidan.domain.money import format_yuan
from tuidan.reads.seller_account import Statement, account_of, statement_of
from tuidan.site.cli.database import with_database
from tuidan.site.cli.operators import must, operator_of, operator_option

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
shop_argument = click.argument("shop_id", type=click.UUID)
fen_argument = click.argument("fen", type=click.IntRange(min=1))
reference_option = click.option(
    "--reference", required=True, help="The bank's reference; given twice, booked once."
)


@click.group()
def seller() -> None:
    """What sellers have with the platform. Amounts are fen."""


@seller.command()
@shop_argument
@with_database
def show(shop_id: UUID) -> None:
    """The shop's accounts as they stand."""
    account = account_of(shop_id)
    for name in ("payable", "held", "reserve", "deposit", "owed", "taken_in", "paid_out", "recovered"):
        click.echo(f"{name:10} {format_yuan(getattr(account, f'{name}_fen'))}")
    click.echo(f"named      {'yes' if account.named else 'no'}")


@seller.command("deposit-in")
@shop_argument
@fen_argument
@reference_option
@operator_option
@with_database
def deposit_in(shop_id: UUID, fen: int, reference: str, email: str) -> None:
    """The shop paid FEN into its deposit."""
    _act(shop_id, q.PayDeposit(fen, reference), f"deposit:{reference}", email)


@seller.command("deposit-out")
@shop_argument
@fen_argument
@reference_option
@operator_option
@with_database
def deposit_out(shop_id: UUID, fen: int, reference: str, email: str) -> None:
    """FEN of the deposit went back to the shop."""
    _act(shop_id, q.PayDeposit(-fen, reference), f"deposit:{reference}", email)


@seller.command()
@shop_argument
@fen_argument
@reference_option
@operator_option
@with_database
def payout(shop_id: UUID, fen: int, reference: str, email: str) -> None:
    """The shop was paid FEN of what is payable."""
    _act(shop_id, q.PayOut(fen, reference), f"payout:{reference}", email)


@seller.command()
@shop_argument
@click.argument("fen", type=click.IntRange(min=0))
@click.option("--why", required=True, help="Kept with the change.")
@operator_option
@with_database
def reserve(shop_id: UUID, fen: int, why: str, email: str) -> None:
    """Keep FEN of the shop's money back."""
    _act(shop_id, q.SetReserve(fen, why), f"reserve:{datetime.now(UTC).timestamp()}", email)


@seller.command()
@shop_argument
@click.argument("known", type=click.Choice(["yes", "no"]))
@click.option("--why", required=True, help="Kept with the change.")
@operator_option
@with_database
def named(shop_id: UUID, known: str, why: str, email: str) -> None:
    """Whether the shop's name and address are known. Where not, the platform pays what it owes to buyers."""
    _act(shop_id, q.NameSeller(known == "yes", why), f"named:{datetime.now(UTC).timestamp()}", email)


@seller.command()
@shop_argument
@click.option("--since", type=click.DateTime(), help="From this moment on (UTC); all when it is not given.")
@click.option("--until", type=click.DateTime(), help="Up to this moment (UTC); now when it is not given.")
@with_database
def statement(shop_id: UUID, since: datetime | None, until: datetime | None) -> None:
    """Opening, lines, closing."""
    end = until.replace(tzinfo=UTC) if until else datetime.now(UTC)
    told = statement_of(shop_id, since.replace(tzinfo=UTC) if since else EPOCH, end)
    print_statement(told)


def print_statement(told: Statement) -> None:
    """A statement, a line each."""
    for account, fen in sorted(told.opening.items()):
        click.echo(f"opening  {account:16} {format_yuan(fen)}")
    for line in told.lines:
        order = f"  {line.order_id}" if line.order_id else ""
        click.echo(
            f"{line.at:%Y-%m-%d %H:%M:%S}  {line.kind:18} {line.debit} -> {line.credit}  "
            f"{format_yuan(line.amount_fen)}{order}"
        )
    if told.cut:
        click.echo("more lines follow: ask for a shorter span")
    for account, fen in sorted(told.closing.items()):
        click.echo(f"closing  {account:16} {format_yuan(fen)}")


def _act(
    shop_id: UUID, command: q.PayDeposit | q.PayOut | q.SetReserve | q.NameSeller, key: str, email: str
) -> None:
    try:
        outcome = act_on_seller(shop_id, command, operator_of(email), key, datetime.now(UTC))
    except NoSuchShop:
        raise click.ClickException(f"there is no shop {shop_id}") from None
    _tell(outcome)


def _tell(outcome: BookOutcome) -> None:
    must(outcome.refusal)
    click.echo("booked before" if outcome.again else "booked")


COMMANDS = (seller,)
