"""The log on a real database: one order of leaves whatever happens at once, nothing doubled, nothing lost."""

from functools import partial
from uuid import uuid4

import pytest
from django.db import ProgrammingError
from log_leaves import heads, holds, logged

from shopfloor import later, reveal, rows, sealed, state, tamper
from side_by_side import at_once
from tuidan.domain.evidence import ChainLink, find_chain_fault
from tuidan.domain.tlog.entry import Head, read_entry
from tuidan.domain.tlog.tiles import Edge, TileAt, grow, read_bundle
from tuidan.domain.tlog.tree import leaf_hash
from tuidan.reads import log
from tuidan.reads.chain import chain_hashes
from tuidan.store.log.append import append, append_heads
from tuidan.store.log.edge import load_edge, load_root, tree_size
from tuidan.store.log.leaves import load_heads
from tuidan.worker.boards import project_feed
from tuidan.worker.log import Signing


def work_off(seconds: float = 60) -> None:
    while project_feed(lambda: later(seconds)):
        pass
    Signing().look(lambda: later(seconds), idle=True)


def test_an_order_is_in_the_log_after_its_feed_row() -> None:
    bought = sealed()
    work_off()
    told = log.proof_of(bought.id)
    assert told is not None
    head = read_entry(told.entry)
    assert (head.order_id, head.n) == (bought.id, state(bought).version)
    assert head.hash.hex() == chain_hashes(bought.id)[head.n]
    assert holds(bought.id)


def test_a_leaf_says_nothing_about_a_person_or_an_amount() -> None:
    bought = sealed()
    work_off()
    told = log.proof_of(bought.id)
    assert told is not None
    hashed = chain_hashes(bought.id)[told.n]
    assert told.entry.decode() == f'{{"hash":"{hashed}","n":{told.n},"order":"{bought.id}","v":1}}'


def test_the_leaf_covers_every_event_before_it() -> None:
    bought = sealed()
    work_off()
    told = log.proof_of(bought.id)
    assert told is not None
    links = [
        ChainLink(n, bytes(prev), bytes(body), bytes(digest))
        for n, prev, body, digest in rows(
            "SELECT n, prev, body, hash FROM orders_event WHERE order_id = %s ORDER BY n", bought.id
        )
    ]
    assert find_chain_fault(links, read_entry(told.entry).hash, told.n) is None


def test_a_head_is_logged_once_and_an_older_one_never() -> None:
    head = Head(uuid4(), 5, bytes(32))
    assert [append([head]), append([head]), append([Head(head.order_id, 4, bytes(32))])] == [1, 0, 0]
    assert rows("SELECT n FROM log_leaf WHERE order_id = %s", head.order_id) == [(5,)]


def test_every_move_of_an_order_gets_a_leaf() -> None:
    bought = sealed()
    work_off()
    reveal(bought, 1, later(5))
    work_off(120)
    found = rows("SELECT n FROM log_leaf WHERE order_id = %s ORDER BY index", bought.id)
    assert len(found) == 2
    assert found[-1] == (state(bought).version,)


def test_several_at_once_double_nothing_and_lose_nothing() -> None:
    """Twelve workers with the same orders: each order has one leaf, and the tree is that of its leaves."""
    found = heads(40)
    before = tree_size()
    told = at_once([partial(append, found[start:] + found[:start]) for start in range(12)])
    assert [error for error in told if isinstance(error, BaseException)] == []
    assert sum(count for count in told if isinstance(count, int)) == 40
    assert tree_size() == before + 40
    leaves = load_heads(before, before + 40)
    assert sorted(leaf.order_id for leaf in leaves) == sorted(head.order_id for head in found)


def test_several_workers_on_one_feed_keep_the_tree_whole() -> None:
    made = [sealed() for _ in range(8)]
    told = at_once([partial(project_feed, lambda: later(60)) for _ in range(5)])
    assert [error for error in told if isinstance(error, BaseException)] == []
    work_off()
    assert [holds(bought.id) for bought in made] == [True] * 8
    edge, _ = grow(Edge(), [leaf_hash(head.entry()) for head in load_heads(0, tree_size())])
    assert edge == load_edge()


def test_whoever_dies_between_leaf_and_feed_row_has_done_no_harm() -> None:
    bought = sealed()
    assert append_heads([bought.id]) == 1
    work_off()
    assert rows("SELECT count(*) FROM log_leaf WHERE order_id = %s", bought.id) == [(1,)]
    assert rows("SELECT 1 FROM orders_outbox WHERE order_id = %s AND kind = 'feed'", bought.id) == []


def test_a_log_whose_hashes_are_gone_holds_up_nothing_but_itself(fresh_database: str) -> None:
    logged(2)
    kept = rows("SELECT data FROM log_tile")[0][0]
    tamper("DELETE FROM log_tile")
    bought = sealed()
    while project_feed(lambda: later(60)):
        pass
    assert rows("SELECT count(*) FROM boards_order WHERE order_id = %s", bought.id) == [(1,)]
    assert rows(
        "SELECT count(*) > 0 FROM orders_outbox WHERE order_id = %s AND kind = 'feed'", bought.id
    ) == [(True,)]
    assert log.log_health().trouble == "rows_missing"
    tamper("INSERT INTO log_tile (level, n, data) VALUES (0, 0, %s)", bytes(kept))
    work_off(3600)
    assert holds(bought.id)
    assert rows("SELECT count(*) FROM orders_outbox WHERE order_id = %s AND kind = 'feed'", bought.id) == [
        (0,)
    ]


def test_ten_thousand_orders_go_in_one_statement(fresh_database: str) -> None:
    logged(300)
    found = heads(10_000)
    assert append(found) == 10_000
    assert rows("SELECT count(DISTINCT xmin::text) FROM log_leaf WHERE index >= 300") == [(1,)]
    assert tree_size() == 10_300
    edge, _ = grow(Edge(), [leaf_hash(head.entry()) for head in load_heads(0, 10_300)])
    assert edge == load_edge()
    assert load_root(10_300) == edge.root()
    assert append(found) == 0


def test_tiles_and_bundles_are_what_the_leaves_give(fresh_database: str) -> None:
    logged(700)
    leaves = load_heads(0, 700)
    bundle, tile = log.read_bundle(2, 188), log.read_tile(TileAt(0, 2), 188)
    assert bundle is not None
    assert read_bundle(bundle) == [leaf.entry() for leaf in leaves[512:]]
    assert tile == b"".join(leaf_hash(leaf.entry()) for leaf in leaves[512:])
    assert log.read_tile(TileAt(0, 2), 7) == tile[: 7 * 32]
    assert [log.read_tile(TileAt(0, 2), 189), log.read_bundle(2, 189), log.read_tile(TileAt(2, 0), 1)] == [
        None
    ] * 3


def test_nothing_is_shown_that_is_not_signed_yet(fresh_database: str) -> None:
    logged(3)
    append(heads(1))
    assert [log.read_tile(TileAt(0, 0), 3) is None, log.read_tile(TileAt(0, 0), 4)] == [False, None]
    assert log.read_bundle(0, 4) is None


def test_the_product_cannot_write_the_log_itself() -> None:
    logged(1)
    for statement in (
        "UPDATE log_tree SET size = 0",
        "DELETE FROM log_leaf",
        "INSERT INTO log_tile (level, n, data) VALUES (9, 9, '')",
        "UPDATE log_checkpoint SET note = ''",
        "DELETE FROM log_key",
    ):
        with pytest.raises(ProgrammingError, match="permission denied"):
            rows(statement)
