"""The life of a policy on the real database: drafts, notice, effect, withdrawal, and two people at once."""

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import ProgrammingError, connection, connections

from policy_documents import STANDARD, Document, charge_for_sealed, draft_with, rule
from shopfloor import NOW, basket, listed, rows, tamper
from tuidan.commands import order
from tuidan.commands import policy as life
from tuidan.domain.policy.life import Publication, Version, earliest_effect
from tuidan.reads.policy import list_drafts, list_versions
from tuidan.reads.replay import replay_draft
from tuidan.store import policies
from tuidan.store.orders.load import load_order

EXAMPLE = {
    "facts": {
        "now": "2026-11-18T12:00:00+08:00",
        "goods_kind": "card_code",
        "payment": {"channel_dispute_open": True},
    },
    "expected": {"decision": "to_platform", "amount_fen": 0},
}
LINES = json.dumps(EXAMPLE).encode()
SOMEBODY = uuid4()


@pytest.fixture(autouse=True)
def _own_database(fresh_database: str) -> Iterator[None]:
    """Each test has its own versions; the shipped one is in force for a long time."""
    policies.publish_standard(NOW - timedelta(days=100))
    yield
    connections.close_all()


def proved(document: bytes, lines: bytes = LINES, replayed: bool = True) -> tuple[str, frozenset[str]]:
    """A draft with examples and a replay: its hash, and the rows that its examples leave out."""
    sha256 = life.import_draft(document, SOMEBODY, NOW)
    run = life.give_examples(sha256, lines)
    if replayed:
        life.keep_replay(sha256, replay_draft(sha256, NOW))
    return sha256, frozenset(run.uncovered)


def published(document: bytes, now: datetime = NOW, days: int = 7) -> Version:
    sha256, uncovered = proved(document)
    return life.publish_draft(sha256, Publication(earliest_effect(now, days), uncovered), SOMEBODY, now)


def why_not(sha256: str, publication: Publication, seen_n: int | None = None) -> list[str]:
    with pytest.raises(life.NotPublished) as caught:
        life.publish_draft(sha256, publication, SOMEBODY, NOW, seen_n)
    return [obstacle.code for obstacle in caught.value.obstacles]


def bought(listing: UUID, now: datetime) -> str:
    outcome = order.place_order(uuid4(), basket(listing), uuid4().hex, now)
    assert outcome.ok, outcome.refusal
    return load_order(outcome.order_id)[0].policy_sha256


def test_an_order_before_the_moment_of_effect_keeps_its_version_and_one_at_it_has_the_new_one() -> None:
    _, listing = listed()
    version = published(draft_with(charge_for_sealed))
    second = timedelta(seconds=1)
    assert bought(listing, NOW) == STANDARD.sha256
    assert bought(listing, version.effective_at - second) == STANDARD.sha256
    assert bought(listing, version.effective_at) == version.sha256
    pinned = rows("SELECT count(*) FROM orders_order WHERE state LIKE %s", f"%{STANDARD.sha256}%")
    assert pinned == [(2,)]


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE shared_policy_version SET body = ''",
        "UPDATE shared_policy_version SET effective_at = now()",
        "UPDATE shared_policy_version SET record = '{}'",
        "DELETE FROM shared_policy_version",
    ],
)
def test_the_product_cannot_change_a_published_version(change: str) -> None:
    before = rows("SELECT * FROM shared_policy_version")
    with pytest.raises(ProgrammingError) as caught:
        rows(change)
    assert isinstance(caught.value.__cause__, psycopg.errors.InsufficientPrivilege)
    assert rows("SELECT * FROM shared_policy_version") == before


def test_publishing_keeps_what_was_proved_beside_the_version() -> None:
    version = published(draft_with(charge_for_sealed))
    assert version.record["notice_days"] == 7
    assert version.record["examples"]["passed"] == 1
    assert version.record["replay"]["base"] == STANDARD.sha256
    assert version.published_by == str(SOMEBODY)
    assert len(version.record["accepted_uncovered"]) == version.record["examples"]["rows"] - 2
    assert list_drafts() == []


def test_a_change_without_notice_is_refused_and_nothing_is_published() -> None:
    sha256, uncovered = proved(draft_with(charge_for_sealed))
    assert why_not(sha256, Publication(NOW + timedelta(days=6), uncovered)) == ["notice_too_short"]
    assert [one.sha256 for one in policies.published_versions()] == [STANDARD.sha256]


def _unreachable(changed: Document) -> None:
    """A row that stands twice: its second copy is never reached."""
    twin = {**rule(changed, "card_code.sealed"), "_id": "twin"}
    nodes = changed["tables"]["card_code"]["nodes"]
    next(node for node in nodes if node["type"] == "decisionTableNode")["content"]["rules"].append(twin)


def test_a_draft_that_fails_the_check_is_kept_but_not_published() -> None:
    sha256, uncovered = proved(draft_with(_unreachable))
    assert [problem.code for problem in life.prove_draft(sha256).problems] == ["never_reached"]
    assert why_not(sha256, Publication(NOW + timedelta(days=30), uncovered)) == ["check_failed"]


def test_a_document_that_cannot_decide_is_refused_saying_what_is_wrong() -> None:
    broken = draft_with(lambda changed: rule(changed, "card_code.sealed").update({"reveal": '"sealed" or'}))
    with pytest.raises(life.NotADraft) as caught:
        life.import_draft(broken, SOMEBODY, NOW)
    assert [(problem.row, problem.column, problem.code) for problem in caught.value.problems] == [
        ("card_code.sealed", "reveal", "broken_cell")
    ]
    assert list_drafts() == []


def test_a_draft_without_examples_and_replay_is_told_both() -> None:
    sha256 = life.import_draft(draft_with(charge_for_sealed), SOMEBODY, NOW)
    assert why_not(sha256, Publication(NOW + timedelta(days=30))) == ["examples_missing", "replay_missing"]


def test_an_example_that_fails_keeps_the_draft_back() -> None:
    wrong = json.dumps({**EXAMPLE, "expected": {"decision": "reject"}}).encode()
    sha256, uncovered = proved(draft_with(charge_for_sealed), wrong)
    assert why_not(sha256, Publication(NOW + timedelta(days=30), uncovered)) == ["examples_failed"]


def test_while_one_version_waits_for_its_effect_another_is_refused() -> None:
    published(draft_with(charge_for_sealed))
    sha256, uncovered = proved(draft_with(lambda changed: None, "2027.2"))
    assert why_not(sha256, Publication(NOW + timedelta(days=60), uncovered)) == ["another_coming"]


def test_a_version_withdrawn_before_its_effect_binds_no_order() -> None:
    _, listing = listed()
    version = published(draft_with(charge_for_sealed))
    life.withdraw_version(version.sha256, SOMEBODY, version.effective_at - timedelta(seconds=1))
    assert bought(listing, version.effective_at) == STANDARD.sha256
    assert [view.status for view in list_versions(version.effective_at).listed] == ["withdrawn", "effective"]


def test_a_version_in_force_cannot_be_withdrawn() -> None:
    version = published(draft_with(charge_for_sealed))
    for sha256 in (STANDARD.sha256, version.sha256):
        with pytest.raises(life.NoSuchPolicy):
            life.withdraw_version(sha256, SOMEBODY, version.effective_at)
    assert policies.policy_in_force(version.effective_at).sha256 == version.sha256


def test_after_a_withdrawal_the_next_version_follows_the_one_in_force() -> None:
    first = published(draft_with(charge_for_sealed))
    life.withdraw_version(first.sha256, SOMEBODY, NOW)
    second = published(draft_with(charge_for_sealed, "2027.2"))
    assert (second.n, second.record["replay"]["base"]) == (3, STANDARD.sha256)


def test_of_two_people_who_publish_at_once_one_wins() -> None:
    drafts = [proved(draft_with(charge_for_sealed, f"2027.{n}")) for n in (1, 2, 3, 4)]
    together = Barrier(len(drafts))

    def publish(draft: tuple[str, frozenset[str]]) -> str:
        asked = Publication(earliest_effect(NOW, 7), draft[1])
        together.wait()
        try:
            return life.publish_draft(draft[0], asked, SOMEBODY, NOW, seen_n=1).sha256
        except life.NotPublished as error:
            return error.obstacles[0].code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(drafts)) as people:
        told = list(people.map(publish, drafts))
    winners = [one for one in told if len(one) == 64]
    assert len(winners) == 1
    assert sorted(set(told) - set(winners)) == ["changed_meanwhile"]
    assert [one.sha256 for one in policies.published_versions()] == [STANDARD.sha256, winners[0]]


def test_who_did_not_see_the_latest_version_is_told_so() -> None:
    sha256, uncovered = proved(draft_with(charge_for_sealed))
    assert "changed_meanwhile" in why_not(sha256, Publication(NOW + timedelta(days=30), uncovered), seen_n=0)


def test_importing_the_same_bytes_twice_is_one_draft_with_its_examples() -> None:
    sha256, _ = proved(draft_with(charge_for_sealed), replayed=False)
    shuffled = json.dumps(json.loads(draft_with(charge_for_sealed)), indent=4, sort_keys=True).encode()
    assert life.import_draft(shuffled, SOMEBODY, NOW) == sha256
    assert [draft.examples for draft in list_drafts()] == [LINES]


def test_a_dropped_draft_is_gone_and_a_published_version_is_no_draft() -> None:
    sha256, _ = proved(draft_with(charge_for_sealed), replayed=False)
    life.drop_draft(sha256)
    for call in (life.drop_draft, life.prove_draft):
        asked: Callable[[str], object] = call
        with pytest.raises(life.NoSuchPolicy):
            asked(sha256)
        with pytest.raises(life.NoSuchPolicy):
            asked(STANDARD.sha256)


def test_a_replay_of_another_draft_does_not_count() -> None:
    sha256, _ = proved(draft_with(charge_for_sealed), replayed=False)
    other, _ = proved(draft_with(charge_for_sealed, "2027.2"), replayed=False)
    with pytest.raises(life.NoSuchPolicy):
        life.keep_replay(sha256, replay_draft(other, NOW))


def test_the_shipped_policy_is_published_at_once_only_where_nothing_was() -> None:
    version = published(draft_with(charge_for_sealed))
    assert life.publish_shipped_policy(NOW) == version.sha256
    assert len(policies.published_versions()) == 2


def test_a_version_whose_bytes_were_changed_behind_the_product_decides_nothing() -> None:
    version = published(draft_with(charge_for_sealed, "2027.tampered"))
    other = draft_with(lambda changed: None, "2027.tampered")
    tamper("UPDATE shared_policy_version SET body = %s WHERE sha256 = %s", other, version.sha256)
    with pytest.raises(policies.NoPolicy, match="bytes were changed"):
        policies.policy_in_force(version.effective_at)


def test_the_waiting_version_is_waiting_until_the_moment_of_its_effect() -> None:
    version = published(draft_with(charge_for_sealed))
    before = policies.waiting_version(version.effective_at - timedelta(seconds=1))
    assert before is not None
    assert before.sha256 == version.sha256
    assert policies.waiting_version(version.effective_at) is None
