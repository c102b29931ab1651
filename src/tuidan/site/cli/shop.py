"""Setting a real site up: people with their roles, shops, listings."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TextIO
from uuid import UUID

import click

from tuidan.commands.catalog import (
    SELLER_TYPES,
    BadListing,
    lint_listing,
    offer_listing,
    open_shop,
    take_off_sale,
    write_shop_terms,
)
from tuidan.commands.coupon import give_coupon
from tuidan.commands.people import EmailTaken, note_age, register_person
from tuidan.domain.terms import lint
from tuidan.reads.people import person_by_email
from tuidan.site.cli.database import with_database
from tuidan.site.cli.terms import tell_terms


@click.group()
def people() -> None:
    """People who sign in."""


@people.command("create")
@click.argument("email")
@click.option("--name", required=True, help="The name that others see.")
@click.option("--reviewer", is_flag=True, help="May decide cases.")
@click.option("--operator", is_flag=True, help="May run the site.")
@click.option("--appraiser", is_flag=True, help="May be asked for appraisals.")
@click.password_option(help="Asked for when it is not given.")
@with_database
def create_person(
    email: str, name: str, reviewer: bool, operator: bool, appraiser: bool, password: str
) -> None:
    """Make a person; everybody may buy, roles add to that."""
    try:
        person = register_person(
            email,
            password,
            name,
            datetime.now(UTC),
            reviewer=reviewer,
            operator=operator,
            appraiser=appraiser,
        )
    except EmailTaken:
        raise click.ClickException(f"{email} is registered already; use another address.") from None
    click.echo(str(person.id))


@people.command("minor")
@click.argument("email")
@click.argument("answer", type=click.Choice(["yes", "no", "unknown"]))
@with_database
def note_minor(email: str, answer: str) -> None:
    """Note whether somebody is a minor; minors cannot buy boosting and rented accounts."""
    person = person_by_email(email)
    if person is None:
        raise click.ClickException(f"{email} is nobody here.")
    note_age(person.id, {"yes": True, "no": False, "unknown": None}[answer])
    click.echo(f"{email}: minor {answer}")


@click.group()
def shop() -> None:
    """Shops and what they sell."""


@shop.command("create")
@click.argument("name")
@click.option(
    "--type", "seller_type", type=click.Choice(SELLER_TYPES), required=True, help="Who the seller is."
)
@click.option("--member", "emails", multiple=True, required=True, help="Who may act for it; may be repeated.")
@with_database
def create_shop(name: str, seller_type: str, emails: tuple[str, ...]) -> None:
    """Open a shop and print its id."""
    members: list[UUID] = []
    for email in emails:
        person = person_by_email(email)
        if person is None:
            raise click.ClickException(
                f"{email} is nobody here; make the person first: tuidan people create."
            )
        members.append(person.id)
    click.echo(str(open_shop(name, seller_type, members, datetime.now(UTC))))


@shop.command("sell")
@click.argument("shop_id", type=click.UUID)
@click.argument("file", type=click.File(encoding="utf-8"))
@with_database
def sell(shop_id: UUID, file: TextIO) -> None:
    """Put the goods that FILE (JSON, or - for standard input) describes on sale and print the listing's id.

    For example {"title": "…", "goods_kind": "card_code", "price_fen": 2940, "stock_kind": "unique"}. A service names
    its terms: "service": {"type": "custom_design", "milestones": [{"name": "…", "share": 6000}, …]}; shares are basis
    points and add up to 10000. A membership may name "plan_months" and "renewable".
    """
    try:
        fields = json.load(file)
        if not isinstance(fields, dict):
            raise BadListing("the file must hold one JSON object")
        click.echo(str(offer_listing(shop_id, fields, datetime.now(UTC))))
        tell_terms(lint_listing(fields))
    except (BadListing, json.JSONDecodeError) as error:
        raise click.ClickException(str(error)) from None


@shop.command("terms")
@click.argument("shop_id", type=click.UUID)
@click.argument("file", type=click.File(encoding="utf-8"))
@with_database
def write_terms(shop_id: UUID, file: TextIO) -> None:
    """Save FILE (text, or -) as the shop's own terms, shown with all its listings."""
    terms = file.read().strip()
    try:
        if not write_shop_terms(shop_id, terms):
            raise click.ClickException(f"there is no shop {shop_id}")
    except BadListing as error:
        raise click.ClickException(str(error)) from None
    click.echo("saved")
    tell_terms(lint(terms))


@shop.command("stop")
@click.argument("listing_id", type=click.UUID)
@with_database
def stop(listing_id: UUID) -> None:
    """Take a listing off sale; orders that exist keep their terms."""
    if not take_off_sale(listing_id):
        raise click.ClickException(f"there is no listing {listing_id}")
    click.echo("off sale")


@shop.command("coupon")
@click.argument("shop_id", type=click.UUID)
@click.option("--buyer", "email", required=True, help="Who gets it.")
@click.option("--fen", type=click.IntRange(min=1), required=True, help="How much off, in fen.")
@click.option("--from-fen", "min_fen", type=click.IntRange(min=0), default=0, help="Only from this price on.")
@click.option("--days", type=click.IntRange(min=1, max=365), default=30, help="For how long.")
@with_database
def coupon(shop_id: UUID, email: str, fen: int, min_fen: int, days: int) -> None:
    """Give a buyer so much off one order in this shop and print the coupon's id."""
    person = person_by_email(email)
    if person is None:
        raise click.ClickException(f"{email} is nobody here; make the person first: tuidan people create.")
    click.echo(str(give_coupon(shop_id, person.id, fen, days, datetime.now(UTC), min_fen)))


COMMANDS = (people, shop)
