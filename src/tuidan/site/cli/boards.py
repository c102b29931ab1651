"""`tuidan boards`: the lists of buyers, sellers and reviewers, which can be dropped and built again at any time."""

import sys

import click

from tuidan.site.cli.database import with_database
from tuidan.store.audit.read import count_orders
from tuidan.store.boards.rebuild import rebuild as rebuild_boards


@click.group()
def boards() -> None:
    """列表 · The lists of orders and requests."""


@boards.command()
@with_database
def rebuild() -> None:
    """清空列表,从订单重新生成 · Empty the lists and build them again from the orders."""
    seen = 0
    with click.progressbar(length=count_orders(), label="重建 · rebuilding", file=sys.stderr) as bar:

        def show(done: int) -> None:
            nonlocal seen
            bar.update(done - seen)
            seen = done

        total = rebuild_boards(show)
    click.echo(f"已重建 {total:,} 个订单的列表 · rebuilt the lists of {total:,} orders")


COMMANDS = (boards,)
