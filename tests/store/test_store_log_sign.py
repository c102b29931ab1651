"""Signing the log: what was published once is only ever continued, and keys hand over to each other in the open."""

import stat
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from log_leaves import NOW, heads, holds, logged

from shopfloor import later, rows, tamper
from side_by_side import at_once
from tuidan.domain.tlog.checkpoint import Checkpoint, read_checkpoint
from tuidan.domain.tlog.handover import keys_from, read_handover
from tuidan.domain.tlog.note import BadNote, Note, open_note, read_vkey, sign
from tuidan.domain.tlog.proof import find_consistency_fault
from tuidan.domain.tlog.trouble import NotSigned
from tuidan.reads import log
from tuidan.store.log import folder
from tuidan.store.log.append import append
from tuidan.store.log.checkpoints import is_behind, newest_note, sign_newest, tell_trouble
from tuidan.store.log.edge import load_edge
from tuidan.store.log.keys import load_keys
from tuidan.store.log.rotate import rotate_key
from tuidan.worker.log import Signing

pytestmark = pytest.mark.usefixtures("fresh_database")


def refused() -> str:
    with pytest.raises(NotSigned) as caught:
        sign_newest(NOW)
    return caught.value.code


def published() -> Path:
    return Path(settings.LOG_KEY_DIR) / folder.PUBLISHED


def restored(size: int) -> None:
    """The database as an old backup brings it back: leaves, tiles and checkpoints after `size` are gone."""
    tamper("DELETE FROM log_leaf WHERE index >= %s", size)
    tamper("UPDATE log_tree SET size = %s", size)
    tamper("DELETE FROM log_checkpoint WHERE size > %s", size)


def test_the_first_checkpoint_is_that_of_the_empty_log() -> None:
    note = sign_newest(NOW)
    assert note is not None
    assert read_checkpoint(note) == Checkpoint(settings.LOG_ORIGIN, 0, load_edge().root())
    assert open_note(note, [read_vkey(vkey) for vkey in log.log_keys()]).by[0].name == settings.LOG_ORIGIN


def test_a_size_is_signed_once() -> None:
    logged(3)
    assert not is_behind()
    assert sign_newest(NOW) is None
    append(heads(1))
    assert is_behind()
    assert sign_newest(NOW) is not None


def test_every_checkpoint_continues_the_one_before() -> None:
    told = []
    for count in (1, 5, 250, 1, 300):
        logged(count)
        told.append(log.newest_head())
    for old, new in pairwise(told):
        assert old is not None and new is not None
        proof = log.consistency(old.size, new.size)
        assert find_consistency_fault(old.size, new.size, proof, old.root, new.root) is None


def test_many_that_sign_at_once_sign_the_same() -> None:
    append(heads(9))
    told = at_once([partial(sign_newest, NOW)] * 6)
    assert [error for error in told if isinstance(error, BaseException)] == []
    assert len({note for note in told if note is not None}) == 1
    assert rows("SELECT count(*) FROM log_checkpoint") == [(1,)]
    assert len(load_keys()) == 1


def test_workers_that_append_and_sign_at_once_raise_no_false_alarm() -> None:
    def work() -> None:
        for _ in range(10):
            append(heads(1))
            sign_newest(NOW)

    told = at_once([work] * 4)
    assert [error for error in told if isinstance(error, BaseException)] == []
    assert (log.log_health().trouble, log.log_health().signed_size) == ("", 40)


def test_the_private_key_is_for_its_owner_alone() -> None:
    logged(1)
    files = [path for path in Path(settings.LOG_KEY_DIR).iterdir() if path.suffix == ".key"]
    assert [stat.S_IMODE(path.stat().st_mode) for path in files] == [0o600]


def test_a_restored_backup_does_not_fork_history() -> None:
    logged(5)
    logged(5)
    restored(5)
    append(heads(1))
    assert refused() == "published_ahead"
    assert log.log_health().trouble == "published_ahead"
    assert log.log_health().seen_size == 10


def test_a_restored_backup_that_grew_past_the_published_head_does_not_fork_it_either() -> None:
    logged(5)
    logged(5)
    restored(5)
    append(heads(20))
    assert refused() == "published_differs"


def test_the_database_that_has_everything_again_is_signed_again() -> None:
    found = logged(5)
    logged(1)
    note = published().read_bytes()
    folder._write(published(), note.replace(b"\n6\n", b"\n7\n"))  # as if one more had been published
    append(heads(1))
    assert refused() == "published_differs"
    folder._write(published(), note)
    assert sign_newest(NOW) is not None
    assert log.log_health().trouble == ""
    assert holds(found[0].order_id)


def test_leaves_changed_under_a_published_checkpoint_are_not_signed_again() -> None:
    logged(300)
    tamper("UPDATE log_tile SET data = decode(repeat('00', 32), 'hex') WHERE level = 1")
    append(heads(1))
    assert refused() == "published_differs"


def test_hashes_that_are_gone_are_not_made_up() -> None:
    logged(300)
    tamper("DELETE FROM log_tile WHERE level = 0 AND n = 1")
    assert refused() == "rows_missing"


def test_what_a_witness_saw_ahead_keeps_the_log_from_signing_until_it_is_reached() -> None:
    logged(3)
    tell_trouble("witness_ahead", 3, 8, NOW)
    append(heads(1))
    assert refused() == "witness_ahead"


def test_a_machine_without_the_private_key_does_not_sign() -> None:
    logged(1)
    for path in Path(settings.LOG_KEY_DIR).glob("*.key"):
        path.unlink()
    append(heads(1))
    assert refused() == "key_missing"


def test_a_broken_file_of_the_published_head_is_not_overwritten() -> None:
    logged(1)
    published().write_bytes(b"broken")
    append(heads(1))
    assert refused() == "unreadable"
    assert published().read_bytes() == b"broken"


def test_a_worker_that_may_not_sign_goes_on_with_its_work() -> None:
    logged(2)
    restored(1)
    append(heads(1))
    Signing().look(lambda: NOW, idle=True)
    health = log.log_health()
    assert (health.trouble, health.signed_size, health.trouble_since) == ("published_differs", 0, NOW)


def test_under_load_the_worker_signs_once_a_second_and_when_idle_at_once() -> None:
    signing = Signing()
    sizes = []
    for idle in (False, False, False, True):
        append(heads(1))
        signing.look(lambda: NOW, idle=idle)
        sizes.append(log.log_health().signed_size)
    assert sizes == [1, 1, 1, 4]


def test_a_new_key_signs_the_last_head_together_with_the_old_one() -> None:
    logged(4)
    old = read_vkey(log.log_keys()[0])
    new = rotate_key(later(5)).key
    note = newest_note()
    assert note is not None
    assert open_note(note, [old, new]).by == (old, new)
    assert log.log_keys() == [new.vkey(), old.vkey()]
    assert [(each.from_size, each.until_size) for each in load_keys()] == [(4, None), (0, 4)]


def test_after_a_new_key_the_old_one_signs_nothing_more() -> None:
    logged(4)
    old = read_vkey(log.log_keys()[0])
    new = rotate_key(later(5)).key
    logged(1)
    note = newest_note()
    assert note is not None
    assert open_note(note, [new]).by == (new,)
    with pytest.raises(BadNote, match="unknown_keys"):
        open_note(note, [old])


def test_whoever_trusts_the_first_key_is_led_to_the_newest() -> None:
    logged(1)
    first = read_vkey(log.log_keys()[0])
    for _ in range(3):
        rotate_key(later(5))
        logged(1)
    told = [each.statement for each in reversed(load_keys()) if each.statement]
    assert [key.vkey() for key in keys_from(first, told)] == list(reversed(log.log_keys()))


def test_a_handover_that_one_key_alone_signed_leads_nowhere() -> None:
    logged(1)
    rotate_key(later(5))
    told = read_handover(load_keys()[0].statement)
    thief = Ed25519PrivateKey.generate()
    alone = Note(told.text(), (sign(told.text(), told.old.name, thief),)).bytes()
    with pytest.raises(BadNote):
        read_handover(alone)


def test_keys_that_change_hands_at_once_make_one_chain() -> None:
    logged(2)
    told = at_once([partial(rotate_key, NOW)] * 3)
    assert [error for error in told if isinstance(error, BaseException)] == []
    keys = load_keys()
    assert [each.n for each in keys] == [4, 3, 2, 1]
    first = keys[-1].key
    assert keys_from(first, [each.statement for each in reversed(keys) if each.statement])[-1] == keys[0].key


def test_a_history_that_is_lost_for_good_goes_on_under_another_name_alone() -> None:
    logged(5)
    logged(5)
    lost = published().read_bytes()
    restored(5)
    append(heads(1))
    assert refused() == "published_ahead"
    name, settings.LOG_ORIGIN = settings.LOG_ORIGIN, "another.example/log"
    try:
        rotate_key(later(5))
        assert sign_newest(NOW) is not None
        append(heads(9))
        assert sign_newest(NOW) is not None
    finally:
        settings.LOG_ORIGIN = name
    signed = [
        read_checkpoint(bytes(note)) for (note,) in rows("SELECT note FROM log_checkpoint ORDER BY size")
    ]
    assert [(told.origin, told.size) for told in signed] == [
        (name, 5),
        ("another.example/log", 6),
        ("another.example/log", 15),
    ]
    assert (published().parent / "checkpoint-until-10").read_bytes() == lost


def test_another_name_is_taken_with_the_next_key() -> None:
    logged(2)
    name = settings.LOG_ORIGIN
    settings.LOG_ORIGIN = "another.example/log"
    try:
        logged(1)
        assert log.newest_head().origin == name  # type: ignore[union-attr]
        rotate_key(later(5))
        logged(1)
        assert log.newest_head().origin == "another.example/log"  # type: ignore[union-attr]
    finally:
        settings.LOG_ORIGIN = name
