"""The difference of two policy versions in plain sentences, and what keeps a draft from being published.

The codes and data come from `domain/policy/difference.py` and `life.py`; used by the pages and the command line.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from tuidan.domain.calendar import CHINA
from tuidan.domain.policy.cell import CellError, OneOf, parse_cell
from tuidan.domain.policy.deadlines import SpanError, read_span
from tuidan.domain.policy.difference import Change, Scalar
from tuidan.domain.policy.life import Obstacle
from tuidan.web.shared.moments import duration_text
from tuidan.web.shared.money import yuan
from tuidan.web.shared.words import WORDS, say

# Which prefix of the words says the values of an outcome column.
OUTCOME_WORDS = {
    "next": "table",
    "decision": "decided",
    "amount": "formula",
    "compensation": "deposit",
    "liable": "party",
    "cause": "party",
    "proof": "proof_word",
    "refund_to": "place",
}
INPUT_WORDS = {"goods_kind": "kind", "reason": "reason", "proposed": "decided", "proof": "proof_word"}
TOLD_OUTCOMES = ("next", "decision", "amount", "refund_to", "deadline")
AFTER_HAN = re.compile(r"(?<=[一-鿿]) (?=改为)")
NOT_PLAIN_NUMBERS = re.compile(r"(_seconds|_fen|_basis_points|_days|_age|_minutes)$")


def change_text(change: Change, language: str) -> str:
    """One difference as one sentence."""
    if change.what == "renamed":
        return say(f"change.renamed.{change.name}", language, before=change.before, after=change.after)
    if change.what in ("number", "deadline"):
        return _of_numbers(change, language)
    if change.what in ("roles", "order"):
        before, after = (_or_nothing(value, language) for value in (change.before, change.after))
        return say(f"change.{change.what}", language, name=change.name, before=before, after=after)
    if change.what == "notes":
        return say("change.notes", language)
    table = word_or_code("table", change.table, language)
    if change.what.startswith("table_"):
        return say(f"change.{change.what}", language, table=table)
    return _of_a_row(change, table, language)


def _of_numbers(change: Change, language: str) -> str:
    if change.what == "number":
        before, after = (number_text(change.name, value, language) for value in (change.before, change.after))
        what = word_or_code("number", change.name, language)
        return _close_up(say("change.number", language, what=what, before=before, after=after))
    what = word_or_code("span_word", str(change.after or change.before).partition(" ")[0], language)
    before, after = (
        span_words(str(value).partition(" ")[2], language) for value in (change.before, change.after)
    )
    if not change.before:
        return say("change.deadline_added", language, name=change.name, what=what, after=after)
    if not change.after:
        return say("change.deadline_removed", language, name=change.name, before=before)
    return _close_up(
        say("change.deadline", language, what=what, name=change.name, before=before, after=after)
    )


def _close_up(sentence: str) -> str:
    """No space after a Chinese unit: 由 5 分钟改为 10 分钟."""
    return AFTER_HAN.sub("", sentence)


def _of_a_row(change: Change, table: str, language: str) -> str:
    row = row_text(change, language)
    if change.what == "row_moved":
        return say("change.row_moved", language, table=table, row=row)
    if change.what in ("row_added", "row_removed"):
        conditions = say("change.and", language).join(
            say(
                "change.is",
                language,
                what=word_or_code("input", name, language),
                value=condition_text(name, text, language),
            )
            for name, text in change.conditions
        )
        told = dict(change.outcome)
        outcome = say("change.comma", language).join(
            outcome_text(name, told[name], language) for name in TOLD_OUTCOMES if told.get(name)
        )
        always = say("change.always", language)
        return say(
            f"change.{change.what}",
            language,
            table=table,
            row=row,
            conditions=conditions or always,
            outcome=outcome,
        )
    texts = condition_text if change.what == "condition" else outcome_text
    what = word_or_code("input" if change.what == "condition" else "output", change.name, language)
    before, after = (texts(change.name, value, language) for value in (change.before, change.after))
    return say(f"change.{change.what}", language, table=table, row=row, what=what, before=before, after=after)


def row_text(change: Change, language: str) -> str:
    """How a row is called: its id, its rules, and in Chinese what its authors wrote beside it."""
    if language == "zh":
        note = change.note.replace(",", "，").replace(":", "：").replace(";", "；")
        return f"「{note}」({change.row})" if note else f" {change.row}"
    return f"{change.row} ({change.rules})" if change.rules else change.row


def number_text(name: str, value: Scalar, language: str) -> str:
    """A number of a policy with its unit."""
    if not isinstance(value, int) or isinstance(value, bool):
        return _or_nothing(value, language)
    if "_seconds" in name:
        return duration_text(value, language)
    if name.endswith("_fen"):
        return f"¥{yuan(value)}"
    if name.endswith("_basis_points"):
        return f"{value // 100}.{value % 100:02d}".rstrip("0").rstrip(".") + "%"
    unit = "times"
    if found := NOT_PLAIN_NUMBERS.search(name):
        unit = {"_days": "days", "_age": "ages", "_minutes": "minutes"}[found[1]]
    return say(f"unit_word.{unit}", language, n=value)


def span_words(within: str, language: str) -> str:
    """PT24H → 24 小时, P3WD → 3 个工作日."""
    try:
        span = read_span({"what": "refund_start", "within": within})
    except SpanError:
        return _or_nothing(within, language)
    if span.working_days:
        return say("unit_word.working_days", language, n=span.working_days)
    if span.days:
        return say("unit_word.days", language, n=span.days)
    if span.seconds % 3_600 == 0:
        return say("unit_word.hours", language, n=span.seconds // 3_600)
    return say("unit_word.minutes", language, n=span.seconds // 60)


def condition_text(name: str, text: Scalar, language: str) -> str:
    """A condition cell in words: `"open"` → 未过, `>= 2` → 2 或以上, empty → 不限."""
    try:
        cell = parse_cell(str(text))
    except CellError:
        return str(text)
    if isinstance(cell, OneOf):
        values = re.findall(r'"([a-z0-9_]+)"|(-?\d+)', str(text))
        return say("change.or", language).join(
            _value(name, word or number, language) for word, number in values
        )
    low, high = getattr(cell, "low", None), getattr(cell, "high", None)
    if low is not None and high is not None:
        return say("value.number_between", language, low=low, high=high)
    if low is not None:
        return say("value.number_from", language, n=low)
    return say("value.anything", language) if high is None else say("value.number_to", language, n=high)


def outcome_text(name: str, value: Scalar, language: str) -> str:
    """An outcome cell in words."""
    text = str(value)
    if not text:
        return say("change.nothing", language)
    return word_or_code(OUTCOME_WORDS[name], text, language) if name in OUTCOME_WORDS else text


def _value(name: str, word: str, language: str) -> str:
    return word_or_code(INPUT_WORDS.get(name, "value"), word, language, or_else="value")


def word_or_code(prefix: str, code: str, language: str, or_else: str = "") -> str:
    """The word of a code, or the code itself where nobody wrote one: a draft may name tables we do not know."""
    for key in (f"{prefix}.{code}", f"{or_else}.{code}"):
        if key in WORDS:
            return say(key, language)
    return code


def _or_nothing(value: Scalar, language: str) -> str:
    return str(value) if value != "" else say("change.nothing", language)


def changes_text(changes: Sequence[Change], language: str) -> list[str]:
    """All differences, one sentence each."""
    return [change_text(change, language) for change in changes]


def obstacle_text(obstacle: Obstacle, language: str) -> str:
    """Why a draft may not be published, and what to do."""
    return say(f"obstacle.{obstacle.code}", language, **_told(obstacle.data))


def _told(data: Mapping[str, object]) -> dict[str, object]:
    return {
        name: f"{value.astimezone(CHINA):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value
        for name, value in data.items()
    }
