"""`tuidan receipt`: check a signed receipt with the platform's receipt key; no database and no network is needed."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from tuidan.domain.receipt import BadReceipt, read_receipt
from tuidan.domain.tlog.note import BadNote, open_note, read_vkey


@click.group()
def receipt() -> None:
    """凭证 · Receipts."""


@receipt.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--vkey", "vkeys", multiple=True, required=True, help="平台的凭证公钥 · the platform's receipt key"
)
def check(file: Path, vkeys: tuple[str, ...]) -> None:
    """核对签名凭证 · Check a signed receipt; exit 1 when it does not hold."""
    try:
        opened = open_note(file.read_bytes(), [read_vkey(vkey) for vkey in vkeys])
        told = read_receipt(opened.note.text)
    except (BadNote, BadReceipt) as error:
        click.echo(f"不成立 · does not hold: {error}")
        sys.exit(1)
    click.echo(f"成立 · holds, signed by {opened.by[0].name}")
    for name, value in told.items():
        click.echo(f"  {name}: {value}")


COMMANDS = (receipt,)
