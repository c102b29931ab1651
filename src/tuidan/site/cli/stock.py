"""`tuidan stock`: bring a seller's codes into stock, and see how a listing's stock stands. Prints no code."""

import codecs
import sys
from datetime import UTC, datetime
from typing import BinaryIO
from uuid import UUID

import click

from tuidan.commands.stock import import_stock
from tuidan.domain.card_code import CodeLine, masked, read_lines, read_text, tail
from tuidan.domain.stock import StockRefused
from tuidan.reads.code_life import life_now
from tuidan.reads.stock import stock_of
from tuidan.site.cli.database import with_database
from tuidan.site.cli.stock_words import DIFFERENCES, FAULTS, STATES, refusal_text
from tuidan.store.stock.audit import audit_seals, audit_stock
from tuidan.store.stock.importing import ImportReport
from tuidan.store.stock.vault import VaultError

NOTES_SHOWN_MAX = 20
TOLD = frozenset({"unit", "line", "status", "purpose", "result", "why", "reason", "amount_fen", "decision"})
PREVIEW_LINES_MAX = 3


@click.group()
def stock() -> None:
    """卡密库存 · Card codes in stock."""


@stock.command("import")
@click.argument("listing_id", type=click.UUID)
@click.argument("file", type=click.File("rb"))
@click.option(
    "--separator", help=r"卡号与密码之间的分隔符,如 ---- 或 \t · what stands between number and secret"
)
@click.option(
    "--encoding", default="utf-8", show_default=True, help="文件编码,如 gb18030 · encoding of the file"
)
@click.option("--dry-run", is_flag=True, help="只检查,不写入 · check only, write nothing")
@click.option("--skip-bad-lines", is_flag=True, help="跳过读不懂的行 · leave out lines that are no code")
@with_database
def import_(
    listing_id: UUID,
    file: BinaryIO,
    separator: str | None,
    encoding: str,
    dry_run: bool,
    skip_bad_lines: bool,
) -> None:
    """导入卡密,一行一个;FILE 可以是 - · Import codes, one a line; FILE may be -.

    重复导入同一个文件不会多出卡密 · Importing the same file again adds nothing.
    """
    now = datetime.now(UTC)
    separator = _separator(separator)
    try:
        text = read_text(file.read(), _encoding(encoding))
        if dry_run:
            _preview(text, separator)
        total = sum(1 for _ in read_lines(text, separator))
        with click.progressbar(length=total, label="导入 · importing", file=sys.stderr) as bar:
            report = import_stock(
                listing_id,
                text,
                separator,
                now,
                write=not dry_run,
                skip_faults=skip_bad_lines,
                progress=bar.update,
            )
    except StockRefused as refused:
        raise click.ClickException(refusal_text(refused)) from refused
    except VaultError as error:
        raise click.ClickException(f"卡密保险库打不开 · the card vault: {error}") from error
    _tell(report, dry_run)


@stock.command()
@click.argument("listing_id", type=click.UUID)
@with_database
def show(listing_id: UUID) -> None:
    """看一个商品的库存 · How a listing's stock stands."""
    count = stock_of(listing_id)
    for state, number in count.by_state.items():
        click.echo(f"{number:>10,}  {STATES[state]}")
    click.echo(f"{count.shared_secrets:>10,}  共享卡密 · shared secrets")
    click.echo(f"{count.claims_live:>10,}  订单占用中 · live claims")
    for key_id, number in count.by_key.items():
        click.echo(f"{number:>10,}  主密钥 · master key {key_id}")


@stock.command()
@click.argument("code_id", type=click.UUID)
@with_database
def life(code_id: UUID) -> None:
    """一张卡密从导入到结束 · The life of one code, from import to end. Prints no code."""
    found = life_now(code_id)
    if found is None:
        raise click.ClickException("没有这张卡密 · there is no such code")
    click.echo(f"{found.masked}  {found.state}  SHA-256 {found.seal_sha256}")
    for step in found.steps:
        where = f"  {step.order_id} #{step.n}" if step.order_id else ""
        told = " ".join(f"{name}={value}" for name, value in step.data.items() if name in TOLD)
        click.echo(f"{step.at.isoformat()}  {step.kind}{where}  {told}".rstrip())


@stock.command()
@click.argument("listing_id", type=click.UUID, required=False)
@click.option(
    "--seals",
    is_flag=True,
    help="逐个打开卡密,找出被改动的 · open every code, find altered ones",
)
@with_database
def audit(listing_id: UUID | None, seals: bool) -> None:
    """核对库存 · Audit the stock of one listing or of all; exit 1 on any difference."""
    try:
        found = [*audit_stock(listing_id), *(audit_seals(listing_id) if seals else ())]
    except VaultError as error:
        raise click.ClickException(f"卡密保险库打不开 · the card vault: {error}") from error
    for difference in found:
        click.echo(f"{DIFFERENCES[difference.what]}: {difference.listing_id} {difference.code_id}")
    click.echo(f"{len(found):,} 处不符 · {len(found):,} differences")
    if found:
        sys.exit(1)


def _separator(given: str | None) -> str | None:
    r"""A separator as typed; `\t` means a tab. Raises click.BadParameter for an empty one."""
    if given is None:
        return None
    separator = given.replace("\\t", "\t")
    if not separator or "\n" in separator:
        raise click.BadParameter(
            "分隔符不能为空,也不能换行 · must not be empty or a line break", param_hint="--separator"
        )
    return separator


def _encoding(given: str) -> str:
    try:
        return codecs.lookup(given).name
    except LookupError as error:
        raise click.BadParameter(
            f"不认识的编码 · unknown encoding: {given}", param_hint="--encoding"
        ) from error


def _preview(text: str, separator: str | None) -> None:
    """How the first lines are understood, masked, so that a wrong separator is seen before anything is written."""
    click.echo("前几行 · first lines:")
    for index, read in enumerate(read_lines(text, separator)):
        if index == PREVIEW_LINES_MAX:
            break
        click.echo(f"  {read.line}: {_understood(read)}")


def _understood(read: CodeLine) -> str:
    if read.code is None:
        return FAULTS[read.fault.value if read.fault else ""]
    number = f"卡号 · number {masked(tail(read.code.number))}, " if read.code.number else ""
    return f"{number}密码 · secret {masked(tail(read.code.secret))}"


def _tell(report: ImportReport, dry_run: bool) -> None:
    if report.counts != {"imported_before": report.lines}:
        _tell_lines(report)
    for why, count in report.counts.items():
        click.echo(f"{FAULTS[why]}: {count:,}")
    if dry_run:
        click.echo(
            f"可导入 {report.imported:,} 条,什么也没写 · would import {report.imported:,}, nothing written"
        )
    elif report.imported:
        click.echo(f"已导入 {report.imported:,} 条 · imported {report.imported:,}")
    else:
        click.echo("没有新卡密,库存不变 · nothing new, the stock is as it was")


def _tell_lines(report: ImportReport) -> None:
    """The first lines that brought nothing. For a file that was imported before, whole, the count says enough."""
    for note in sorted(report.notes, key=lambda note: note.line)[:NOTES_SHOWN_MAX]:
        first = f"(第 {note.first_line} 行 · line {note.first_line})" if note.first_line else ""
        click.echo(f"第 {note.line} 行 · line {note.line}: {FAULTS[note.why]}{first}", err=True)
    untold = sum(report.counts.values()) - min(len(report.notes), NOTES_SHOWN_MAX)
    if untold:
        click.echo(f"…另有 {untold:,} 行 · and {untold:,} more lines", err=True)


COMMANDS = (stock,)
