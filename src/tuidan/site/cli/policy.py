"""`tuidan policy …`: the life of a policy, from a draft to a version in force; and `publish-policy` for the first."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

import click
from django.conf import settings

from tuidan.commands import policy as life
from tuidan.domain.calendar import CHINA
from tuidan.domain.policy.compiled import describe
from tuidan.domain.policy.life import NOTICE_DAYS_MAX, Publication, earliest_effect
from tuidan.policies import load_policy_document, load_standard_policy
from tuidan.reads import policy as reads
from tuidan.reads import replay as replays
from tuidan.reads.people import person_by_email
from tuidan.site.cli.database import with_database
from tuidan.site.cli.decide import STANDARD, policy_group
from tuidan.site.cli.policy_proof_text import examples_text, replay_text
from tuidan.web.shared.difference import changes_text, obstacle_text
from tuidan.web.shared.words import say

LANG = click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True)
BY = click.option("--by", "email", required=True, help="做这件事的运营人员 · the operator who does it")
PATH = click.Path(exists=True, path_type=Path)


def _now() -> datetime:
    return datetime.now(UTC)


def _operator(email: str) -> UUID:
    person = person_by_email(email)
    if person is None or not person.is_operator:
        raise click.ClickException(f"{email} 不是运营人员 · {email} is no operator")
    return person.id


def _sha256(start: str, *, drafts: bool = True) -> str:
    try:
        return reads.full_sha256(start, drafts=drafts)
    except reads.NoSuchVersion:
        raise click.ClickException(
            f"没有唯一一个以 {start} 开头的版本 · there is not exactly one version whose hash begins {start}"
        ) from None


def _import(path: Path) -> None:
    try:
        document = load_policy_document(path) if path.is_dir() else path.read_bytes()
        click.echo(life.import_draft(document, None, _now()))
    except life.NotADraft as error:
        for problem in error.problems:
            click.echo(describe(problem), err=True)
        raise click.ClickException("这不是能用的规则 · this is no policy that could decide") from None
    except (OSError, ValueError) as error:
        raise click.ClickException(f"{path}: {error}") from None


@policy_group.group("draft")
def draft_group() -> None:
    """规则草稿 · Drafts of a policy."""


@draft_group.command("import")
@click.argument("path", type=PATH, default=STANDARD)
@with_database
def draft_import(path: Path) -> None:
    """把目录或单个文件存成草稿,打印哈希 · Keep a FOLDER or FILE as a draft and print its SHA-256."""
    _import(path)


@policy_group.command("import")
@click.argument("path", type=PATH)
@with_database
def import_command(path: Path) -> None:
    """导入导出过的文件,成为草稿 · Import an exported FILE as a draft; the hash is the one it had."""
    _import(path)


@policy_group.command("export")
@click.argument("sha256")
@click.argument("file", type=click.File("wb"))
@with_database
def export_command(sha256: str, file: BinaryIO) -> None:
    """把一个版本写成一个文件,文件的 SHA-256 就是版本名 · Write a version as one file, named by its own SHA-256."""
    file.write(reads.policy_of(_sha256(sha256)).canonical)


@draft_group.command("list")
@with_database
def draft_list() -> None:
    """列出草稿 · List the drafts."""
    for draft in reads.list_drafts():
        replayed = "  回放过 replayed" if draft.replay else ""
        made = draft.created_at.astimezone(CHINA)
        click.echo(f"{draft.sha256[:12]}  {draft.policy_id} {draft.version}  {made:%Y-%m-%d %H:%M}{replayed}")


@draft_group.command("drop")
@click.argument("sha256")
@with_database
def draft_drop(sha256: str) -> None:
    """删掉一份草稿 · Forget a draft."""
    try:
        life.drop_draft(_sha256(sha256))
    except life.NoSuchPolicy:
        raise click.ClickException("这不是草稿 · this is no draft") from None


@policy_group.command("cases")
@click.argument("sha256")
@click.argument("file", type=click.File("rb"), default=str(STANDARD / "examples.jsonl"))
@with_database
def cases_command(sha256: str, file: BinaryIO) -> None:
    """给草稿配测试用例(JSON Lines)并跑一遍 · Give a draft its test cases and run them; ends with 1 if any fails.

    {"id", "facts", "expected": {"decision", "amount_fen", "liable", "within", "due_at"}}; every row should be reached.
    Without FILE: those that ship with the standard policy.
    """
    try:
        run = life.give_examples(_sha256(sha256), file.read())
    except life.NoSuchPolicy:
        raise click.ClickException("这不是草稿 · this is no draft") from None
    except life.ExamplesError as error:
        raise click.ClickException(str(error)) from None
    click.echo(examples_text(run))
    sys.exit(1 if run.failed else 0)


@policy_group.command("coverage")
@click.argument("sha256")
@with_database
def coverage_command(sha256: str) -> None:
    """草稿里没有用例走到的规则,一行一条 · The rows of a draft that no test case reaches, one a line."""
    try:
        proved = life.prove_draft(_sha256(sha256))
    except life.NoSuchPolicy:
        raise click.ClickException("这不是草稿 · this is no draft") from None
    for row in proved.proof.uncovered:
        click.echo(row)


@policy_group.command("replay")
@click.argument("sha256")
@click.option(
    "--orders", "orders_max", type=click.IntRange(0), default=0, help="只看最新的几个 · only the newest"
)
@with_database
def replay_command(sha256: str, orders_max: int) -> None:
    """用过去的订单回放草稿,只读 · Ask a draft about past orders beside the latest version; reads only."""
    found = _sha256(sha256)
    total = replays.count_past_orders()
    length = min(total, orders_max) if orders_max else total
    with click.progressbar(length=length, label="回放 · replaying", file=sys.stderr) as bar:
        try:
            summary = replays.replay_draft(found, _now(), bar.update, orders_max)
        except replays.NoSuchDraft:
            raise click.ClickException("这不是草稿 · this is no draft") from None
        except replays.NothingPublished:
            raise click.ClickException("还没有公布过规则,不用回放 · nothing is published yet") from None
    life.keep_replay(found, summary)
    click.echo(replay_text(summary))


@policy_group.command("publish")
@click.argument("sha256")
@BY
@click.option("--effective-at", type=click.DateTime(["%Y-%m-%dT%H:%M:%S%z", "%Y-%m-%d"]), default=None)
@click.option(
    "--notice-days", type=click.IntRange(0, NOTICE_DAYS_MAX), default=None, help="公示几整天 · whole days"
)
@click.option(
    "--accept-uncovered", "accepted", multiple=True, help="接受没有用例的规则 · a row without a case"
)
@click.option("--major", is_flag=True, help="影响大,公示 15 天 · large effect, 15 days")
@with_database
def publish_command(
    sha256: str,
    email: str,
    effective_at: datetime | None,
    notice_days: int | None,
    accepted: tuple[str, ...],
    major: bool,
) -> None:
    """公布一份草稿:公示期满后对新订单生效 · Publish a draft; after its notice it binds new orders."""
    if (effective_at is None) == (notice_days is None):
        raise click.UsageError("--effective-at 和 --notice-days 选一个 · choose one of the two")
    now = _now()
    if effective_at is not None and effective_at.tzinfo is None:
        effective_at = effective_at.replace(tzinfo=CHINA)
    moment = effective_at or earliest_effect(now, notice_days or 0)
    asked = Publication(moment, frozenset(accepted), major, settings.POLICY_NOTICE_DAYS)
    try:
        version = life.publish_draft(_sha256(sha256), asked, _operator(email), now)
    except life.NoSuchPolicy:
        raise click.ClickException("这不是草稿 · this is no draft") from None
    except life.NotPublished as error:
        for obstacle in error.obstacles:
            click.echo(f"{obstacle_text(obstacle, 'zh')} · {obstacle_text(obstacle, 'en')}", err=True)
        raise click.ClickException("没有公布 · not published") from None
    click.echo(f"{version.sha256}  {version.version}  {version.effective_at.astimezone(CHINA).isoformat()}")


@policy_group.command("withdraw")
@click.argument("sha256")
@BY
@with_database
def withdraw_command(sha256: str, email: str) -> None:
    """撤回已公布、还没生效的版本 · Take back a version before it takes effect."""
    try:
        life.withdraw_version(_sha256(sha256, drafts=False), _operator(email), _now())
    except life.NoSuchPolicy:
        raise click.ClickException("已生效或已撤回,不能再撤 · it is in force or withdrawn already") from None


@policy_group.command("versions")
@with_database
def versions_command() -> None:
    """列出公布过的版本 · List the published versions, the latest first."""
    for view in reads.list_versions(_now()).listed:
        one, key = view.version, f"state.policy.{view.status}"
        begins = one.effective_at.astimezone(CHINA)
        click.echo(
            f"{one.sha256[:12]}  {one.policy_id} {one.version}  {begins:%Y-%m-%d %H:%M}  "
            f"{say(key, 'zh')} {say(key, 'en')}"
        )


@policy_group.command("diff")
@click.argument("before")
@click.argument("after")
@LANG
@with_database
def diff_command(before: str, after: str, lang: str) -> None:
    """两个版本差在哪,一句一条 · How two versions differ, one sentence each."""
    changes = reads.changes_between(_sha256(before), _sha256(after))
    for sentence in changes_text(changes, lang):
        click.echo(sentence)


@click.command("publish-policy")
@with_database
def publish_policy() -> None:
    """Publish the refund policy that ships with the product, with effect at once, if none was published yet."""
    found, shipped = life.publish_shipped_policy(_now()), load_standard_policy().sha256
    click.echo(found)
    if found != shipped:
        raise click.ClickException(
            "已有公布的规则;新版先存草稿再公示:tuidan policy draft import · another version was published before; "
            "a changed one needs notice: tuidan policy draft import"
        )


COMMANDS = (publish_policy,)
