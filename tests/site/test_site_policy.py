"""A policy's life from the command line: draft, cases, replay, publish, diff, export, import, withdraw."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from django.db import connections

from policy_documents import STANDARD, charge_for_sealed, draft_with
from tuidan.policies import load_standard_policy
from tuidan.reads.policy import list_drafts
from tuidan.site.cli import tuidan
from tuidan.site.environment import BadSetting, Environment
from tuidan.store import policies
from tuidan.store.people import create_person

NOW = datetime.now(UTC)
OPERATOR = "operator@policy.example"
FROZEN = {
    "now": "2026-11-18T12:00:00+08:00",
    "goods_kind": "card_code",
    "payment": {"channel_dispute_open": True},
}


@pytest.fixture(autouse=True)
def _own_database(fresh_database: str) -> Iterator[None]:
    create_person(OPERATOR, None, "运营", NOW, is_operator=True)
    yield
    connections.close_all()


def run(*words: str) -> Result:
    return CliRunner().invoke(tuidan, list(words))


def drafted(tmp_path: Path, version: str = "2027.1") -> str:
    """A draft with one passing case, replayed beside the shipped version: its hash."""
    run("publish-policy")
    policy, cases = tmp_path / "policy.json", tmp_path / "cases.jsonl"
    policy.write_bytes(draft_with(charge_for_sealed, version))
    cases.write_text(json.dumps({"facts": FROZEN, "expected": {"decision": "to_platform"}}))
    sha256 = run("policy", "import", str(policy)).output.strip()
    assert run("policy", "cases", sha256[:12], str(cases)).exit_code == 0
    assert run("policy", "replay", sha256[:12]).exit_code == 0
    return sha256


def publish(sha256: str, *more: str) -> Result:
    rows = [line.strip() for line in run("policy", "coverage", sha256).output.splitlines()]
    accepted = [word for row in rows for word in ("--accept-uncovered", row)]
    return run("policy", "publish", sha256, "--by", OPERATOR, *accepted, *more)


def test_a_draft_becomes_a_version_with_notice(tmp_path: Path) -> None:
    sha256 = drafted(tmp_path)
    done = publish(sha256, "--notice-days", "7")
    assert done.exit_code == 0, done.output
    versions = run("policy", "versions").output.splitlines()
    assert [line.split()[0] for line in versions] == [sha256[:12], STANDARD.sha256[:12]]
    assert "已公布，未生效" in versions[0]
    assert policies.published_versions()[-1].effective_at > NOW + timedelta(days=7)


def test_publishing_too_soon_says_the_earliest_moment(tmp_path: Path) -> None:
    said = publish(drafted(tmp_path), "--notice-days", "6")
    assert said.exit_code == 1
    assert "the notice is too short" in said.output.lower()
    assert len(policies.published_versions()) == 1


def test_only_an_operator_publishes(tmp_path: Path) -> None:
    sha256 = drafted(tmp_path)
    said = run("policy", "publish", sha256, "--by", "nobody@policy.example", "--notice-days", "30")
    assert said.exit_code == 1
    assert "is no operator" in said.output


def test_an_export_is_one_file_whose_own_hash_is_the_versions_name(tmp_path: Path) -> None:
    sha256, file = drafted(tmp_path), tmp_path / "out.json"
    assert run("policy", "export", sha256[:8], str(file)).exit_code == 0
    assert hashlib.sha256(file.read_bytes()).hexdigest() == sha256
    assert run("policy", "draft", "drop", sha256).exit_code == 0
    assert list_drafts() == []
    assert run("policy", "import", str(file)).output.strip() == sha256


def test_the_difference_is_said_in_either_language(tmp_path: Path) -> None:
    sha256 = drafted(tmp_path)
    zh = run("policy", "diff", STANDARD.sha256, sha256).output
    en = run("policy", "diff", STANDARD.sha256, sha256, "--lang", "en").output
    assert "「退多少」由「全部」改为「扣误购费后的全部」" in zh
    assert "“How much” goes from “everything” to “all less the fee for a mistake”" in en


def test_a_broken_file_is_refused_with_what_is_wrong(tmp_path: Path) -> None:
    file = tmp_path / "broken.json"
    file.write_bytes(draft_with(lambda changed: changed["numbers"].update({"appeal_days": 6})))
    said = run("policy", "draft", "import", str(file))
    assert said.exit_code == 1
    assert "numbers.appeal_days: out of 7..365" in said.output


def test_a_case_that_fails_ends_with_one_and_is_named(tmp_path: Path) -> None:
    sha256, cases = drafted(tmp_path), tmp_path / "wrong.jsonl"
    cases.write_text(json.dumps({"id": "X9", "facts": FROZEN, "expected": {"decision": "reject"}}))
    said = run("policy", "cases", sha256, str(cases))
    assert said.exit_code == 1
    assert "X9 decision: reject → to_platform" in said.output


def test_a_coming_version_is_withdrawn_and_one_in_force_is_not(tmp_path: Path) -> None:
    sha256 = drafted(tmp_path)
    publish(sha256, "--notice-days", "8")
    assert run("policy", "withdraw", sha256, "--by", OPERATOR).exit_code == 0
    again = run("policy", "withdraw", STANDARD.sha256, "--by", OPERATOR)
    assert again.exit_code == 1
    assert "in force or withdrawn" in again.output


def test_the_shipped_policy_is_published_only_where_none_was_before(tmp_path: Path) -> None:
    sha256 = drafted(tmp_path)
    publish(sha256, "--notice-days", "7")
    said = run("publish-policy")
    assert said.exit_code == 1
    assert "needs notice" in said.output
    assert len(policies.published_versions()) == 2


def test_a_folder_and_its_export_have_the_same_hash(tmp_path: Path) -> None:
    file = tmp_path / "standard.json"
    sha256 = run("policy", "draft", "import").output.strip()
    run("policy", "export", sha256, str(file))
    assert sha256 == load_standard_policy().sha256
    assert run("policy", "import", str(file)).output.strip() == sha256


@pytest.mark.parametrize("value", ["6", "0", "-7", "week", "366"])
def test_a_setting_cannot_make_the_notice_shorter_than_the_law(value: str) -> None:
    name = "TUIDAN_POLICY_NOTICE_DAYS"
    with pytest.raises(BadSetting, match=name):
        Environment({name: value}).whole(name, 7, 365)
    assert Environment({}).whole(name, 7, 365) == 7


def test_a_changed_number_is_published_with_the_shipped_cases(tmp_path: Path) -> None:
    run("publish-policy")
    file = tmp_path / "policy.json"
    file.write_bytes(draft_with(lambda changed: changed["numbers"].update({"payment_expiry_seconds": 1_200})))
    sha256 = run("policy", "import", str(file)).output.strip()
    assert run("policy", "cases", sha256).exit_code == 0
    run("policy", "replay", sha256)
    done = publish(sha256, "--notice-days", "7")
    assert done.exit_code == 0, done.output
    assert "付款时限：由 15 分钟改为 20 分钟。" in run("policy", "diff", STANDARD.sha256, sha256).output
