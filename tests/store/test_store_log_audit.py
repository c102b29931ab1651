"""What an administrator changes behind our back is found: in the order by its leaf, in the log by its own hashes."""

import os
from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from log_leaves import NOW, heads

from shopfloor import Bought, later, reveal, rows, sealed, state, tamper
from tuidan.domain.evidence import GENESIS, chain_hash
from tuidan.domain.tlog.checkpoint import read_checkpoint
from tuidan.domain.tlog.entry import Head
from tuidan.domain.tlog.note import Note, key_of, sign
from tuidan.domain.tlog.tiles import Edge, grow
from tuidan.domain.tlog.tree import leaf_hash
from tuidan.store.audit.log import find_log_differences, published_notes
from tuidan.store.audit.run import audit, audit_page
from tuidan.store.log import folder
from tuidan.store.log.append import append
from tuidan.store.log.checkpoints import newest_note, sign_newest
from tuidan.store.log.edge import load_edge
from tuidan.store.log.keys import load_keys
from tuidan.store.log.leaves import load_heads
from tuidan.store.log.rotate import rotate_key
from tuidan.worker.boards import project_feed

pytestmark = pytest.mark.usefixtures("fresh_database")


def worked() -> None:
    """The worker has done everything, and the tree is signed."""
    while project_feed(lambda: later(3600)):
        pass
    sign_newest(later(3600))


def shop() -> list[Bought]:
    """Three orders, the first of them with two leaves."""
    made = [sealed() for _ in range(3)]
    worked()
    reveal(made[0], 1, later(5))
    worked()
    return made


def kept() -> bytes:
    """The newest checkpoint, as a witness keeps it."""
    note = newest_note()
    assert note is not None
    return note


def whats(*against: bytes) -> list[str]:
    return sorted({found.what for found in find_log_differences(against)})


def rewritten(order_id: object) -> bytes:
    """An event is changed and the whole chain after it computed again, with the order's head."""
    events = rows("SELECT n, body FROM orders_event WHERE order_id = %s ORDER BY n", order_id)
    head = GENESIS
    for n, body in events:
        data = bytes(body)
        told = data.replace(b'"currency":"CNY"', b'"currency":"USD"') if n == 1 else data
        after = chain_hash(head, told)
        tamper(
            "UPDATE orders_event SET body = %s, prev = %s, hash = %s WHERE order_id = %s AND n = %s",
            told, head, after, order_id, n,
        )  # fmt: skip
        head = after
    tamper("UPDATE orders_order SET head_hash = %s WHERE order_id = %s", head, order_id)
    return head


def forge_tree() -> None:
    """Compute all tiles again from the leaves as they are now, and sign every checkpoint again with the stolen key."""
    leaves = load_heads(0, load_edge().size)
    hashes = [leaf_hash(head.entry()) for head in leaves]
    _, tiles = grow(Edge(), hashes)
    for at, data in tiles.items():
        tamper("UPDATE log_tile SET data = %s WHERE level = %s AND n = %s", data, at.level, at.n)
    key = load_keys()[0].key
    private = folder.load_key(key)
    assert private is not None
    for (size,) in rows("SELECT size FROM log_checkpoint ORDER BY size"):
        root = grow(Edge(), hashes[:size])[0].root()
        told = read_checkpoint(kept())
        text = type(told)(told.origin, size, root).text()
        note = Note(text, (sign(text, key.name, private),)).bytes()
        tamper("UPDATE log_checkpoint SET root = %s, note = %s WHERE size = %s", root, note, size)
        folder._write(folder.folder() / folder.PUBLISHED, note)


def test_an_untouched_log_has_no_difference() -> None:
    shop()
    assert list(audit()) == []
    assert whats(kept(), *published_notes()) == []


def test_an_event_changed_with_its_whole_chain_differs_from_its_leaf() -> None:
    made = shop()
    rewritten(made[1].id)
    found = {(each.order_id, each.what) for each in audit() if each.what.startswith("log_")}
    assert found == {(made[1].id, "log_leaf_differs")}


def test_the_same_with_a_forged_leaf_differs_from_its_tile() -> None:
    made = shop()
    head = rewritten(made[1].id)
    tamper("UPDATE log_leaf SET hash = %s WHERE order_id = %s", head, made[1].id)
    assert "log_leaf_differs" not in {each.what for each in audit_page([made[1].id])}
    assert whats() == ["log_checkpoint_differs", "log_tile_differs"]


def test_the_same_with_forged_tiles_and_stolen_key_differs_from_what_somebody_else_kept() -> None:
    made = shop()
    witness = kept()
    head = rewritten(made[1].id)
    tamper("UPDATE log_leaf SET hash = %s WHERE order_id = %s", head, made[1].id)
    forge_tree()
    assert whats(*published_notes()) == []
    assert whats(witness) == ["log_history_differs"]


def test_history_cut_off_is_behind_what_somebody_else_kept() -> None:
    shop()
    witness = kept()
    tamper("DELETE FROM log_leaf WHERE index >= 3")
    tamper("UPDATE log_tree SET size = 3")
    tamper("UPDATE log_tile SET data = substring(data FROM 1 FOR 96)")
    tamper("DELETE FROM log_checkpoint WHERE size > 3")
    assert whats(witness) == ["log_behind"]


def test_a_checkpoint_that_nobody_trusted_signed_is_no_evidence() -> None:
    shop()
    text = "tuidan.example/log\n1\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
    private = Ed25519PrivateKey.generate()
    note = Note(text, (sign(text, "stranger.example", private),)).bytes()
    assert whats(note) == ["log_note_unknown"]
    stranger = key_of("stranger.example", private)
    assert [found.what for found in find_log_differences([note], [stranger])] == ["log_history_differs"]


def swap_leaves(made: list[Bought]) -> None:
    one, other = (rows("SELECT index FROM log_leaf WHERE order_id = %s", it.id)[0][0] for it in made[1:])
    tamper("UPDATE log_leaf SET index = -1 WHERE index = %s", one)
    tamper("UPDATE log_leaf SET index = %s WHERE index = %s", one, other)
    tamper("UPDATE log_leaf SET index = %s WHERE index = -1", other)


def take_a_leaf(made: list[Bought]) -> None:
    tamper("DELETE FROM log_leaf WHERE order_id = %s", made[1].id)


def add_a_leaf(made: list[Bought]) -> None:
    tamper("INSERT INTO log_leaf (index, order_id, n, hash) VALUES (99, %s, 99, %s)", made[1].id, bytes(32))


def take_the_order(made: list[Bought]) -> None:
    for child in ("event", "note", "posting", "outbox", "timer", "attempt", "notice", "snapshot"):
        tamper(f"DELETE FROM orders_{child} WHERE order_id = %s", made[1].id)
    tamper("DELETE FROM orders_order WHERE order_id = %s", made[1].id)
    tamper("DELETE FROM boards_order WHERE order_id = %s", made[1].id)


def change_a_tile(made: list[Bought]) -> None:
    tamper("UPDATE log_tile SET data = set_byte(data, 40, get_byte(data, 40) # 1) WHERE level = 0")


def change_a_signature(made: list[Bought]) -> None:
    tamper("UPDATE log_checkpoint SET note = overlay(note PLACING 'A'::bytea FROM octet_length(note) - 20)")


def change_a_root(made: list[Bought]) -> None:
    tamper("UPDATE log_checkpoint SET root = set_byte(root, 3, get_byte(root, 3) # 1)")


def take_the_keys(made: list[Bought]) -> None:
    tamper("DELETE FROM log_key")


EDITS: list[tuple[Callable[[list[Bought]], None], set[str]]] = [
    (swap_leaves, {"log_tile_differs", "log_checkpoint_differs", "log_history_differs"}),
    (take_a_leaf, {"log_gap", "log_leaf_missing"}),
    (add_a_leaf, {"log_leaf_added"}),
    (take_the_order, {"log_order_missing"}),
    (change_a_tile, {"log_tile_differs"}),
    (change_a_signature, {"log_signature_fails"}),
    (change_a_root, {"log_checkpoint_differs"}),
    (take_the_keys, {"log_signature_fails", "log_note_unknown"}),
]


@pytest.mark.parametrize(("edit", "named"), EDITS, ids=[edit.__name__ for edit, _ in EDITS])
def test_an_edited_log_is_named(edit: Callable[[list[Bought]], None], named: set[str]) -> None:
    made = shop()
    edit(made)
    assert {found.what for found in audit()} == named


def test_an_order_that_moved_on_is_missing_from_the_log_only_once_its_row_is_gone() -> None:
    made = shop()
    reveal(made[1], 1, later(9))
    assert "log_leaf_missing" not in {found.what for found in audit_page([made[1].id])}
    tamper("DELETE FROM orders_outbox WHERE order_id = %s AND kind = 'feed'", made[1].id)
    named = {(found.what, found.n) for found in audit_page([made[1].id])}
    assert ("log_leaf_missing", state(made[1]).version) in named


def test_checkpoints_of_every_key_hold_in_their_own_time_alone() -> None:
    append(heads(2))
    sign_newest(NOW)
    rotate_key(NOW)
    append(heads(2))
    sign_newest(NOW)
    gone = {"log_order_missing"}
    assert set(whats()) == gone
    tamper("UPDATE log_key SET from_size = 5 WHERE n = 2")
    assert set(whats()) == gone | {"log_signature_fails"}


def test_a_log_of_many_chunks_is_walked_whole() -> None:
    append([Head(head.order_id, 1, os.urandom(32)) for head in heads(9_000)])
    sign_newest(NOW)
    append(heads(10))
    sign_newest(NOW)
    seen: list[int] = []
    found = list(find_log_differences(progress=seen.append))
    assert {each.what for each in found} == {"log_order_missing"}
    assert seen == [4096, 4096, 818]
