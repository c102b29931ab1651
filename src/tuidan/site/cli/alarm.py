"""`tuidan alarms`: orders with an alarm, and acknowledging one with a reason."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from uuid import UUID

import click

from tuidan.commands.alarm import acknowledge_alarm
from tuidan.domain.alarm import ACKNOWLEDGEABLE
from tuidan.domain.money import format_yuan
from tuidan.reads.alarm import read_alarms
from tuidan.reads.lists import alarms as orders_with_alarms
from tuidan.reads.people import person_by_email
from tuidan.site.cli.database import with_database


@click.group()
def alarms() -> None:
    """Orders that an operator must look at."""


@alarms.command("list")
@with_database
def list_them() -> None:
    """One line for each alarm: the order, what it is, how much of it."""
    for line in orders_with_alarms():
        for alarm in read_alarms(line.order_id):
            much = f"CNY {format_yuan(alarm.measure)}" if alarm.is_fen else str(alarm.measure)
            click.echo(f"{line.order_id}  {alarm.name}  {much}")


@alarms.command()
@click.option("--order", "order_id", type=click.UUID, required=True, help="The order.")
@click.option(
    "--alarm", "name", type=click.Choice(sorted(ACKNOWLEDGEABLE)), required=True, help="Which alarm."
)
@click.option("--reason", required=True, help="What was done, and why; kept with the order.")
@click.option("--operator", "email", required=True, help="E-mail address of the operator who answers for it.")
@with_database
def acknowledge(order_id: UUID, name: str, reason: str, email: str) -> None:
    """Take an alarm off the list as it stands now; it is back when it grows."""
    who = person_by_email(email)
    if who is None or not who.is_operator:
        raise click.ClickException(f"{email} is not an operator; use the address of somebody who is.")
    measure = next((alarm.measure for alarm in read_alarms(order_id) if alarm.name == name), 0)
    if not measure:
        raise click.ClickException(f"order {order_id} has no alarm {name}; see `tuidan alarms list`.")
    key = f"cli:{uuid.uuid4().hex}"
    outcome = acknowledge_alarm(order_id, who.id, name, measure, reason, key, datetime.now(UTC))
    if outcome.refusal:
        raise click.ClickException(f"not acknowledged: {outcome.refusal.code}")
    click.echo(f"Acknowledged: {name} of order {order_id}.")


COMMANDS = (alarms,)
