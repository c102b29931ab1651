"""`tuidan refund retry`: a refund whose attempts were used up is tried again, on an operator's word."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import click

from tuidan.commands.order import NoSuchOrder
from tuidan.commands.refund import retry_refund
from tuidan.reads.people import person_by_email
from tuidan.site.cli.database import with_database
from tuidan.web.shared.refusals import sentence


@click.group()
def refund() -> None:
    """Act on one refund that waits for a person."""


@refund.command()
@click.argument("order_id", type=click.UUID)
@click.argument("n", type=int)
@click.option("--operator", "email", required=True, help="E-mail address of the operator who answers for it.")
@with_database
def retry(order_id: UUID, n: int, email: str) -> None:
    """Try refund N of ORDER_ID again with a new reference. The worker sends it."""
    who = person_by_email(email)
    if who is None or not who.is_operator:
        raise click.ClickException(f"{email} is not an operator; use the address of somebody who is.")
    now = datetime.now(UTC)
    try:
        outcome = retry_refund(order_id, who.id, n, f"retry:{n}:{now.timestamp()}", now)
    except NoSuchOrder:
        raise click.ClickException(f"there is no order {order_id}; copy the number from its page.") from None
    if outcome.refusal:
        raise click.ClickException(sentence(outcome.refusal.code, "en"))
    click.echo(f"refund {n} of {order_id} will be tried again")


COMMANDS = (refund,)
