"""`tuidan keys`: keys with which machines act for a person. A key is printed once, when it is made."""

from datetime import UTC, datetime

import click

from tuidan.commands.people import give_api_key, revoke_api_key
from tuidan.reads.people import api_key_id, keys_of, person_by_email
from tuidan.site.cli.database import with_database
from tuidan.store.people import PersonRecord

LABEL_CHARS_MAX = 80


@click.group()
def keys() -> None:
    """接口密钥 · Keys for the API."""


@keys.command()
@click.argument("email")
@click.option("--label", required=True, help="这把密钥给谁用 · what the key is for")
@with_database
def create(email: str, label: str) -> None:
    """给一个人做一把密钥,只显示这一次 · Make a key for a person; it is shown this once.

    密钥在标准输出,其余的话在标准错误 · The key goes to standard output, everything else to standard error.
    """
    person = _person(email)
    if not 1 <= len(label.strip()) <= LABEL_CHARS_MAX:
        raise click.ClickException(
            f"说明要 1 到 {LABEL_CHARS_MAX} 个字 · a label has 1 to {LABEL_CHARS_MAX} characters"
        )
    key = give_api_key(person.id, label.strip(), datetime.now(UTC))
    click.echo(f"{api_key_id(key)}  {label.strip()} · {person.email} · 请马上保存 keep it now", err=True)
    click.echo(key)


@keys.command("list")
@click.argument("email")
@with_database
def list_(email: str) -> None:
    """一个人的密钥,不显示密钥本身 · The keys of a person, without the keys themselves."""
    for found in keys_of(_person(email).id):
        ended = f"  已撤销 revoked {found.revoked_at:%Y-%m-%d %H:%M}Z" if found.revoked_at else ""
        click.echo(f"{found.id}  {found.created_at:%Y-%m-%d %H:%M}Z  {found.label}{ended}")


@keys.command()
@click.argument("key_id")
@with_database
def revoke(key_id: str) -> None:
    """撤销一把密钥,几秒内生效;KEY_ID 见 list,也可以是密钥本身 · End a key, by its id or by the key itself."""
    if not revoke_api_key(key_id, datetime.now(UTC)):
        raise click.ClickException("没有这把有效的密钥 · no living key has this name")
    click.echo("已撤销,5 秒内失效 · revoked; it stops working within 5 seconds", err=True)


def _person(email: str) -> PersonRecord:
    person = person_by_email(email)
    if person is None:
        raise click.ClickException(f"没有这个人 · nobody has this address: {email}")
    return person


COMMANDS = (keys,)
