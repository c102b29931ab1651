"""`tuidan retention`: what is due, what was erased and what is held; hold, release and erase by an operator's hand."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from uuid import UUID

import click

from tuidan.commands.erasure_request import ask_erasure
from tuidan.commands.retention import erase_due, erase_words, lift_legal_hold, place_legal_hold
from tuidan.commands.runner import Outcome
from tuidan.domain.commands import Actor
from tuidan.domain.refusals import Refusal
from tuidan.domain.retention_state import OWNERS
from tuidan.reads.people import PersonRecord, person_by_email
from tuidan.reads.retention import Act, due, report
from tuidan.site.cli.database import with_database
from tuidan.web.shared.refusals import sentence

BATCH = 200
operator_option = click.option(
    "--operator", "email", required=True, help="E-mail address of who answers for it."
)
reason_option = click.option("--reason", required=True, help="Why; kept with the order.")


@click.group()
def retention() -> None:
    """保留与删除 · What is kept, held and erased."""


def _operator(email: str) -> PersonRecord:
    who = person_by_email(email)
    if who is None or not who.is_operator:
        raise click.ClickException(f"{email} is not an operator; use the address of somebody who is.")
    return who


def _told(outcome: Outcome | Refusal, done: str) -> None:
    refusal = outcome if isinstance(outcome, Refusal) else outcome.refusal
    if refusal is not None:
        until = f" ({refusal.data['until']}, {refusal.data['law']})" if "until" in refusal.data else ""
        raise click.ClickException(f"{refusal.code}{until}: {sentence(refusal.code, 'zh')}")
    click.echo(done)


def _line(act: Act) -> str:
    what = f"{act.of} {'+'.join(act.classes)} {act.why}" if act.classes else f"hold {act.number}"
    who = f"{act.actor} {act.actor_id}".strip()
    return f"{act.at:%Y-%m-%d %H:%M:%S}  {act.order_id}  #{act.n}  {act.kind}  {what}  {who}  {act.words}".rstrip()


@retention.command("report")
@with_database
def report_all() -> None:
    """What is held and why, what was erased when and by whom, and people's wishes."""
    found = report()
    click.echo(f"trade records {found.trade_years} years, payment records {found.payment_years} years")
    click.echo(f"holds that stand: {len(found.holds)}")
    for act in found.holds:
        click.echo(f"  {_line(act)}")
    click.echo(f"acts: {len(found.acts)}")
    for act in found.acts:
        click.echo(f"  {_line(act)}")
    click.echo(f"wishes of people: {len(found.requests)}")
    for wish in found.requests:
        until = f", kept until {wish.kept_until:%Y-%m-%d} ({wish.kept_why})" if wish.kept_until else ""
        done = f"done {wish.done_at:%Y-%m-%d}" if wish.done_at else "under way"
        click.echo(
            f"  {wish.asked_at:%Y-%m-%d}  {wish.person_id}  by {wish.asked_by}  {done}: "
            f"{wish.erased} erased, {wish.kept} kept{until}"
        )


@retention.command("due")
@click.option("--most", default=BATCH, show_default=True, help="How many orders at most.")
@with_database
def list_due(most: int) -> None:
    """Orders whose time of keeping is over, the oldest first."""
    for order in due(datetime.now(UTC), most):
        click.echo(f"{order.order_id}  ended {order.ended_at:%Y-%m-%d}  {'+'.join(order.classes)}")


@retention.command()
@click.option("--order", "order_id", type=click.UUID, required=True, help="The order.")
@reason_option
@operator_option
@with_database
def hold(order_id: UUID, reason: str, email: str) -> None:
    """Keep everything of an order until the hold is released."""
    key = f"cli:{uuid.uuid4().hex}"
    outcome = place_legal_hold(order_id, _operator(email).id, reason, key, datetime.now(UTC))
    _told(outcome, f"Held: order {order_id}.")


@retention.command()
@click.option("--order", "order_id", type=click.UUID, required=True, help="The order.")
@click.option("--hold", "number", type=int, required=True, help="Number of the hold, see `report`.")
@reason_option
@operator_option
@with_database
def release(order_id: UUID, number: int, reason: str, email: str) -> None:
    """Release one hold."""
    key = f"cli:{uuid.uuid4().hex}"
    outcome = lift_legal_hold(order_id, _operator(email).id, number, reason, key, datetime.now(UTC))
    _told(outcome, f"Released: hold {number} of order {order_id}.")


@retention.command()
@click.option("--order", "order_id", type=click.UUID, help="One order.")
@click.option("--person", "person_email", help="Everything of one person, as that person could ask for.")
@click.option("--due", "all_due", is_flag=True, help="Everything whose time of keeping is over.")
@click.option(
    "--of", type=click.Choice(OWNERS), default="all", show_default=True, help="Whose words of the order."
)
@click.option("--close-account", is_flag=True, help="With --person: the account's own fields too.")
@reason_option
@operator_option
@with_database
def erase(
    order_id: UUID | None,
    person_email: str | None,
    all_due: bool,
    of: str,
    close_account: bool,
    reason: str,
    email: str,
) -> None:
    """Order an erasure; the worker carries it out. What the law keeps is refused with its day."""
    if [order_id is not None, person_email is not None, all_due].count(True) != 1:
        raise click.UsageError("name one of --order, --person, --due")
    who, now, key = _operator(email), datetime.now(UTC), f"cli:{uuid.uuid4().hex}"
    actor = Actor("operator", str(who.id))
    if order_id is not None:
        _told(
            erase_words(order_id, actor, of, "request", key, now, reason), f"Ordered: erasure of {order_id}."
        )
    elif person_email is not None:
        person = person_by_email(person_email)
        if person is None:
            raise click.ClickException(f"nobody has the address {person_email}")
        wish = ask_erasure(person.id, who.id, reason, close_account, key, now)
        _told(wish, "") if isinstance(wish, Refusal) else click.echo(f"Noted: wish {wish.id} of {person.id}.")
    else:
        total = 0
        while count := erase_due(actor, now, reason):
            total += count
        click.echo(f"Ordered: erasure of {total} orders.")


COMMANDS = (retention,)
