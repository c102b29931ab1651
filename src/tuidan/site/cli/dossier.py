"""`tuidan dossier`: the dossier of an order as PDF, or the short complaint, for an operator at the machine."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

import click

from tuidan.connectors.typesetters.pdf import NoTypesetter, TypesettingFailed, typeset
from tuidan.reads.dossier import READERS, dossier_as
from tuidan.site.cli.database import with_database
from tuidan.site.environment import read
from tuidan.web.shared.dossier_text import write


@click.command()
@click.argument("order_id", type=click.UUID)
@click.option(
    "-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="File to write the PDF to."
)
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Language.")
@click.option("--case", "case", type=int, default=0, help="About which request; 0: the open or last one.")
@click.option(
    "--as", "reader", type=click.Choice(READERS), default="operator", show_default=True, help="Whose dossier."
)
@click.option("--complaint", is_flag=True, help="Print the short complaint text instead.")
@with_database
def dossier(order_id: UUID, out: Path | None, lang: str, case: int, reader: str, complaint: bool) -> None:
    """订单材料 PDF,给 12315、调解人或法院 · Write the dossier of an order, the same bytes each time."""
    found = dossier_as(order_id, reader, read(os.environ).text("TUIDAN_PUBLIC_URL").rstrip("/"), case)
    if found is None:
        raise click.ClickException(f"没有这个订单或申请 · there is no order {order_id}, or no such request")
    written = write(found, lang)
    if complaint:
        if not written.complaint:
            raise click.ClickException("没有可投诉的申请 · there is no request to complain of")
        click.echo(written.complaint)
        return
    if out is None:
        raise click.UsageError("name a file with -o, or ask for --complaint")
    try:
        out.write_bytes(typeset(written.document))
    except (NoTypesetter, TypesettingFailed) as error:
        raise click.ClickException(str(error)) from error
    click.echo(f"{out}")


COMMANDS = (dossier,)
