"""`tuidan services`: which kinds of service this site offers; boosting and rented accounts are off by default."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from tuidan.commands.service_switch import SWITCHED_TYPES, switch_service
from tuidan.reads.service_switch import list_switches
from tuidan.site.cli.database import with_database

KIND = click.argument("kind", type=click.Choice(sorted(SWITCHED_TYPES)))


@click.group()
def services() -> None:
    """Kinds of service that are off unless you switch them on; minors never get them."""


@services.command("list")
@with_database
def list_kinds() -> None:
    """Say of each kind whether it is on."""
    for each in list_switches():
        since = f" since {each.changed_at.isoformat(timespec='seconds')}" if each.changed_at else ""
        click.echo(f"{each.type} {'on' if each.on else 'off'}{since}")


@services.command("on")
@KIND
@with_database
def switch_on(kind: str) -> None:
    """Offer a kind: shops may list it and adults may buy it."""
    switch_service(kind, on=True, by=None, now=datetime.now(UTC))
    click.echo(f"{kind} on")


@services.command("off")
@KIND
@with_database
def switch_off(kind: str) -> None:
    """Offer a kind no more; orders that exist go on."""
    switch_service(kind, on=False, by=None, now=datetime.now(UTC))
    click.echo(f"{kind} off")


COMMANDS = (services,)
