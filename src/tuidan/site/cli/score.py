"""`tuidan score`: what the policy answers on cases whose answer is known, money errors apart from routing errors."""

import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import BinaryIO

import click
import orjson

from tuidan.domain.policy import FactsError, Verdict, decide
from tuidan.policies import load_calendar, load_standard_policy

PAYS = frozenset({"approve_full", "approve_partial"})
ASPECTS = ("decision", "amount_fen", "liable", "due_at")


@dataclass(slots=True)
class Score:
    """Counts over the cases read so far."""

    cases: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    groups: Counter[tuple[str, str]] = field(default_factory=Counter)
    groups_right: Counter[tuple[str, str]] = field(default_factory=Counter)
    money_errors: list[str] = field(default_factory=list)
    routing_errors: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def aspects_right(verdict: Verdict, expected: dict[str, object]) -> dict[str, bool]:
    """Which of decision, amount, liable and due time are as expected; undetermined liability is not scored."""
    plain = verdict.to_plain()
    deadline, wanted = plain["deadline"], expected.get("deadline")
    due = deadline.get("due_at") if isinstance(deadline, dict) else None
    wanted_due = wanted.get("due_at") if isinstance(wanted, dict) else None
    liable = expected.get("liable")
    return {
        "decision": plain["decision"] == expected.get("decision"),
        "amount_fen": plain["amount_fen"] == expected.get("amount_fen"),
        "liable": liable == "undetermined" or plain["liable"] == liable,
        "due_at": due == wanted_due,
    }


def _add(score: Score, row: dict[str, object], verdict: Verdict) -> None:
    facts, expected = row["facts"], row["expected"]
    if not isinstance(facts, dict) or not isinstance(expected, dict):
        raise click.ClickException("a case needs facts and expected")
    name, right = str(row.get("id")), aspects_right(verdict, expected)
    kind = "contested" if row.get("contested") else "uncontested"
    score.cases[kind] += 1
    for aspect, is_right in right.items():
        score.right[f"{kind} {aspect}"] += is_right
    whole = all(right.values())
    for group in (("kind", str(facts.get("goods_kind"))), ("decision", str(expected.get("decision")))):
        score.groups[group] += 1
        score.groups_right[group] += whole
    wanted, given = str(expected.get("decision")), verdict.decision
    told = f"{name}: {wanted} {expected.get('amount_fen')} expected, {given} {verdict.amount_fen} given"
    if (wanted in PAYS) != (given in PAYS) and "reject" in (wanted, given):
        score.money_errors.append(told)
    elif not (right["decision"] and right["amount_fen"]):
        (score.money_errors if wanted in PAYS and given in PAYS else score.routing_errors).append(told)


def _report(score: Score) -> None:
    for kind, cases in sorted(score.cases.items(), reverse=True):
        parts = ", ".join(f"{aspect} {score.right[f'{kind} {aspect}']}/{cases}" for aspect in ASPECTS)
        click.echo(f"{kind}: {parts}")
    for group, cases in sorted(score.groups.items()):
        click.echo(f"{group[0]} {group[1]}: {score.groups_right[group]}/{cases}")
    in_full, all_cases = score.groups[("decision", "approve_full")], sum(score.cases.values())
    decided = sum(score.right[f"{kind} decision"] for kind in score.cases)
    click.echo(f"decisions right: {decided}/{all_cases}; always refunding in full would get {in_full}")
    for label, errors in (
        ("money errors", score.money_errors),
        ("routing errors", score.routing_errors),
        ("not decided", score.unread),
    ):
        click.echo(f"{label}: {len(errors)}")
        for told in errors:
            click.echo(f"  {told}")


@click.command("score")
@click.argument("file", type=click.File("rb"))
def score_command(file: BinaryIO) -> None:
    """Score the policy on the cases of FILE (or `-`): JSON Lines with id, facts, expected and contested.

    Ends with 1 if an uncontested case is not exact, or if a refund and a rejection are mistaken for each other.
    """
    policy, calendar, score = load_standard_policy(), load_calendar(), Score()
    for number, raw in enumerate(file, start=1):
        if not raw.strip():
            continue
        try:
            row = orjson.loads(raw)
            verdict = decide(row["facts"], policy, calendar)
        except (orjson.JSONDecodeError, FactsError, LookupError, TypeError) as error:
            score.unread.append(f"line {number}: {error}")
            continue
        _add(score, row, verdict)
    _report(score)
    cases = score.cases["uncontested"]
    exact = all(score.right[f"uncontested {aspect}"] == cases for aspect in ASPECTS)
    sys.exit(0 if exact and not score.money_errors and not score.unread else 1)
