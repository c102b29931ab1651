"""Policies for machines: which version when, and how two differ, as data."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from api_world import Caller, now
from django.db import connections
from test_api_openapi import must_fit

from policy_documents import STANDARD, charge_for_sealed, draft_with
from tuidan.commands import policy as life
from tuidan.commands.people import give_api_key
from tuidan.domain.policy.life import Publication, earliest_effect
from tuidan.reads.policy import count_comments
from tuidan.reads.replay import replay_draft
from tuidan.site.wsgi import application
from tuidan.store import policies
from tuidan.store.people import create_person

LINES = b'{"facts": {"now": "2026-11-18T12:00:00+08:00"}, "expected": {"decision": "to_platform"}, "contested": true}'


@pytest.fixture(autouse=True)
def _own_database(fresh_database: str) -> Iterator[None]:
    policies.publish_standard(now() - timedelta(days=1))
    yield
    connections.close_all()


@pytest.fixture
def caller() -> Iterator[Caller]:
    """Speaks to the application in this thread: a server's threads would keep the other tests' database."""
    with httpx.Client(transport=httpx.WSGITransport(app=application), base_url="http://127.0.0.1") as client:
        yield Caller(client, {})


@pytest.fixture
def coming() -> str:
    """The hash of a version whose notice runs."""
    sha256 = life.import_draft(draft_with(charge_for_sealed), None, now())
    uncovered = frozenset(life.give_examples(sha256, LINES).uncovered)
    life.keep_replay(sha256, replay_draft(sha256, now()))
    asked = Publication(earliest_effect(now(), 7), uncovered)
    return life.publish_draft(sha256, asked, None, now()).sha256


def test_versions_are_listed_with_state_and_dates(caller: Caller, coming: str) -> None:
    body = caller.get("/policies", "stranger").json()
    must_fit("list_policies", 200, body)
    told = [(one["sha256"], one["status"]) for one in body["policies"]]
    assert told == [(coming, "published"), (STANDARD.sha256, "effective")]
    assert body["policies"][0]["effective_at"] > body["policies"][0]["published_at"]
    assert caller.get("/policies/current", "stranger").json()["sha256"] == STANDARD.sha256


def test_the_bytes_of_a_coming_version_are_public_before_it_takes_effect(caller: Caller, coming: str) -> None:
    body = caller.get(f"/policies/{coming}", "stranger").content
    assert hashlib.sha256(body).hexdigest() == coming


def test_the_difference_is_told_as_codes_and_values(caller: Caller, coming: str) -> None:
    body = caller.get(f"/policies/{coming}/changes", "stranger").json()
    must_fit("list_policy_changes", 200, body)
    assert (body["before"], body["after"]) == (STANDARD.sha256, coming)
    renamed, charged = body["changes"]
    assert (renamed["what"], renamed["after"]) == ("renamed", "2027.1")
    assert {name: charged[name] for name in ("what", "table", "row", "name", "before", "after")} == {
        "what": "outcome",
        "table": "card_code",
        "row": "sealed",
        "name": "amount",
        "before": "everything",
        "after": "less_fee",
    }
    assert charged["rules"] == ["R3"]


def test_the_difference_can_be_asked_the_other_way_round(caller: Caller, coming: str) -> None:
    body = caller.get(f"/policies/{STANDARD.sha256}/changes?since={coming}", "stranger").json()
    assert (body["changes"][1]["before"], body["changes"][1]["after"]) == ("less_fee", "everything")


def test_the_first_version_differs_from_nothing(caller: Caller) -> None:
    assert caller.get(f"/policies/{STANDARD.sha256}/changes", "stranger").json()["changes"] == []


def commented(caller: Caller, sha256: str, words: str, key: str = "comment-1") -> tuple[int, str]:
    answer = caller.post(f"/policies/{sha256}/comments", {"words": words}, "owner", key)
    return answer.status_code, answer.json().get("code", "")


def test_a_comment_is_kept_once_per_key_while_the_notice_runs(coming: str) -> None:
    person = create_person("buyer@example.cn", None, "Buyer", now())
    with httpx.Client(transport=httpx.WSGITransport(app=application), base_url="http://127.0.0.1") as client:
        caller = Caller(client, {"owner": give_api_key(person.id, "test", now())})
        assert commented(caller, coming, "太严") == (201, "")
        assert commented(caller, coming, "太严") == (201, "")
        assert commented(caller, coming, "太宽") == (422, "key_used_for_other_input")
        assert commented(caller, STANDARD.sha256, "太严", "comment-2") == (409, "comment_closed")
        assert commented(caller, coming, "  ", "comment-3") == (422, "comment_empty")
    assert count_comments(coming) == 1


def test_a_draft_is_told_to_nobody(caller: Caller) -> None:
    sha256 = life.import_draft(draft_with(charge_for_sealed, "2027.secret"), None, now())
    for path in (
        f"/policies/{sha256}",
        f"/policies/{sha256}/changes",
        f"/policies/{STANDARD.sha256}/changes?since={sha256}",
    ):
        assert caller.get(path, "stranger").status_code == 404
    assert len(caller.get("/policies", "stranger").json()["policies"]) == 1
