"""`tuidan log witnesses`, `tuidan log policy`: who watches the log from outside, and whom a verifier may trust."""

from __future__ import annotations

import sys

import click
from django.conf import settings

from tuidan.reads.log_witness import policy_text, read_token, read_witnesses
from tuidan.site.cli.database import with_database
from tuidan.site.cli.log import log


@log.command()
@with_database
def witnesses() -> None:
    """谁在盯着日志,最近的时间戳;有人见过另一段历史时退出码 1 · Witnesses and timestamp; exit 1 on a contradiction."""
    seen = read_witnesses()
    for each in seen:
        when = f"{each.cosigned_at:%Y-%m-%d %H:%M:%S}Z" if each.cosigned_at else "–"
        click.echo(f"{each.name:<24} {each.seen_size:>10,}  {when:<21} {each.said}".rstrip())
    if not seen:
        click.echo("还没有见证人 · no witness yet (connectors.toml: [witnesses.NAME])")
    token = read_token()
    if token is not None:
        click.echo(f"时间戳 timestamp {token.at:%Y-%m-%d %H:%M:%S}Z over {token.size:,} leaves")
    if any(each.contradicts for each in seen):
        sys.exit(1)


@log.command()
@with_database
def policy() -> None:
    """打印 tlog-policy:日志公钥和见证人 · Print the trust policy for verifiers."""
    click.echo(policy_text(f"{settings.PUBLIC_URL}/log"), nl=False)


COMMANDS: tuple[click.Command, ...] = ()  # they stand under `log`
