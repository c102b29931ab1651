"""`tuidan answer`: can an order be refunded now, how much, on what ground, and what each reason would bring."""

from __future__ import annotations

from uuid import UUID

import click

from tuidan.commands.clock import utc_now
from tuidan.domain.order import Order
from tuidan.reads.answer import answers_by_reason, standing_answer
from tuidan.reads.order import order_now
from tuidan.reads.records import StandingAnswer
from tuidan.site.cli.database import with_database
from tuidan.web.shared.money import yuan
from tuidan.web.shared.preview_shown import preview_text
from tuidan.web.shared.words import say


@click.command()
@click.argument("order_id", type=click.UUID)
@click.option("--reasons", is_flag=True, help="Also what a request would bring for each reason.")
@with_database
def answer(order_id: UUID, reasons: bool) -> None:
    """The standing answer of each unit of ORDER_ID, as its buyer sees it now."""
    order = order_now(order_id)
    if order is None:
        raise click.ClickException(f"there is no order {order_id}; copy the number from its page.")
    if not order.paid_at:
        click.echo(say("answer.pay", "zh"))
        return
    now = utc_now()
    for unit in order.units:
        click.echo(_line(order, standing_answer(order, unit.n, now)))
        if reasons and unit.left_fen() and order.open_case_of(unit.n) is None:
            for each in answers_by_reason(order, unit.n, now):
                click.echo(f"    {say(f'reason.{each.reason}', 'zh')}: {preview_text(each, 'zh')}")


def _line(order: Order, told: StandingAnswer) -> str:
    paid = order.units[told.unit - 1].paid_fen
    rules = f" [{' '.join(told.rules)}]" if told.rules else ""
    return f"{told.unit} · ¥{yuan(paid)} · {preview_text(told, 'zh')}{rules}"


COMMANDS = (answer,)
