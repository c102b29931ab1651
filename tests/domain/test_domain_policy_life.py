"""The life of a policy version: what is in force when, how long the notice is, what keeps a draft back."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from tuidan.domain.calendar import CHINA
from tuidan.domain.policy.life import (
    OBSTACLES,
    Proof,
    Publication,
    Version,
    coming,
    earliest_effect,
    in_force,
    obstacles,
    status_at,
)

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)
FIRST = Version("a" * 64, "standard", "1", 1, NOW - timedelta(days=90), NOW - timedelta(days=90))
SECOND = Version("b" * 64, "standard", "2", 2, NOW - timedelta(days=20), NOW - timedelta(days=10))
THIRD = Version("c" * 64, "standard", "3", 3, NOW - timedelta(days=1), NOW + timedelta(days=9))
GOOD = Proof("d" * 64, "standard", "4", 0, 200, 0, (), SECOND.sha256, True)
LATE = Publication(NOW + timedelta(days=30))


def codes(proof: Proof, asked: Publication, versions: list[Version], now: datetime = NOW) -> list[str]:
    found = [obstacle.code for obstacle in obstacles(proof, asked, versions, now)]
    assert set(found) <= set(OBSTACLES)
    return found


def test_the_version_in_force_is_the_latest_whose_moment_has_come() -> None:
    versions = [THIRD, FIRST, SECOND]
    second = timedelta(seconds=1)
    assert in_force(versions, NOW) == SECOND
    assert in_force(versions, SECOND.effective_at - second) == FIRST
    assert in_force(versions, SECOND.effective_at) == SECOND
    assert in_force(versions, THIRD.effective_at) == THIRD
    assert in_force(versions, FIRST.effective_at - second) is None
    assert coming(versions, NOW) == THIRD


def test_each_version_has_one_state_at_a_time() -> None:
    versions = [FIRST, SECOND, THIRD]
    assert [status_at(one, versions, NOW) for one in versions] == ["superseded", "effective", "published"]
    later = THIRD.effective_at
    assert [status_at(one, versions, later) for one in versions] == ["superseded", "superseded", "effective"]


def test_a_withdrawn_version_never_comes_into_force() -> None:
    withdrawn = replace(THIRD, withdrawn_at=NOW)
    versions = [FIRST, SECOND, withdrawn]
    assert in_force(versions, THIRD.effective_at + timedelta(days=1)) == SECOND
    assert coming(versions, NOW) is None
    assert status_at(withdrawn, versions, NOW) == "withdrawn"


@pytest.mark.parametrize(
    ("published", "days", "earliest"),
    [
        ("2026-11-23T00:00:00", 7, "2026-12-01T00:00:00"),
        ("2026-11-23T23:59:59", 7, "2026-12-01T00:00:00"),
        ("2026-11-24T00:00:00", 7, "2026-12-02T00:00:00"),
        ("2026-11-23T10:00:00", 15, "2026-12-09T00:00:00"),
    ],
)
def test_notice_is_whole_days_after_the_day_of_publishing(published: str, days: int, earliest: str) -> None:
    moment = datetime.fromisoformat(published).replace(tzinfo=CHINA)
    assert earliest_effect(moment, days) == datetime.fromisoformat(earliest).replace(tzinfo=CHINA)


def test_a_proved_draft_with_notice_may_be_published() -> None:
    assert codes(GOOD, Publication(earliest_effect(NOW, 7)), [FIRST, SECOND]) == []


def test_an_effect_one_second_before_the_notice_is_over_is_refused_with_the_earliest_moment() -> None:
    earliest = earliest_effect(NOW, 7)
    [found] = obstacles(GOOD, Publication(earliest - timedelta(seconds=1)), [FIRST, SECOND], NOW)
    assert (found.code, found.data) == ("notice_too_short", {"days": 7, "earliest": earliest})


def test_a_large_effect_needs_fifteen_days() -> None:
    asked = Publication(earliest_effect(NOW, 14), major=True)
    assert codes(GOOD, asked, [SECOND]) == ["notice_too_short"]
    assert codes(GOOD, replace(asked, effective_at=earliest_effect(NOW, 15)), [SECOND]) == []


def test_a_setting_can_lengthen_the_notice_and_not_shorten_it() -> None:
    week = earliest_effect(NOW, 7)
    assert codes(GOOD, Publication(week, notice_days_min=10), [SECOND]) == ["notice_too_short"]
    assert codes(GOOD, Publication(week, notice_days_min=1), [SECOND]) == []
    assert codes(GOOD, Publication(NOW + timedelta(days=2), notice_days_min=1), [SECOND]) == [
        "notice_too_short"
    ]


def test_the_first_version_ever_needs_neither_notice_nor_replay() -> None:
    unplayed = replace(GOOD, replayed_on="", replay_complete=False)
    assert codes(unplayed, Publication(NOW), []) == []
    assert codes(unplayed, LATE, [SECOND]) == ["replay_missing"]


def test_the_first_version_still_needs_a_clean_check_and_examples() -> None:
    assert codes(replace(GOOD, problems=2), Publication(NOW), []) == ["check_failed"]
    assert codes(replace(GOOD, examples=0), Publication(NOW), []) == ["examples_missing"]


def test_failing_examples_and_uncovered_rows_are_each_named() -> None:
    proof = replace(GOOD, failures=3, uncovered=("gate.frozen", "card_code.sealed"))
    found = obstacles(proof, LATE, [SECOND], NOW)
    assert [one.code for one in found] == ["examples_failed", "rows_uncovered"]
    assert found[1].data["rows"] == "card_code.sealed gate.frozen"


def test_uncovered_rows_are_accepted_one_by_one_and_no_others() -> None:
    proof = replace(GOOD, uncovered=("gate.frozen", "card_code.sealed"))
    accepted = frozenset({"gate.frozen", "card_code.sealed"})
    assert codes(proof, replace(LATE, accept_uncovered=accepted), [SECOND]) == []
    assert codes(proof, replace(LATE, accept_uncovered=frozenset({"gate.frozen"})), [SECOND]) == [
        "rows_uncovered"
    ]
    assert codes(GOOD, replace(LATE, accept_uncovered=accepted), [SECOND]) == ["rows_unknown"]


def test_a_replay_beside_an_older_version_or_over_a_part_does_not_count() -> None:
    assert codes(replace(GOOD, replayed_on=FIRST.sha256), LATE, [FIRST, SECOND]) == ["replay_outdated"]
    assert codes(replace(GOOD, replay_complete=False), LATE, [FIRST, SECOND]) == ["replay_partial"]


def test_while_one_version_is_coming_no_other_is_published() -> None:
    proof = replace(GOOD, replayed_on=THIRD.sha256)
    assert codes(proof, LATE, [FIRST, SECOND, THIRD]) == ["another_coming"]
    assert codes(proof, LATE, [FIRST, SECOND, THIRD], THIRD.effective_at) == []


def test_bytes_and_names_are_published_once_even_when_withdrawn() -> None:
    withdrawn = replace(THIRD, withdrawn_at=NOW)
    assert codes(replace(GOOD, sha256=THIRD.sha256), LATE, [SECOND, withdrawn]) == ["published_before"]
    assert codes(replace(GOOD, version="3"), LATE, [SECOND, withdrawn]) == ["version_taken"]


def test_an_effect_in_the_far_future_is_refused() -> None:
    assert codes(GOOD, Publication(NOW + timedelta(days=366)), [SECOND]) == ["notice_too_long"]
