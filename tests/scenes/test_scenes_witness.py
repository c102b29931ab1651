"""Witnesses of the log: each new checkpoint is cosigned, and what a witness contradicts stops all signing."""

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.db import connections
from log_world import Watching, a_witness, log_everything, log_keys, now, watched_log

from shopfloor import rows, sealed, tamper
from tuidan.connectors.witnesses import connect
from tuidan.domain.tlog.checkpoint import read_checkpoint
from tuidan.domain.tlog.note import open_note, read_note
from tuidan.domain.tlog.trouble import NotSigned
from tuidan.sandbox.administrator import Administrator
from tuidan.site.cli import tuidan
from tuidan.store.log import folder as log_folder
from tuidan.store.log.checkpoints import load_trouble, newest_note
from tuidan.store.log.witnesses import load_witnesses
from tuidan.worker.witness import ask_witness

__all__ = ["watched_log"]


def test_each_new_checkpoint_is_published_with_the_cosignature(watched_log: Watching) -> None:
    for _ in range(3):
        sealed()
        note = log_everything()
        assert watched_log.ask()
        published = newest_note()
        assert published is not None and published.startswith(note)
        opened = open_note(published, [*log_keys(), watched_log.witness.key.public])
        assert {key.name for key in opened.by} == {log_keys()[0].name, "witness.example"}
        assert not watched_log.ask(), "nothing new, nothing asked"
        assert newest_note() == published


def test_two_witnesses_stand_in_one_note(watched_log: Watching, tmp_path: Path) -> None:
    sealed()
    log_everything()
    with a_witness(tmp_path / "other", "association.example") as other:
        assert watched_log.ask() and other.ask()
    note = newest_note()
    assert note is not None
    assert [each.name for each in read_note(note).signatures][1:] == [
        "witness.example",
        "association.example",
    ]


def test_a_worker_that_starts_again_asks_and_adds_no_second_line(watched_log: Watching) -> None:
    sealed()
    log_everything()
    watched_log.ask()
    published = newest_note()
    assert watched_log.meet() == 1
    assert newest_note() == published


def test_a_size_that_we_forgot_is_learned_from_the_witness(watched_log: Watching) -> None:
    sealed()
    log_everything()
    watched_log.ask()
    tamper("DELETE FROM log_witness")
    sealed()
    log_everything()
    assert watched_log.ask()


def test_a_witness_that_is_away_is_asked_again_later(watched_log: Watching) -> None:
    away = connect(
        "away",
        {"url": "http://127.0.0.1:9", "vkey": watched_log.witness.key.public.vkey(), "total_seconds": "1"},
    )
    assert not ask_witness(away, now)
    (state,) = load_witnesses()
    assert "not_reached" in state.said and not state.contradicts() and state.due_at > now()
    assert not ask_witness(away, now), "it is too early"
    assert not ask_witness(away, lambda: now() + timedelta(seconds=2)) and load_trouble() is None
    away.close_connections()


def restored(watched_log: Watching) -> int:
    """The witness has seen leaves that a restored backup does not have; gives how many it has seen."""
    sealed()
    log_everything()
    watched_log.ask()
    seen = read_checkpoint(newest_note() or b"").size
    tamper("DELETE FROM log_leaf WHERE index >= %s", seen - 1)
    tamper("DELETE FROM log_checkpoint WHERE size >= %s", seen)
    tamper("DELETE FROM log_tile WHERE n * 256 >= %s", seen - 1)
    tamper("UPDATE log_tree SET size = %s", seen - 1)
    tamper("UPDATE log_witness SET seen_size = 0")
    (log_folder.folder() / log_folder.PUBLISHED).unlink()  # the backup holds that folder too
    return seen


def test_a_witness_that_is_ahead_stops_all_signing(watched_log: Watching) -> None:
    seen = restored(watched_log)
    assert not watched_log.meet()
    trouble = load_trouble()
    assert trouble is not None and (trouble.code, trouble.seen_size) == ("witness_ahead", seen)
    for _ in range(3):
        sealed()
    with pytest.raises(NotSigned):
        log_everything()
    assert read_checkpoint(newest_note() or b"").size < seen


def test_a_rewritten_history_that_is_signed_again_stops_all_signing(watched_log: Watching) -> None:
    seen = restored(watched_log)
    for _ in range(3):
        sealed()
    log_everything()
    assert read_checkpoint(newest_note() or b"").size > seen
    assert not watched_log.ask()
    trouble = load_trouble()
    assert trouble is not None and trouble.code == "witness_differs"
    sealed()
    with pytest.raises(NotSigned):
        log_everything()
    (state,) = load_witnesses()
    assert state.contradicts()
    assert rows("SELECT count(*) FROM log_trouble") == [(1,)]
    assert list((watched_log.folder / "forks").iterdir()), "the witness keeps the proof"


def test_a_cosignature_that_does_not_hold_is_not_published(watched_log: Watching, tmp_path: Path) -> None:
    sealed()
    note = log_everything()
    with a_witness(tmp_path / "other", "association.example") as other:
        other.client.key = watched_log.witness.key.public  # type: ignore[attr-defined]
        assert not other.ask()
        (state,) = load_witnesses()
        assert "not_a_cosignature" in state.said
    assert newest_note() == note


def test_the_command_line_says_who_watches_and_ends_in_one_on_a_contradiction(watched_log: Watching) -> None:
    assert "no witness yet" in CliRunner().invoke(tuidan, ["log", "witnesses"]).output
    sealed()
    log_everything()
    watched_log.ask()
    told = CliRunner().invoke(tuidan, ["log", "witnesses"])
    assert (told.exit_code, told.output.split()[0]) == (0, "witness.example")
    assert (
        f"witness witness-1 {watched_log.client.vkey}" in CliRunner().invoke(tuidan, ["log", "policy"]).output
    )
    tamper("UPDATE log_witness SET said = 'witness_differs 422'")
    assert CliRunner().invoke(tuidan, ["log", "witnesses"]).exit_code == 1


def test_the_audit_is_held_against_a_file_that_a_witness_has_kept(
    watched_log: Watching, tmp_path: Path
) -> None:
    bought = sealed()
    log_everything()
    watched_log.ask()
    kept = tmp_path / "kept.checkpoint"
    kept.write_bytes(watched_log.witness.memory.all()[0])
    words = ["audit", "--against", str(kept), "--witness", watched_log.client.vkey]
    assert CliRunner().invoke(tuidan, words).exit_code == 0
    connections["owner"].ensure_connection()
    admin = Administrator(connections["owner"].connection)
    events = admin.events(bought.id)
    events[-1]["at"] = (datetime.fromisoformat(events[-1]["at"]) - timedelta(hours=1)).isoformat()
    assert admin.rewrite(bought.id, events)
    admin.sign_again()
    assert CliRunner().invoke(tuidan, ["audit"]).exit_code == 0, "by itself it all fits together"
    told = CliRunner().invoke(tuidan, words)
    assert (told.exit_code, "历史被改写过" in told.output) == (1, True), told.output


def test_a_wrong_key_of_a_witness_is_said_so(watched_log: Watching, tmp_path: Path) -> None:
    told = CliRunner().invoke(tuidan, ["audit", "--witness", "nobody"])
    assert (told.exit_code, "not_a_key" in told.output) == (1, True)
