"""The commands of a witness: make its key, serve requests, follow a log, show and compare what was seen."""

from __future__ import annotations

import json
import os
import signal
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import click

from tuidan.domain.tlog.checkpoint import Checkpoint
from tuidan.domain.tlog.note import BadNote, Key, read_vkey
from tuidan.witness import compare as comparing
from tuidan.witness import follow as following
from tuidan.witness.key import NoKey, WitnessKey, make_key, read_key
from tuidan.witness.memory import Memory
from tuidan.witness.published import PublishedLog
from tuidan.witness.server import WitnessServer
from tuidan.witness.watch import Witness
from tuidan.witness.words import COMPARED, SHOUTS

folder_option = click.option(
    "--folder",
    type=click.Path(path_type=Path),
    required=True,
    help="存密钥和检查点的目录 · Keeps key and checkpoints.",
)
stdin_option = click.option(
    "--until-stdin-closes", is_flag=True, hidden=True, help="End when the starter is gone."
)


@click.group()
def witness() -> None:
    """见证人:自己保存日志的最后一个检查点,历史被改就能发现 · A witness that finds a rewritten history."""


@witness.command()
@folder_option
@click.option(
    "--name", required=True, help="公开的名字,如 witness.example.cn · Its public name, no spaces and no plus."
)
def key(folder: Path, name: str) -> None:
    """生成密钥,打印公钥 · Make the key and print the verifier key."""
    try:
        click.echo(make_key(folder, name).public.vkey())
    except (NoKey, BadNote) as error:
        raise click.ClickException(str(error)) from error


@witness.command()
@folder_option
@click.option(
    "--log",
    "logs",
    multiple=True,
    required=True,
    help="日志的公钥(vkey),可多次 · The log's verifier key; may be repeated.",
)
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址 · Address to listen on.")
@click.option("--port", default=8091, show_default=True, help="监听的端口 · Port to listen on.")
@click.option("--url", default="", help="别人访问的地址,只用来打印 · Its public address, only to be printed.")
@stdin_option
def serve(
    folder: Path, logs: tuple[str, ...], host: str, port: int, url: str, until_stdin_closes: bool
) -> None:
    """答复 add-checkpoint 请求 · Answer add-checkpoint (c2sp.org/tlog-witness) until Ctrl-C."""
    mine = _key(folder)
    server = WitnessServer(host, port, Witness(folder, mine, [_vkey(each) for each in logs]))
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
    stop = _stop_event(until_stdin_closes)
    ready = {
        "ready": True,
        "pid": os.getpid(),
        "name": mine.name,
        "url": url or f"http://{host}:{server.port}",
    }
    click.echo(json.dumps(ready | {"vkey": mine.public.vkey()}))
    sys.stdout.flush()
    stop.wait()
    server.shutdown()
    server.server_close()


@witness.command()
@folder_option
@click.option(
    "--log-url", required=True, help="日志的地址,如 https://shop.example/log · Where the log is published."
)
@click.option("--vkey", "vkeys", multiple=True, required=True, help="日志的公钥 · The log's verifier key.")
@click.option("--every", default=10.0, show_default=True, help="多少秒看一次 · Seconds between two looks.")
@click.option("--once", is_flag=True, help="只看一次 · Look once, then end.")
@stdin_option
def follow(
    folder: Path, log_url: str, vkeys: tuple[str, ...], every: float, once: bool, until_stdin_closes: bool
) -> None:
    """跟着日志走;历史被改就大声说,退出码 1 · Follow a log; a rewritten history ends it with exit code 1."""
    watching = Witness(folder, _key(folder), [_vkey(each) for each in vkeys])
    log = PublishedLog(log_url)
    stop = _stop_event(until_stdin_closes)
    while True:
        seen = following.look(watching, log)
        _say(seen)
        if seen.what in following.SHOUTED:
            sys.exit(1)
        if once or stop.wait(every):
            sys.exit(2 if once and seen.what == following.AWAY else 0)


@witness.command()
@folder_option
def show(folder: Path) -> None:
    """显示看到的最后检查点 · Show the last checkpoint of each log, as it was signed and cosigned."""
    click.echo(f"{_key(folder).public.vkey()}\n")
    click.echo(b"\n".join(Memory(folder).all()).decode(), nl=False)


@witness.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@folder_option
@click.option("--vkey", "vkeys", multiple=True, required=True, help="日志的公钥 · The log's verifier key.")
@click.option(
    "--log-url", default="", help="大小不同时,用它的瓦片来比 · Where two sizes differ, its tiles decide."
)
def compare(file: Path, folder: Path, vkeys: tuple[str, ...], log_url: str) -> None:
    """别人手里的检查点,与我看到的是不是同一段历史 · Whether a checkpoint belongs to the history seen here."""
    watching = Witness(folder, _key(folder), [_vkey(each) for each in vkeys])
    what, why = comparing.compare(watching, file.read_bytes(), PublishedLog(log_url) if log_url else None)
    click.echo(COMPARED[what].format(why=why))
    if what not in (comparing.SAME, comparing.FITS):
        sys.exit(1)


def _say(seen: following.Look) -> None:
    line = SHOUTS[seen.what].format(
        why=seen.why, last=_shown(seen.last), now=_shown(seen.now), proof=seen.proof or ""
    )
    if seen.what != following.SAME:
        click.echo(line, err=seen.what in following.SHOUTED)
        sys.stdout.flush()


def _shown(told: Checkpoint | None) -> str:
    return f"{told.size} {told.root.hex()[:16]}" if told else "-"


def _key(folder: Path) -> WitnessKey:
    try:
        return read_key(folder)
    except NoKey as error:
        raise click.ClickException(str(error)) from error


def _vkey(text: str) -> Key:
    try:
        return read_vkey(text)
    except BadNote as error:
        raise click.ClickException(f"{text}: {error}") from error


def _stop_event(until_stdin_closes: bool) -> threading.Event:
    """Set by SIGTERM, Ctrl-C or, where wanted, the end of stdin."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if until_stdin_closes:
        threading.Thread(target=_await_end, args=(stop.set,), daemon=True).start()
    return stop


def _await_end(then: Callable[[], None]) -> None:
    while os.read(0, 4096):
        pass
    then()
