"""`tuidan bundle`: the evidence of an order, or of one case of it, written to a file as the operator may see it."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

import click

from tuidan.reads.bundle import inside_viewer, read_bundle
from tuidan.site import wiring
from tuidan.site.cli.database import with_database
from tuidan.site.environment import read


@click.command("bundle")
@click.argument("order_id", metavar="ORDER", type=click.UUID)
@click.option("--case", type=click.IntRange(0), default=0, help="Leave out what belongs to other cases.")
@click.option(
    "-o", "--out", "path", type=click.Path(dir_okay=False, writable=True, path_type=Path), required=True
)
@with_database
def bundle_command(order_id: UUID, case: int, path: Path) -> None:
    """Write the bundle of ORDER: what a stranger needs to check it. `tuidan verify` checks one."""
    wiring.explain_bundles(read(os.environ))
    bundle = read_bundle(order_id, inside_viewer(), case)
    if bundle is None:
        missing = f"order {order_id} has no case {case}, or" if case else ""
        raise click.ClickException(
            f"{missing} there is no order {order_id}; copy the number from its page.".strip()
        )
    with path.open("wb") as file:
        for piece in bundle.pieces():
            file.write(piece)
    stamped = "with a time token" if bundle.stamped else "no time token yet"
    click.echo(
        f"{path}: {bundle.size()} bytes, {bundle.covered} of {bundle.events} events in the log, {stamped}"
    )


COMMANDS = (bundle_command,)
