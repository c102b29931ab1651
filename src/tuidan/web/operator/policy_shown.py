"""A draft or version made ready for the operator's page: check, test cases, replay in rows with words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tuidan.commands.policy import DraftProof
from tuidan.domain.policy.compiled import describe
from tuidan.web.shared.difference import word_or_code
from tuidan.web.shared.moments import duration_text
from tuidan.web.shared.words import say


@dataclass(frozen=True, slots=True)
class ReplayShown:
    """The stored summary of a replay with words for its codes; amounts fen."""

    at: datetime
    base: str
    orders: int
    complete: bool
    unreadable: int
    not_reproduced: int
    groups: list[dict[str, object]]
    changes: list[dict[str, object]]
    worst: list[dict[str, object]]


def show_replay(summary: Mapping[str, Any], language: str) -> ReplayShown | None:
    """None where there was no replay."""
    if not summary:
        return None
    return ReplayShown(
        datetime.fromisoformat(summary["at"]),
        summary["base"],
        summary["orders"],
        summary["complete"],
        summary["unreadable"],
        summary["not_reproduced"],
        [_group(one, language) for one in summary["groups"]],
        [_worded(one, language) for one in summary["changes"]],
        [_worded(one, language) | {"reason_word": _reason(one, language)} for one in summary["worst"]],
    )


def _group(one: Mapping[str, Any], language: str) -> dict[str, object]:
    group = str(one["group"])
    if group.startswith("age:"):
        span = duration_text(int(group.removeprefix("age:")), language)
        word = say("policies.group.age", language, span=span)
    elif group == "all":
        word = say("policies.group.all", language)
    else:
        word = word_or_code("kind", group, language)
    return {**one, "source_word": say(f"policies.source.{one['source']}", language), "word": word}


def _worded(one: Mapping[str, Any], language: str) -> dict[str, object]:
    source = str(one.get("source") or ("case" if one["case"] else "standing"))
    return {
        **one,
        "source_word": say(f"policies.source.{source}", language),
        "before_word": word_or_code("decided", str(one["before"]), language),
        "after_word": word_or_code("decided", str(one["after"]), language),
        "loses": one["fen"] < 0,
        "moved_fen": abs(one["fen"]),
    }


def _reason(one: Mapping[str, Any], language: str) -> str:
    return word_or_code("reason", str(one["reason"]), language)


def problems_shown(proved: DraftProof) -> list[str]:
    """The problems of the check, one line each: places and codes, as the authors of tables read them."""
    return [describe(problem) for problem in proved.problems]
