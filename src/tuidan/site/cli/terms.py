"""`tuidan lint-terms`: what in a text is void or risky, what to write instead; and how well it reads."""

from __future__ import annotations

import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import BinaryIO

import click
import orjson

from tuidan.domain.terms import CLAUSES, Hit, has_void, lint
from tuidan.web.shared.words import say

BYTES_MAX = 1_000_000
SEPARATOR = {"zh": "、", "en": "; "}


@dataclass(slots=True)
class TermsScore:
    """Counts over the rows of a scoring file."""

    rows: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: list[str] = field(default_factory=list)
    lawful: int = 0
    false_alarms: list[str] = field(default_factory=list)
    false_levels: Counter[str] = field(default_factory=Counter)


def name_of(file: BinaryIO) -> str:
    """What a person calls the file."""
    return str(getattr(file, "name", "the input"))


def read_text(file: BinaryIO) -> str:
    """The file's text (UTF-8, with or without a mark). Raises ClickException where it is none or too long."""
    raw = file.read(BYTES_MAX + 1)
    if len(raw) > BYTES_MAX:
        raise click.ClickException(f"{name_of(file)} is longer than {BYTES_MAX:,} bytes; lint it in parts.")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.ClickException(f"{name_of(file)} is not UTF-8 text (byte {error.start}).") from None


def hit_row(hit: Hit) -> dict[str, object]:
    """A hit as data for a program."""
    return {
        "clause": hit.clause,
        "level": hit.level,
        "start": hit.start,
        "end": hit.end,
        "words": hit.words,
        "articles": list(hit.articles),
        "title": say(hit.title_key, "zh"),
        "rewrite": say(hit.rewrite_key, "zh"),
        "likely": hit.likely,
    }


def told(hit: Hit, language: str) -> str:
    """A hit for a person: three short lines."""
    basis = SEPARATOR[language].join(hit.articles)
    level = say("terms.likely" if hit.likely else f"terms.level.{hit.level}", language)
    return (
        f"{hit.clause} {hit.level} {level} · {say(hit.title_key, language)} · {basis}\n"
        f"  {say('terms.words', language)} {hit.start}–{hit.end}: {' '.join(hit.words.split())}\n"
        f"  {say('terms.rewrite', language)}: {say(hit.rewrite_key, language)}"
    )


def tell_terms(hits: list[Hit]) -> None:
    """Tell a seller who just saved a text what in it is void or risky; on standard error, beside the answer."""
    if hits:
        click.echo(say("terms.seller_told", "zh"), err=True)
        click.echo(say("terms.seller_told", "en"), err=True)
    for hit in hits:
        click.echo(told(hit, "zh"), err=True)


def score(rows: list[dict[str, object]]) -> TermsScore:
    """A row with a clause is found when that clause is among its hits; a row without one must have none."""
    score = TermsScore()
    for row in rows:
        text, wanted = str(row["text"]), row.get("clause")
        hits = lint(text)
        clauses = {hit.clause for hit in hits}
        if wanted:
            score.rows[str(wanted)] += 1
            score.found[str(wanted)] += wanted in clauses
            if wanted not in clauses:
                score.missed.append(f"{wanted}: {text} → {', '.join(sorted(clauses)) or '–'}")
            continue
        score.lawful += 1
        if hits:
            score.false_alarms.append(f"{', '.join(f'{hit.clause} {hit.words}' for hit in hits)}: {text}")
            score.false_levels.update({hit.level for hit in hits})
    return score


def _print_score(score: TermsScore, verbose: bool) -> None:
    for clause in sorted(score.rows):
        click.echo(f"{clause} {CLAUSES[clause].level}: {score.found[clause]}/{score.rows[clause]}")
    for level in sorted({CLAUSES[clause].level for clause in score.rows}, reverse=True):
        clauses = [clause for clause in score.rows if CLAUSES[clause].level == level]
        found, rows = sum(score.found[c] for c in clauses), sum(score.rows[c] for c in clauses)
        click.echo(f"{level}: {found}/{rows} found")
    rows, found = score.rows.total(), score.found.total()
    if rows:
        click.echo(f"found: {found}/{rows} ({found / rows:.1%})")
    levels = ", ".join(f"{level} {score.false_levels[level]}" for level in "VR")
    click.echo(f"false alarms: {len(score.false_alarms)}/{score.lawful} ({levels})")
    if verbose:
        for line in (*score.missed, *score.false_alarms):
            click.echo(f"  {line}")


def _scoring_rows(text: str, half: str) -> list[dict[str, object]]:
    """The rows of a scoring file. Raises ClickException for a row that is none."""
    rows = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or (half and number % 2 != (half == "odd")):
            continue
        try:
            row = orjson.loads(line)
            wanted = row.get("clause")
            if not isinstance(row["text"], str) or not (wanted is None or wanted in CLAUSES):
                raise ValueError("needs text, and a clause that exists or null")
        except (ValueError, LookupError, AttributeError, TypeError) as error:
            raise click.ClickException(f"line {number}: {error}") from None
        rows.append(row)
    return rows


@click.command("lint-terms")
@click.argument("file", type=click.File("rb"))
@click.option("--json", "as_json", is_flag=True, help="每行一个 JSON · one JSON object a hit.")
@click.option(
    "--lang", type=click.Choice(["zh", "en"]), default="zh", show_default=True, help="Of the sentences."
)
@click.option(
    "--score",
    "as_score",
    is_flag=True,
    help="FILE holds JSON Lines of {clause or null, text}: count what is found.",
)
@click.option(
    "--half", type=click.Choice(["odd", "even"]), default=None, help="With --score: only these lines."
)
@click.option("--verbose", is_flag=True, help="With --score: print what was missed and the false alarms.")
def lint_terms(
    file: BinaryIO, as_json: bool, lang: str, as_score: bool, half: str | None, verbose: bool
) -> None:
    """找出文本里无效或有风险的条款 · Find the clauses of FILE (or `-`) that are void or risky.

    Ends with 1 when a clause is void by law (V), with 0 otherwise.
    """
    text = read_text(file)
    if as_score:
        result = score(_scoring_rows(text, half or ""))
        _print_score(result, verbose)
        good = result.found.total() >= 0.9 * result.rows.total() and not result.false_alarms
        sys.exit(0 if good else 1)
    hits = lint(text)
    for hit in hits:
        click.echo(orjson.dumps(hit_row(hit)).decode() if as_json else told(hit, lang))
    if not hits and not as_json:
        click.echo(say("terms.none", lang))
    sys.exit(1 if has_void(hits) else 0)


COMMANDS = (lint_terms,)
