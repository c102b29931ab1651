"""`tuidan log`: how the log stands, its newest checkpoint, proofs, keys, and checking it against what others kept."""

import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import click
from django.conf import settings

from tuidan.domain.tlog.handover import keys_from
from tuidan.domain.tlog.note import BadNote, Key, read_vkey
from tuidan.domain.tlog.trouble import NotSigned
from tuidan.reads import log as reads
from tuidan.site.cli.audit_words import sentence
from tuidan.site.cli.database import with_database
from tuidan.store.audit.log import find_log_differences, published_notes
from tuidan.store.audit.log_repair import repair_tiles
from tuidan.store.audit.read import count_orders
from tuidan.store.log.catch_up import catch_up as log_all_orders
from tuidan.store.log.checkpoints import sign_newest
from tuidan.store.log.rotate import rotate_key as hand_over
from tuidan.web.shared.words.log import WORDS


@click.group()
def log() -> None:
    """存证日志 · The log of all orders that strangers can verify."""


@log.command()
@with_database
def status() -> None:
    """日志有多长、签到哪里;签不了时退出码 1 · Its size and signature; exit 1 when it may not sign."""
    health = reads.log_health()
    signed = f"{health.signed_at:%Y-%m-%d %H:%M:%S}Z" if health.signed_at else "–"
    click.echo(f"叶子 leaves       {health.size:,}")
    click.echo(f"已签 signed       {health.signed_size:,}  {signed}")
    head = reads.newest_head()
    click.echo(f"名字 origin       {head.origin if head else settings.LOG_ORIGIN}")
    if head is not None and head.origin != settings.LOG_ORIGIN:
        click.echo(f"                  设置里是 the settings say {settings.LOG_ORIGIN}: log rotate-key")
    click.echo(f"密钥目录 keys in  {settings.LOG_KEY_DIR}")
    if health.trouble:
        click.echo(trouble_text(health.trouble, health.size, health.seen_size), err=True)
        sys.exit(1)


def trouble_text(code: str, here: int, seen: int) -> str:
    """Why nothing is signed, in both languages, with the numbers."""
    chinese, english = WORDS[f"log.trouble.{code}"]
    counts = WORDS["log.trouble.numbers"]
    numbers = f" ({counts[0].format(here=here, seen=seen)} · {counts[1].format(here=here, seen=seen)})"
    return f"{chinese} · {english}{numbers if seen else ''}"


@log.command()
@with_database
def checkpoint() -> None:
    """签下现在的树(需要时),打印最近的检查点 · Sign the tree where needed, print the newest checkpoint."""
    _or_say_why(lambda: sign_newest(datetime.now(UTC)))
    note = reads.newest_checkpoint()
    if note is not None:
        click.echo(note, nl=False)


@log.command()
@click.argument("order_id", type=click.UUID, metavar="ORDER")
@click.option(
    "--folder", type=click.Path(file_okay=False, path_type=Path), help="写成文件 · write files there"
)
@with_database
def proof(order_id: UUID, folder: Path | None) -> None:
    """一个订单的叶子和证明 · The leaf of an order and its proof (c2sp.org/tlog-proof)."""
    found = reads.proof_of(order_id)
    if found is None:
        raise click.ClickException(f"日志里还没有这个订单 · the log does not have order {order_id} yet")
    if folder is None:
        click.echo(found.entry.decode(), err=True)
        click.echo(found.proof, nl=False)
        return
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{order_id}.entry").write_bytes(found.entry)
    (folder / f"{order_id}.tlog-proof").write_bytes(found.proof)
    (folder / "log.vkey").write_text("".join(f"{key}\n" for key in reads.log_keys()), encoding="utf-8")
    click.echo(f"{folder}: {order_id}.entry, {order_id}.tlog-proof, log.vkey")


@log.command()
@with_database
def keys() -> None:
    """公钥,新的在前 · The verifier keys, newest first, with the sizes they sign for."""
    for key in reads.read_keys():
        until = "" if key.until_size is None else str(key.until_size)
        click.echo(f"{key.vkey}  {key.from_size}–{until}")


@log.command("rotate-key")
@with_database
def rotate_key() -> None:
    """换签名密钥;新旧两把一起签最后一次 · A new signing key; old and new sign the last head together."""
    _or_say_why(lambda: hand_over(datetime.now(UTC)))
    click.echo(f"现用 in use: {reads.log_keys()[0]}")


@log.command()
@click.option(
    "--against",
    "files",
    multiple=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="别处保存的检查点 · a checkpoint that somebody else has kept",
)
@click.option(
    "--vkey",
    "vkeys",
    multiple=True,
    help="也信任这把公钥和它交接出去的 · trust this key too, and those it handed over to",
)
@with_database
def check(files: tuple[Path, ...], vkeys: tuple[str, ...]) -> None:
    """从叶子重算整棵树,和哈希块、检查点、别处保存的对 · Compute the tree again and compare; exit 1 on a difference."""
    size = reads.log_health().size
    notes = [*published_notes(), *(path.read_bytes() for path in files)]
    with click.progressbar(length=size, label="核对 · checking", file=sys.stderr) as bar:
        found = list(find_log_differences(notes, _trusted(vkeys), bar.update))
    for difference in found:
        click.echo(sentence(difference))
    click.echo(
        f"核对 {size:,} 片叶子,{len(found):,} 处不符 · {size:,} leaves checked, {len(found):,} differences"
    )
    if found:
        sys.exit(1)


def _trusted(vkeys: tuple[str, ...]) -> list[Key]:
    """The keys that were named, and those that they handed over to."""
    handovers = [key.statement for key in reversed(reads.read_keys()) if key.statement]
    try:
        return [key for vkey in vkeys for key in keys_from(read_vkey(vkey), handovers)]
    except BadNote as error:
        raise click.ClickException(
            f"这不是公钥，或交接书不成立 · not a verifier key, or a handover fails: {error}"
        ) from None


@log.command("catch-up")
@with_database
def catch_up() -> None:
    """把日志里没有的订单补记进去 · Log every order that the log does not have yet."""
    with click.progressbar(length=count_orders(), label="补记 · logging", file=sys.stderr) as bar:
        added = log_all_orders(bar.update)
    _or_say_why(lambda: sign_newest(datetime.now(UTC)))
    click.echo(f"补记 {added:,} 片叶子 · {added:,} leaves added")


@log.command()
@with_database
def repair() -> None:
    """丢了或坏了的哈希块,从叶子重算;叶子不对就不写 · Lost or damaged tiles, computed again from the leaves."""
    with click.progressbar(length=reads.log_health().size, label="修复 · repairing", file=sys.stderr) as bar:
        found = repair_tiles(bar.update)
    for difference in found:
        click.echo(sentence(difference))
    if found:
        raise click.ClickException(
            "叶子或签名不对,没有动 · leaves or signatures are not sound; nothing was written"
        )
    click.echo("哈希块已重算 · the tiles were computed again")


def _or_say_why(sign: Callable[[], object]) -> None:
    """Do what signs; what keeps it from signing is one sentence."""
    try:
        sign()
    except NotSigned as error:
        raise click.ClickException(trouble_text(error.code, error.size, error.seen_size)) from None


COMMANDS = (log,)
