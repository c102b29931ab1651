"""`tuidan incident refund`: a supplier will not deliver; give everybody who waits the money back."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import click

from tuidan.commands.incident import (
    CHUNK_ORDERS,
    IncidentResult,
    chunks,
    processes_here,
    refund_incident,
)
from tuidan.domain.money import format_yuan
from tuidan.reads.people import person_by_email
from tuidan.site.cli.database import with_database


@click.group()
def incident() -> None:
    """Act on many orders at once when a supplier fails."""


@incident.command()
@click.option("--listing", "listing_id", type=click.UUID, required=True, help="The listing that fails.")
@click.option("--name", required=True, help="A name for the incident; the same name never refunds twice.")
@click.option("--operator", "email", required=True, help="E-mail address of the operator who answers for it.")
@click.option("--dry-run", is_flag=True, help="Only count the orders.")
@with_database
def refund(listing_id: UUID, name: str, email: str, dry_run: bool) -> None:
    """Fail what still waits in every paid order of a listing, and refund it by each order's policy."""
    who = person_by_email(email)
    if who is None or not who.is_operator:
        raise click.ClickException(f"{email} is not an operator; use the address of somebody who is.")
    total = sum(len(page) for page in chunks(listing_id))
    if dry_run or not total:
        click.echo(f"{total} paid orders of listing {listing_id} would be looked at.")
        return
    with click.progressbar(length=total, label="refunding") as bar:
        seen = 0

        def show(result: IncidentResult) -> None:
            nonlocal seen
            bar.update(result.looked_at - seen)
            seen = result.looked_at

        processes = processes_here() if total > CHUNK_ORDERS else 1
        result = refund_incident(listing_id, name, str(who.id), datetime.now(UTC), show, processes=processes)
    click.echo(
        f"{result.changed} of {result.looked_at} orders changed, "
        f"CNY {format_yuan(result.refunded_fen)} on their way back. The worker sends the refunds."
    )


COMMANDS = (incident,)
