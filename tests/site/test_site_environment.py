"""Settings from the environment: defaults, switches, and secrets that nobody configured."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tuidan.site.databases import databases
from tuidan.site.environment import SETTINGS, BadSetting, Environment, read
from tuidan.site.secret_file import kept


def test_what_is_not_set_or_empty_has_its_default() -> None:
    environment = read({"TUIDAN_LOG_LEVEL": "  ", "PATH": "/bin"})
    assert environment.text("TUIDAN_LOG_LEVEL") == "INFO"
    assert environment.words("TUIDAN_ALLOWED_HOSTS") == ["127.0.0.1", "localhost"]
    assert "PATH" not in environment.values


def test_a_name_outside_the_table_is_no_setting() -> None:
    with pytest.raises(KeyError):
        read({"TUIDAN_UNHEARD_OF": "1"}).text("TUIDAN_UNHEARD_OF")


def test_a_switch_is_on_or_off_and_nothing_else() -> None:
    assert Environment({"TUIDAN_DEBUG": "ON"}).switch("TUIDAN_DEBUG") is True
    assert Environment({"TUIDAN_DEBUG": "0"}).switch("TUIDAN_DEBUG") is False
    with pytest.raises(BadSetting, match="TUIDAN_DEBUG must be on or off, not 'maybe'"):
        Environment({"TUIDAN_DEBUG": "maybe"}).switch("TUIDAN_DEBUG")


def test_every_setting_is_explained_in_both_languages() -> None:
    names = [setting.name for setting in SETTINGS]
    assert len(names) == len(set(names))
    assert [s.name for s in SETTINGS if not s.meaning_zh or not s.meaning_en] == []


def test_a_secret_is_made_once_and_only_its_owner_may_read_it(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        secrets = list(pool.map(lambda _: kept(tmp_path / "var", "some_key"), range(32)))
    assert len(set(secrets)) == 1
    assert len(bytes.fromhex(secrets[0])) == 32
    path = tmp_path / "var" / "keys" / "some_key"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [child.name for child in path.parent.iterdir()] == ["some_key"]


def test_our_own_server_is_entered_by_role_and_socket() -> None:
    settings = databases(Environment({"TUIDAN_DATA_DIR": "/srv/tuidan"}))
    assert {alias: entry["USER"] for alias, entry in settings.items()} == {
        "default": "tuidan_app",
        "owner": "tuidan_owner",
    }
    assert settings["default"]["HOST"] == "/srv/tuidan/postgres/sockets"


def test_an_ordinary_server_is_entered_by_its_user_who_takes_the_role_on() -> None:
    url = "postgresql://shop:s%40fe@db.example:6432/mall?sslmode=require&options=-c%20jit%3Doff"
    entry = databases(Environment({"DATABASE_URL": url}))["default"]
    assert (entry["USER"], entry["PASSWORD"], entry["HOST"], entry["PORT"], entry["NAME"]) == (
        "shop",
        "s@fe",
        "db.example",
        "6432",
        "mall",
    )
    assert entry["OPTIONS"]["options"] == "-c role=tuidan_app -c jit=off"
    assert entry["OPTIONS"]["sslmode"] == "require"
