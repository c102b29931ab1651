"""`tuidan talk …`: a copy of an order's talk, whether a copy holds, what a text or picture holds, and a score."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import click
import orjson

from tuidan.commands.order import NoSuchOrder
from tuidan.commands.picture_codes import UnreadablePicture, can_read, read_codes
from tuidan.domain.talk_copy import find_copy_fault
from tuidan.domain.talk_risk import ABUSE, PRIVATE, THREATS, find_payload_risks, find_risks
from tuidan.reads.chain import chain_hashes
from tuidan.reads.talk import copy_of_order
from tuidan.site.cli.database import with_database

GROUPS = {"private": PRIVATE, "threat": THREATS, "abuse": frozenset({ABUSE})}
FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.group()
def talk() -> None:
    """The talk about orders: copies that verify, and what messages hold."""


@talk.command("copy")
@click.argument("order_id", type=click.UUID)
@with_database
def copy_talk(order_id: UUID) -> None:
    """Write the talk of ORDER_ID as lines of JSON to standard output."""
    try:
        sys.stdout.buffer.write(copy_of_order(order_id, datetime.now(UTC)))
    except NoSuchOrder:
        raise click.ClickException(f"there is no order {order_id}; copy the number from its page.") from None


def _chain(events: Path | None) -> dict[int, str] | None:
    """Number → hash from the answer of /api/v1/orders/…/events."""
    if events is None:
        return None
    try:
        return {int(event["n"]): str(event["hash"]) for event in orjson.loads(events.read_bytes())["events"]}
    except (orjson.JSONDecodeError, KeyError, TypeError, ValueError):
        raise click.ClickException(f"{events} is not the answer of the API's events of an order.") from None


@talk.command()
@click.argument("file", type=FILE)
@click.option(
    "--events", type=FILE, help="The chain, as the API's /orders/…/events tells it: checked offline."
)
def verify(file: Path, events: Path | None) -> None:
    """Check a copy line by line; with --events also its place in the order's chain. Needs no database."""
    _tell(file, find_copy_fault(file.read_bytes(), _chain(events)), "the chain" if events else "itself")


@talk.command()
@click.argument("file", type=FILE)
@click.argument("order_id", type=click.UUID)
@with_database
def check(file: Path, order_id: UUID) -> None:
    """Check a copy against the chain of ORDER_ID as this platform holds it."""
    _tell(file, find_copy_fault(file.read_bytes(), chain_hashes(order_id)), "the order")


def _tell(file: Path, fault: object, against: str) -> None:
    if fault is None:
        click.echo(f"{file}: holds against {against}")
        return
    raise click.ClickException(f"{file}: line {getattr(fault, 'line', 0)} {getattr(fault, 'what', '')}")


@talk.command()
@click.argument("words", required=False)
@click.option("--picture", type=FILE, help="Look for two-dimensional codes in this picture.")
def risks(words: str | None, picture: Path | None) -> None:
    """Say what WORDS (- for standard input) or a picture hold: the flags, one a line; nothing when all is well."""
    found = list(find_risks(sys.stdin.read() if words == "-" else words)) if words else []
    if picture is not None:
        if not can_read():
            raise click.ClickException("pictures are not looked at: install the extra `pictures`.")
        try:
            found += [flag for text in read_codes(picture.read_bytes()) for flag in find_payload_risks(text)]
        except UnreadablePicture as error:
            raise click.ClickException(f"{picture}: {error}") from error
    for flag in dict.fromkeys(found):
        click.echo(flag)


@talk.command()
@click.argument("file", type=FILE)
def score(file: Path) -> None:
    """Measure the detector on lines of SET<tab>WANTED<tab>TEXT (private, threat, abuse, ok), each set apart."""
    lines = [
        tuple(line.split("\t", 2)) for line in file.read_text("utf-8").splitlines() if line.count("\t") >= 2
    ]
    for part in sorted({name for name, _, _ in lines}):
        for group, flags in GROUPS.items():
            told = [(want, bool(flags & set(find_risks(text)))) for name, want, text in lines if name == part]
            right = sum(hit for want, hit in told if want == group)
            wrong = sum(hit for want, hit in told if want != group and (want == "ok" or group != "abuse"))
            meant = sum(want == group for want, _ in told)
            click.echo(
                f"set {part}  {group:8} found {right}/{meant}  false alarms {wrong}/{len(told) - meant}"
                f"  precision {right / max(1, right + wrong):.3f}  recall {right / max(1, meant):.3f}"
            )


COMMANDS = (talk,)
