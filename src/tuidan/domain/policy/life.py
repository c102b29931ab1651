"""The life of a policy version: draft → published → effective → superseded, or withdrawn before it took effect.

What is in force at a moment is computed from the dates, never switched by a job. Publishing asks for notice: a
change takes effect after the day of publishing and the whole days of notice, Beijing time (电商法34: 7 days, 令116
art. 12: 15 where the effect is large; days counted by 民法典201).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from tuidan.domain.calendar import CHINA, china_day
from tuidan.domain.transitions import Table

LIFE_TABLE: Table = {
    ("draft", "policy_published"): "published",
    ("published", "policy_withdrawn"): "withdrawn",
    ("published", "effect_begins"): "effective",
    ("effective", "next_begins"): "superseded",
}
NOTICE_DAYS_MIN = 7
NOTICE_DAYS_MAJOR_MIN = 15
NOTICE_DAYS_MAX = 365


@dataclass(frozen=True, slots=True)
class Version:
    """A published version without its bytes. `n` counts published versions from 1; times are aware."""

    sha256: str
    policy_id: str
    version: str
    n: int
    published_at: datetime
    effective_at: datetime
    withdrawn_at: datetime | None = None
    published_by: str = ""
    record: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proof:
    """What was found out about a draft: problems of the check, examples, uncovered rows, the replay's base."""

    sha256: str
    policy_id: str
    version: str
    problems: int
    examples: int
    failures: int
    uncovered: tuple[str, ...]
    replayed_on: str = ""
    replay_complete: bool = False


@dataclass(frozen=True, slots=True)
class Publication:
    """What is asked: effect at this moment, rows accepted without an example, whether the effect is large."""

    effective_at: datetime
    accept_uncovered: frozenset[str] = frozenset()
    major: bool = False
    notice_days_min: int = NOTICE_DAYS_MIN


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing that keeps a draft from being published: a code (key of OBSTACLES) and what its sentence needs."""

    code: str
    data: Mapping[str, object] = field(default_factory=dict)


OBSTACLES: Mapping[str, str] = {
    "check_failed": "the check before publishing found problems",
    "examples_missing": "no examples were given with the draft",
    "examples_failed": "examples do not get the answer they name",
    "rows_uncovered": "no example reaches these rows and nobody accepted that",
    "rows_unknown": "rows were accepted as uncovered that are covered, or do not exist",
    "replay_missing": "the draft was not replayed on past orders",
    "replay_partial": "the replay did not look at all past orders",
    "replay_outdated": "another version was published since the replay",
    "published_before": "these bytes were published already",
    "version_taken": "another published version has this name",
    "another_coming": "another version is published and not yet effective",
    "notice_too_short": "the version would take effect before its notice has passed",
    "notice_too_long": "the version would take effect more than a year from now",
    "changed_meanwhile": "somebody else published in between",
}


def living(versions: Sequence[Version]) -> list[Version]:
    """The versions that were not withdrawn, in the order of publishing."""
    return sorted((one for one in versions if one.withdrawn_at is None), key=lambda one: one.n)


def in_force(versions: Sequence[Version], now: datetime) -> Version | None:
    """What a new order is placed under at a moment: the published one with the greatest moment of effect up to it."""
    begun = [one for one in living(versions) if one.effective_at <= now]
    return max(begun, key=lambda one: (one.effective_at, one.n), default=None)


def coming(versions: Sequence[Version], now: datetime) -> Version | None:
    """The next version that is published and not yet effective."""
    waiting = [one for one in living(versions) if one.effective_at > now]
    return min(waiting, key=lambda one: (one.effective_at, one.n), default=None)


def status_at(one: Version, versions: Sequence[Version], now: datetime) -> str:
    """The state of a published version at a moment, by LIFE_TABLE."""
    if one.withdrawn_at is not None:
        return LIFE_TABLE["published", "policy_withdrawn"]
    if one.effective_at > now:
        return LIFE_TABLE["draft", "policy_published"]
    current = in_force(versions, now)
    if current is not None and current.sha256 == one.sha256:
        return LIFE_TABLE["published", "effect_begins"]
    return LIFE_TABLE["effective", "next_begins"]


def notice_days(publication: Publication) -> int:
    """Whole days of notice that a change needs; a setting may ask for more than the law, never for less."""
    by_law = NOTICE_DAYS_MAJOR_MIN if publication.major else NOTICE_DAYS_MIN
    return max(by_law, publication.notice_days_min)


def earliest_effect(published_at: datetime, days: int) -> datetime:
    """Midnight in Beijing after `days` whole days; the day of publishing is not counted (民法典201)."""
    return datetime.combine(china_day(published_at) + timedelta(days=days + 1), time(0), tzinfo=CHINA)


def obstacles(
    proof: Proof, publication: Publication, versions: Sequence[Version], now: datetime
) -> list[Obstacle]:
    """Everything that keeps a draft from being published now; empty when it may be.

    The first version ever changes nothing for anybody: it needs neither notice nor replay.
    """
    found = [*_proof_obstacles(proof, publication), *_name_obstacles(proof, versions)]
    before = living(versions)
    if before:
        found += _replay_obstacles(proof, before[-1])
        found += _date_obstacles(publication, versions, now)
    return found


def _proof_obstacles(proof: Proof, publication: Publication) -> list[Obstacle]:
    if proof.problems:
        return [Obstacle("check_failed", {"count": proof.problems})]
    if not proof.examples:
        return [Obstacle("examples_missing")]
    found = []
    if proof.failures:
        found.append(Obstacle("examples_failed", {"count": proof.failures}))
    if left := sorted(set(proof.uncovered) - publication.accept_uncovered):
        found.append(Obstacle("rows_uncovered", {"count": len(left), "rows": " ".join(left)}))
    if strange := sorted(publication.accept_uncovered - set(proof.uncovered)):
        found.append(Obstacle("rows_unknown", {"rows": " ".join(strange)}))
    return found


def _name_obstacles(proof: Proof, versions: Sequence[Version]) -> list[Obstacle]:
    if any(one.sha256 == proof.sha256 for one in versions):
        return [Obstacle("published_before")]
    if any((one.policy_id, one.version) == (proof.policy_id, proof.version) for one in versions):
        return [Obstacle("version_taken", {"version": proof.version})]
    return []


def _replay_obstacles(proof: Proof, latest: Version) -> list[Obstacle]:
    if not proof.replayed_on:
        return [Obstacle("replay_missing")]
    if proof.replayed_on != latest.sha256:
        return [Obstacle("replay_outdated", {"version": latest.version})]
    return [] if proof.replay_complete else [Obstacle("replay_partial")]


def _date_obstacles(publication: Publication, versions: Sequence[Version], now: datetime) -> list[Obstacle]:
    waiting = coming(versions, now)
    if waiting is not None:
        return [
            Obstacle("another_coming", {"version": waiting.version, "effective_at": waiting.effective_at})
        ]
    days = notice_days(publication)
    earliest = earliest_effect(now, days)
    if publication.effective_at < earliest:
        return [Obstacle("notice_too_short", {"days": days, "earliest": earliest})]
    if publication.effective_at > now + timedelta(days=NOTICE_DAYS_MAX):
        return [Obstacle("notice_too_long", {"days": NOTICE_DAYS_MAX})]
    return []
