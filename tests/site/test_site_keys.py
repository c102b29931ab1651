"""`tuidan keys`: an operator hands out a key, lists keys without showing them, and ends one."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result

from tuidan.reads.viewer import viewer_of_key
from tuidan.site.cli import tuidan
from tuidan.store.people import PersonRecord, create_person


@pytest.fixture
def person(database: str) -> PersonRecord:
    return create_person(f"{uuid4()}@example.cn", None, "接口", datetime.now(UTC))


def keys(*arguments: str) -> Result:
    return CliRunner().invoke(tuidan, ["keys", *arguments])


def test_a_new_key_is_all_that_goes_to_standard_output_and_opens_the_api(person: PersonRecord) -> None:
    told = keys("create", person.email.upper(), "--label", "对账机器人")
    assert (told.exit_code, told.stdout.count("\n")) == (0, 1)
    viewer = viewer_of_key(told.stdout.strip())
    assert viewer is not None
    assert viewer.person_id == person.id


def test_the_list_names_keys_without_showing_them(person: PersonRecord) -> None:
    key = keys("create", person.email, "--label", "对账机器人").stdout.strip()
    told = keys("list", person.email).stdout
    assert "对账机器人" in told
    assert key not in told


@pytest.mark.parametrize("by", ["id", "key"])
def test_a_key_is_ended_by_its_id_or_by_itself(by: str, person: PersonRecord) -> None:
    key = keys("create", person.email, "--label", "x").stdout.strip()
    name = key if by == "key" else keys("list", person.email).stdout.split()[0]
    assert keys("revoke", name).exit_code == 0
    assert viewer_of_key(key) is None
    assert "revoked" in keys("list", person.email).stdout


@pytest.mark.parametrize("name", ["", "0" * 16, "%" * 16, "td_unknown"])
def test_a_name_that_no_key_has_ends_nothing(name: str, person: PersonRecord) -> None:
    key = keys("create", person.email, "--label", "x").stdout.strip()
    assert keys("revoke", name).exit_code == 1
    assert viewer_of_key(key) is not None


def test_nobody_gets_no_key(person: PersonRecord) -> None:
    told = keys("create", "nobody@example.cn", "--label", "x")
    assert (told.exit_code, told.stdout) == (1, "")


@pytest.mark.parametrize("label", [" ", "啊" * 81])
def test_a_label_says_something_short(label: str, person: PersonRecord) -> None:
    assert keys("create", person.email, "--label", label).exit_code == 1
