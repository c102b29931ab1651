"""`tuidan decide` and `tuidan policy`: the refund policy on the command line, without any database.

`decide` reads JSON Lines of `{"id", "facts"}` and writes one decision a line as it goes; a line that cannot be
decided gives an error object in its place, the rest go on, and the command ends with 1.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import click
import orjson

from tuidan.domain.calendar import Calendar
from tuidan.domain.policy import (
    CompiledPolicy,
    FactsError,
    PolicyError,
    Verdict,
    check_policy,
    compile_policy,
    decide,
)
from tuidan.domain.policy.compiled import describe
from tuidan.policies import load_calendar, load_policy_document, load_standard_policy
from tuidan.site.cli.policy_text import explained, table_text
from tuidan.site.cli.score import score_command
from tuidan.web.shared.reasons import reasons_text

SHOWN = (
    "decision", "amount_fen", "compensation_fen", "liable", "deadline", "refund_to", "rules", "reasons", "near_misses",
)  # fmt: skip
STANDARD = Path(__file__).resolve().parents[2] / "policies" / "standard"


def verdict_line(line_id: object, verdict: Verdict) -> dict[str, object]:
    """One output line: the decision with its sentences in both languages."""
    plain = verdict.to_plain()
    return {
        "id": line_id,
        **{name: plain[name] for name in SHOWN},
        "reason_zh": reasons_text(verdict.reasons, "zh"),
        "reason_en": reasons_text(verdict.reasons, "en"),
        "policy": plain["policy"],
    }


def error_line(line_id: object, number: int, code: str, field: str = "") -> dict[str, object]:
    """What stands in the place of a decision that could not be made."""
    error: dict[str, object] = {"code": code, "line": number}
    return {"id": line_id, "error": {**error, "field": field} if field else error}


def decide_line(
    raw: bytes, number: int, policy: CompiledPolicy, calendar: Calendar
) -> tuple[object, Verdict | dict[str, object]]:
    """The id of one input line, and its verdict or its error object."""
    try:
        line = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return None, error_line(None, number, "not_json")
    if not isinstance(line, dict):
        return None, error_line(None, number, "not_an_object")
    line_id, facts = line.get("id"), line.get("facts")
    if not isinstance(facts, dict):
        return line_id, error_line(line_id, number, "facts_missing", "facts")
    try:
        return line_id, decide(facts, policy, calendar)
    except FactsError as error:
        return line_id, error_line(line_id, number, error.problem, error.field)
    except (ArithmeticError, LookupError, ValueError, RuntimeError) as error:
        # one impossible line must not cost the others their answer
        return line_id, error_line(line_id, number, "cannot_decide", type(error).__name__)


def _lines(source: BinaryIO) -> Iterator[tuple[int, bytes]]:
    for number, raw in enumerate(source, start=1):
        if raw.strip():
            yield number, raw


def _policy(folder: Path | None) -> CompiledPolicy:
    if folder is None:
        return load_standard_policy()
    try:
        return compile_policy(folder.read_bytes() if folder.is_file() else load_policy_document(folder))
    except (OSError, orjson.JSONDecodeError, PolicyError) as error:
        raise click.ClickException(f"the policy in {folder} cannot be used: {error}") from error


@click.command("decide")
@click.argument("file", type=click.File("rb"))
@click.option("--explain", is_flag=True, help="Print each decision for a person to read.")
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Of --explain."
)
@click.option(
    "--policy",
    "folder",
    type=click.Path(exists=True, path_type=Path),
    default=None,
    help="A folder, or the one file of a published version, as bundles hold it.",
)
def decide_command(file: BinaryIO, explain: bool, lang: str, folder: Path | None) -> None:
    """Decide the cases of FILE (or `-`): JSON Lines of {"id", "facts"} in, one decision a line out.

    A missing or null fact means "unknown". Ends with 1 if any line could not be decided.
    """
    policy, calendar = _policy(folder), load_calendar()
    failed = False
    for number, raw in _lines(file):
        line_id, answer = decide_line(raw, number, policy, calendar)
        failed |= isinstance(answer, dict)
        if isinstance(answer, Verdict) and explain:
            click.echo(explained(line_id, answer, lang))
            continue
        plain = verdict_line(line_id, answer) if isinstance(answer, Verdict) else answer
        sys.stdout.buffer.write(orjson.dumps(plain, option=orjson.OPT_APPEND_NEWLINE))
        sys.stdout.buffer.flush()
    sys.exit(1 if failed else 0)


@click.group("policy")
def policy_group() -> None:
    """The refund policy: look at it, prove a draft, publish it with notice."""


@policy_group.command("check")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path), default=STANDARD)
def check_command(folder: Path) -> None:
    """Check a policy FOLDER before publishing (the standard one if none is named). Ends with 1 on any problem."""
    try:
        document = load_policy_document(folder)
    except (OSError, orjson.JSONDecodeError) as error:
        raise click.ClickException(f"the policy in {folder} cannot be read: {error}") from error
    problems = check_policy(document)
    for problem in problems:
        click.echo(describe(problem))
    if problems:
        click.echo(f"{len(problems)} problems; this policy may not be published")
        sys.exit(1)
    policy = compile_policy(document)
    rows = sum(len(table.rows) for table in policy.deciding.values())
    click.echo(
        f"{policy.name.id} {policy.name.version}: {rows} rows, every case answered, every row reachable"
    )
    click.echo(f"sha256 {policy.sha256}")


@policy_group.command("show")
@click.argument("table", required=False)
def show_command(table: str | None) -> None:
    """Print the tables of the standard policy as text, or only TABLE."""
    policy = load_standard_policy()
    tables = {**policy.deciding, "authority": policy.authority, "destination": policy.destination}
    if table is not None and table not in tables:
        raise click.ClickException(f"no table {table}; there are {', '.join(tables)}")
    for name in tables if table is None else [table]:
        click.echo(table_text(tables[name]))


COMMANDS: tuple[click.Command, ...] = (decide_command, policy_group, score_command)
__all__ = ["COMMANDS", "decide_command", "policy_group"]
