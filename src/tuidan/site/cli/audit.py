"""`tuidan audit`: hold chains, ledger, state and boards against each other; one sentence for each difference."""

import json
import sys
from collections.abc import Iterable
from typing import BinaryIO
from uuid import UUID

import click

from tuidan.domain.tlog.note import BadNote, Key, read_vkey
from tuidan.site.cli.audit_words import sentence
from tuidan.site.cli.database import with_database
from tuidan.store.audit.difference import Difference
from tuidan.store.audit.read import count_orders, read_rows
from tuidan.store.audit.run import audit as audit_orders
from tuidan.store.audit.run import audit_page


@click.command()
@click.option("--order", "order_id", type=click.UUID, help="只核对这一个订单 · only this order")
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON · one JSON object a line")
@click.option(
    "--against",
    type=click.File("rb"),
    multiple=True,
    help="别人保存的检查点,可多次 · a checkpoint that somebody else has kept; may be repeated",
)
@click.option(
    "--witness", "vkeys", multiple=True, help="信任的见证人公钥 · verifier key of a witness that is trusted"
)
@click.option(
    "--files", "contents", is_flag=True, help="连证据文件的内容一起核对 · read the evidence files too"
)
@with_database
def audit(
    order_id: UUID | None,
    as_json: bool,
    against: tuple[BinaryIO, ...],
    vkeys: tuple[str, ...],
    contents: bool,
) -> None:
    """核对账目、证据链、状态和列表 · Audit money, chains, state and boards; exit 1 on any difference."""
    if order_id is not None:
        if not read_rows([order_id]):
            raise click.ClickException(f"没有这个订单 · there is no order {order_id}")
        found = _tell(audit_page([order_id], contents=contents), as_json)
        orders = 1
    else:
        orders = count_orders()
        with click.progressbar(length=orders, label="核对 · auditing", file=sys.stderr) as bar:
            notes = [file.read() for file in against]
            differences = list(
                audit_orders(bar.update, notes, [_vkey(text) for text in vkeys], contents=contents)
            )
        found = _tell(differences, as_json)
    if not as_json:
        click.echo(
            f"核对 {orders:,} 个订单,{found:,} 处不符 · {orders:,} orders audited, {found:,} differences"
        )
    if found:
        sys.exit(1)


def _vkey(text: str) -> Key:
    try:
        return read_vkey(text)
    except BadNote as error:
        raise click.ClickException(f"{text}: {error}") from error


def _tell(differences: Iterable[Difference], as_json: bool) -> int:
    count = 0
    for difference in differences:
        count += 1
        if as_json:
            told = {"order_id": str(difference.order_id), "what": difference.what, "n": difference.n}
            click.echo(json.dumps(told | {"data": difference.data}, ensure_ascii=False, default=str))
        else:
            click.echo(sentence(difference))
    return count


COMMANDS = (audit,)
