"""`tuidan log`: an operator looks, takes proofs, changes the key, and finds history that was rewritten."""

from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from django.conf import settings

import go_checklog
from shopfloor import later, placed, rows, sealed, tamper
from tuidan.commands.outside import Outside
from tuidan.domain.tlog.entry import Head
from tuidan.reads.log import log_health, proof_of
from tuidan.site.cli import tuidan
from tuidan.store.log.append import append, append_heads
from tuidan.worker.boards import project_feed
from tuidan.worker.loop import Worker

pytestmark = pytest.mark.usefixtures("fresh_database")


def tell(*arguments: str) -> Result:
    return CliRunner().invoke(tuidan, ["log", *arguments])


def work_off() -> None:
    while project_feed(lambda: later(60)):
        pass


def test_the_state_of_the_log_is_told_in_a_few_lines() -> None:
    sealed()
    work_off()
    assert tell("checkpoint").exit_code == 0
    told = tell("status")
    assert told.exit_code == 0
    assert settings.LOG_ORIGIN in told.output
    assert "signed       1" in told.output


def test_a_checkpoint_and_a_proof_are_printed_byte_for_byte_for_other_tools(tmp_path: Path) -> None:
    bought = sealed()
    work_off()
    note = tell("checkpoint").stdout
    proof = tell("proof", str(bought.id)).stdout
    assert proof.endswith(note)
    assert tell("proof", str(bought.id), "--folder", str(tmp_path)).exit_code == 0
    asked = {
        "kind": "record",
        "vkey": (tmp_path / "log.vkey").read_text(encoding="utf-8").strip(),
        "entry": (tmp_path / f"{bought.id}.entry").read_bytes(),
        "proof": (tmp_path / f"{bought.id}.tlog-proof").read_bytes(),
    }
    assert go_checklog.ask([asked]) == ["ok"]


def test_a_worker_that_has_done_what_is_due_has_signed_the_log() -> None:
    bought = placed()
    loop = Worker(Outside(), lambda: later(5))
    assert loop.run_until_idle() > 0
    loop.close()
    assert log_health().unsigned == 0
    assert proof_of(bought.id) is not None


def test_an_order_that_is_not_there_has_no_proof() -> None:
    told = tell("proof", str(uuid4()))
    assert (told.exit_code, "does not have order" in told.output) == (1, True)


def test_a_new_key_is_listed_before_the_old_one() -> None:
    first = tell("checkpoint")
    assert first.exit_code == 0
    old = tell("keys").stdout.splitlines()
    assert tell("rotate-key").exit_code == 0
    new = tell("keys").stdout.splitlines()
    assert len(new) == 2
    assert new[1] == f"{old[0]}0"


def test_rewritten_history_is_found_with_a_file_that_somebody_kept(tmp_path: Path) -> None:
    made = [sealed() for _ in range(3)]
    work_off()
    kept = tmp_path / "checkpoint"
    kept.write_text(tell("checkpoint").stdout, encoding="utf-8")
    assert tell("check", "--against", str(kept)).exit_code == 0
    tamper("UPDATE log_leaf SET hash = sha256(hash) WHERE order_id = %s", made[1].id)
    told = tell("check", "--against", str(kept))
    assert told.exit_code == 1
    assert "history was rewritten" in told.output


def test_a_restored_backup_is_said_in_one_sentence_and_not_signed() -> None:
    sealed()
    work_off()
    assert tell("checkpoint").exit_code == 0
    for statement in ("DELETE FROM log_leaf", "DELETE FROM log_tile", "DELETE FROM log_checkpoint"):
        tamper(statement)
    tamper("UPDATE log_tree SET size = 0")
    told = tell("checkpoint")
    assert told.exit_code == 1
    assert "A published checkpoint covers more than the database has" in told.output
    status = tell("status")
    assert (status.exit_code, "old backup" in status.output) == (1, True)


def test_orders_from_before_the_log_are_logged_afterwards() -> None:
    made = [sealed() for _ in range(3)]
    append_heads([made[0].id])
    tamper("DELETE FROM orders_outbox WHERE kind = 'feed'")
    told = tell("catch-up")
    assert (told.exit_code, "2 leaves added" in told.output) == (0, True)
    assert rows("SELECT count(*) FROM log_leaf") == [(3,)]
    assert "0 leaves added" in tell("catch-up").output


def test_lost_and_damaged_tiles_are_computed_again_from_the_leaves() -> None:
    append([Head(uuid4(), 1, bytes(32)) for _ in range(600)])
    assert tell("checkpoint").exit_code == 0
    kept = rows("SELECT level, n, data FROM log_tile ORDER BY level, n")
    tamper("DELETE FROM log_tile WHERE level = 0 AND n = 2")
    tamper("UPDATE log_tile SET data = overlay(data PLACING decode(%s, 'hex') FROM 1) WHERE n = 0", "00" * 32)
    tamper("UPDATE log_tile SET data = substring(data FROM 1 FOR 64) WHERE level = 0 AND n = 1")
    assert tell("checkpoint").exit_code == 1
    assert tell("repair").exit_code == 0
    assert rows("SELECT level, n, data FROM log_tile ORDER BY level, n") == kept
    assert tell("checkpoint").exit_code == 0


def test_leaves_that_were_changed_are_not_repaired_into_a_new_history() -> None:
    append([Head(uuid4(), 1, bytes(32)) for _ in range(3)])
    assert tell("checkpoint").exit_code == 0
    kept = rows("SELECT data FROM log_tile")
    tamper("UPDATE log_leaf SET hash = sha256(hash) WHERE index = 1")
    told = tell("repair")
    assert (told.exit_code, "nothing was written" in told.output) == (1, True)
    assert rows("SELECT data FROM log_tile") == kept


def test_a_trusted_key_leads_to_those_it_handed_over_to(tmp_path: Path) -> None:
    """The rows of the old key are gone: only the file and the key that somebody wrote down are left."""
    append([Head(uuid4(), 1, bytes(32))])
    kept = tmp_path / "checkpoint"
    kept.write_text(tell("checkpoint").stdout, encoding="utf-8")
    old = tell("keys").stdout.split("  ")[0]
    assert tell("rotate-key").exit_code == 0
    tamper("UPDATE log_key SET vkey = (SELECT vkey FROM log_key WHERE n = 2) WHERE n = 1")
    assert "nobody trusted signed it" in tell("check", "--against", str(kept)).output
    assert "nobody trusted signed it" not in tell("check", "--against", str(kept), "--vkey", old).output


def test_what_is_no_key_is_said_to_be_none() -> None:
    told = tell("check", "--vkey", "nonsense")
    assert (told.exit_code, "not a verifier key" in told.output) == (1, True)
