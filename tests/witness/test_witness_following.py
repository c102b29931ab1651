"""A witness that follows a log by itself, as the commands that a seller runs, without Django and without a database."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from little_log import LittleLog, published

from tuidan.domain.tlog.note import open_note
from tuidan.witness.command import witness
from tuidan.witness.key import read_key
from tuidan.witness.memory import Memory


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    assert run("key", "--folder", str(tmp_path), "--name", "seller.example").exit_code == 0
    return tmp_path


def run(*words: str) -> Result:
    return CliRunner().invoke(witness, list(words))


def follow(folder: Path, log: LittleLog, url: str) -> Result:
    return run("follow", "--once", "--folder", str(folder), "--log-url", url, "--vkey", log.key.vkey())


def test_a_log_that_grows_is_cosigned_step_by_step(folder: Path) -> None:
    log = LittleLog(1)
    with published(log) as url:
        for count in (0, 1, 254, 1, 700):
            log.add(count)
            told = follow(folder, log, url)
            assert told.exit_code == 0, told.output
    kept = Memory(folder).last(log.origin)
    assert kept is not None
    assert open_note(kept, [log.key, read_key(folder).public]).by == (log.key, read_key(folder).public)
    assert f"\n{957}\n".encode() in kept


@pytest.mark.parametrize("index", [0, 3, 4])
@pytest.mark.parametrize("more", [0, 1, 300])
def test_a_rewritten_history_is_shouted_and_ends_in_one(folder: Path, index: int, more: int) -> None:
    log = LittleLog(5)
    with published(log) as url:
        follow(folder, log, url)
        log.rewrite(index).add(more)
        told = follow(folder, log, url)
        assert (told.exit_code, "历史被改写" in told.output) == (1, True)
        assert follow(folder, log, url).exit_code == 1, "it is not forgiven at the second look"
    proofs = list((folder / "forks").iterdir())
    assert [proof.read_bytes() for proof in proofs] == [log.note()]


def test_a_log_that_was_cut_off_is_shouted(folder: Path) -> None:
    log = LittleLog(300)
    with published(log) as url:
        follow(folder, log, url)
        del log.entries[290:]
        assert follow(folder, log, url).exit_code == 1


def test_tiles_that_do_not_lead_to_the_signed_head_are_shouted(folder: Path) -> None:
    log = LittleLog(5)
    with published(log) as url:
        follow(folder, log, url)
        log.add(4)
        sound = log.tree
        log.tree = lambda size=None: sound(8) if size is None else sound(size)  # type: ignore[method-assign]
        log.note = lambda size=None: log.signed(LittleLog(9).head())  # type: ignore[method-assign]
        told = follow(folder, log, url)
        assert (told.exit_code, "ALARM" in told.output) == (1, True)


def test_an_older_head_of_the_same_history_is_no_alarm(folder: Path) -> None:
    log = LittleLog(300)
    with published(log) as url:
        follow(folder, log, url)
        old = log.note(290)
        log.note = lambda size=None: old  # type: ignore[method-assign]
        told = follow(folder, log, url)
        assert (told.exit_code, "an older head" in told.output) == (0, True)


def test_a_log_that_is_away_is_no_alarm(folder: Path) -> None:
    log = LittleLog(5)
    with published(log) as url:
        log.away = True
        told = follow(folder, log, url)
    assert (told.exit_code, "cannot be reached" in told.output) == (2, True)


def test_a_head_that_the_log_did_not_sign_is_shouted(folder: Path) -> None:
    log = LittleLog(5)
    with published(LittleLog(5)) as url:
        told = follow(folder, log, url)
    assert (told.exit_code, "no trusted key" in told.output) == (1, True)


def test_a_checkpoint_of_a_friend_is_compared(folder: Path, tmp_path: Path) -> None:
    log = LittleLog(9)
    friend, vkey = tmp_path / "friend", ["--vkey", log.key.vkey(), "--folder", str(folder)]
    with published(log) as url:
        follow(folder, log, url)
        for note, more, wanted, code in (
            (log.note(), [], "the same", 0),
            (log.note(4), [], "cannot be told", 1),
            (log.note(4), ["--log-url", url], "of the same history", 0),
            (LittleLog(9).note(), [], "not signed by that log", 1),
        ):
            friend.write_bytes(note)
            told = run("compare", str(friend), *vkey, *more)
            assert (told.exit_code, wanted in told.output) == (code, True), told.output
        friend.write_bytes(log.rewrite(2).note())
        told = run("compare", str(friend), *vkey)
        assert (told.exit_code, "not of the same history" in told.output) == (1, True)


def test_what_was_seen_is_shown(folder: Path) -> None:
    log = LittleLog(3)
    with published(log) as url:
        follow(folder, log, url)
    told = run("show", "--folder", str(folder))
    assert log.note().decode() in told.output


def test_a_second_key_is_not_made_over_the_first(folder: Path) -> None:
    told = run("key", "--folder", str(folder), "--name", "seller.example")
    assert (told.exit_code, "keeps its key" in told.output) == (1, True)


def test_the_key_is_for_its_owner_alone(folder: Path) -> None:
    assert (folder / "witness.key").stat().st_mode & 0o077 == 0


def test_a_witness_needs_neither_django_nor_a_database() -> None:
    told = "import sys, tuidan.witness.command; print([m for m in ('django', 'psycopg', 'httpx') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
