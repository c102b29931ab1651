"""`tuidan files`: how evidence files stand, and whether their store answers and still holds what it should."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from tuidan.domain.upload.objects import StoreTrouble
from tuidan.reads.upload import count_files, try_store, verify_newest
from tuidan.site.cli.database import with_database

MIB = 1024 * 1024


@click.group()
def files() -> None:
    """Evidence files and the store that keeps them."""


@files.command()
@with_database
def status() -> None:
    """Files by state with their bytes, the longest waiting, and a probe of the store."""
    told = count_files()
    for state, (count, size) in sorted(told.by_state.items()):
        click.echo(f"{state:<10} {count:>8}  {size / MIB:>10.1f} MiB")
    click.echo(f"contents   {told.contents:>8}  {told.content_bytes / MIB:>10.1f} MiB kept once each")
    if told.waiting_since is not None:
        waited = datetime.now(UTC) - told.waiting_since
        click.echo(
            f"The longest waits for its check since {int(waited.total_seconds())} s; does a worker run?"
        )
    try:
        try_store()
    except StoreTrouble as trouble:
        raise click.ClickException(f"the store does not keep files ({trouble.code}): {trouble}") from trouble
    click.echo("The store answers: written, read and taken away.")


@files.command()
@click.option("--last", default=100, show_default=True, help="How many of the newest contents.")
@with_database
def verify(last: int) -> None:
    """Read the newest contents whole and hold each against its SHA-256; exit code 1 when one differs."""
    looked, broken = verify_newest(last)
    for sha256, why in broken:
        click.echo(f"{sha256}  {why}")
    click.echo(f"{looked} contents read, {len(broken)} differ.")
    if broken:
        raise SystemExit(1)


COMMANDS = (files,)
