"""The audit: an untouched order has no difference, and each planted defect is found and named, alone."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest

from shopfloor import (
    NOW,
    PRICE_FEN,
    Bought,
    later,
    paid,
    placed,
    reveal,
    rows,
    sealed,
    short_of_stock,
    state,
    tamper,
)
from tuidan.commands import delivery, dispute, refund
from tuidan.commands.hearing import act
from tuidan.commands.order import fire_timer
from tuidan.commands.talk import Message, send_message
from tuidan.domain import commands as c
from tuidan.domain.evidence import chain_hash
from tuidan.store.audit.difference import WHATS
from tuidan.store.audit.run import audit_page
from tuidan.store.boards.project import project
from tuidan.store.log.append import append_heads
from tuidan.store.orders.claim import finish_outbox

Found = set[tuple[str, int]]


def story() -> Bought:
    """An order with much in it: two units, one shown, a request with words, a decision, a refund that arrived."""
    bought = sealed(2, issuer="")
    reveal(bought, 1, later(5))
    dispute.request_refund(bought.id, bought.buyer, 1, "item_invalid", "r", later(9), words="充不进去")
    assert act(bought.id, c.Actor("reviewer", str(uuid4())), c.CallPlatform(1), "t", later(10)).ok
    judgement = c.DecideCase(1, True, 1_000, ("goodwill",), state(bought).version)
    dispute.decide_case(bought.id, uuid4(), judgement, "d", later(60))
    told, _ = refund.mark_refund_sent(bought.id, 1, 1, later(61))
    yes = c.RecordRefund(1, told.refunds[0].attempt, "succeeded", 1_000)
    refund.record_refund(bought.id, yes, later(62))
    catch_up(bought)
    return bought


def catch_up(bought: Bought) -> None:
    """Do what the worker does with feed rows."""
    project([bought.id])
    append_heads([bought.id])
    found = rows("SELECT n FROM orders_outbox WHERE order_id = %s AND kind = 'feed'", bought.id)
    finish_outbox([(bought.id, n) for (n,) in found])


def audited(bought: Bought) -> Found:
    return {(difference.what, difference.n) for difference in audit_page([bought.id])}


def event(bought: Bought, kind: str) -> int:
    return int(
        rows("SELECT min(n) FROM orders_event WHERE order_id = %s AND kind = %s", bought.id, kind)[0][0]
    )


def test_an_untouched_order_has_no_difference() -> None:
    assert audited(story()) == set()


@pytest.mark.parametrize("make", [placed, sealed, short_of_stock])
def test_an_order_at_any_point_of_its_life_has_no_difference(make: Callable[[], Bought]) -> None:
    bought = make()
    catch_up(bought)
    assert audited(bought) == set()


def test_a_command_with_many_events_and_postings_is_numbered_as_it_was() -> None:
    bought = short_of_stock(4)
    catch_up(bought)
    assert rows("SELECT count(*) FROM orders_posting WHERE order_id = %s", bought.id) == [(5,)]
    assert audited(bought) == set()


def test_an_expired_and_a_released_order_have_no_difference() -> None:
    expired, released = placed(), sealed()
    fire_timer(expired.id, 1, "expire", 0, later(10**6))
    fire_timer(released.id, 1, "release", 0, later(10**7))
    for bought, status in ((expired, "expired"), (released, "released")):
        catch_up(bought)
        assert (state(bought).status, audited(bought)) == (status, set())


EVENT = "UPDATE orders_event SET {} WHERE order_id = %s AND n = %s"
EVENT_DEFECTS: list[tuple[str, str]] = [
    ("body = convert_to(replace(convert_from(body, 'UTF8'), '1000', '9000'), 'UTF8')", "event_changed"),
    ("body = body || ' '::bytea", "event_changed"),
    ("hash = sha256(body)", "event_changed"),
    ("prev = sha256(body)", "event_changed"),
    ("kind = 'request_rejected'", "event_column"),
    ("at = at + interval '1 second'", "event_column"),
    ("command_key = 'reviewer:other'", "event_column"),
    ("command_input = sha256(body)", "event_column"),
    ("command_events = 7", "event_column"),
]


@pytest.mark.parametrize(("change", "what"), EVENT_DEFECTS, ids=[change[:22] for change, _ in EVENT_DEFECTS])
def test_a_changed_event_is_named(change: str, what: str) -> None:
    bought = story()
    n = event(bought, "refund_decided")
    assert tamper(EVENT.format(change), bought.id, n) == 1
    assert audited(bought) == {(what, n)}


def test_an_event_changed_together_with_its_hash_is_named() -> None:
    bought = story()
    n = event(bought, "refund_decided")
    ((body, prev),) = rows("SELECT body, prev FROM orders_event WHERE order_id = %s AND n = %s", bought.id, n)
    forged = bytes(body).replace(b"1000", b"9000")
    tamper(
        EVENT.format("body = %s, hash = %s").replace("WHERE", "WHERE"),
        forged,
        chain_hash(bytes(prev), forged),
        bought.id,
        n,
    )
    assert audited(bought) == {("event_changed", n)}


@pytest.mark.parametrize("kind", ["order_placed", "payment_captured", "refund_decided"])
def test_a_missing_event_is_named(kind: str) -> None:
    bought = story()
    n = event(bought, kind)
    tamper("DELETE FROM orders_event WHERE order_id = %s AND n = %s", bought.id, n)
    assert audited(bought) == {("event_missing", n)}


def test_a_missing_last_event_is_named() -> None:
    bought = story()
    n = state(bought).version
    tamper("DELETE FROM orders_event WHERE order_id = %s AND n = %s", bought.id, n)
    assert audited(bought) == {("event_missing", n)}


def test_events_that_were_reordered_are_named() -> None:
    bought = story()
    first = event(bought, "code_revealed")
    for source, target in ((first, 10_000), (first + 1, first), (10_000, first + 1)):
        tamper("UPDATE orders_event SET n = %s WHERE order_id = %s AND n = %s", target, bought.id, source)
    assert audited(bought) == {("event_reordered", first)}


def test_an_event_that_was_added_is_named() -> None:
    bought = story()
    version, head = state(bought).version, state(bought).head
    body = b'{"data":{},"kind":"receipt_confirmed","n":%d}' % (version + 1)
    tamper(
        "INSERT INTO orders_event (order_id, n, kind, at, body, prev, hash) "
        "VALUES (%s, %s, 'receipt_confirmed', %s, %s, %s, %s)",
        bought.id, version + 1, NOW, body, head, chain_hash(head, body),
    )  # fmt: skip
    assert audited(bought) == {("event_added", version + 1)}


def test_an_event_of_another_order_is_named() -> None:
    bought, other = story(), story()
    n = state(bought).version
    ((body,),) = rows("SELECT body FROM orders_event WHERE order_id = %s AND n = %s", other.id, n)
    tamper(EVENT.format("body = %s"), bytes(body), bought.id, n)
    assert audited(bought) == {("event_changed", n)}


def test_a_chain_that_was_made_anew_from_an_event_on_does_not_meet_the_order() -> None:
    bought = story()
    n, version = event(bought, "refund_decided"), state(bought).version
    ((prev,),) = rows("SELECT prev FROM orders_event WHERE order_id = %s AND n = %s", bought.id, n)
    hashed = bytes(prev)
    for each in range(n, version + 1):
        ((body,),) = rows("SELECT body FROM orders_event WHERE order_id = %s AND n = %s", bought.id, each)
        forged = bytes(body).replace(b"1000", b"9000")
        before, hashed = hashed, chain_hash(hashed, forged)
        tamper(EVENT.format("body = %s, prev = %s, hash = %s"), forged, before, hashed, bought.id, each)
    assert audited(bought) == {("head_differs", version)}


def posting(bought: Bought) -> int:
    """The number of the posting by which the refund arrived."""
    return int(rows("SELECT max(n) FROM orders_posting WHERE order_id = %s", bought.id)[0][0])


def test_a_posting_with_another_amount_is_named_and_the_sums_with_it() -> None:
    bought = story()
    n = posting(bought)
    tamper(
        "UPDATE orders_posting SET amount_fen = amount_fen + 1 WHERE order_id = %s AND n = %s", bought.id, n
    )
    found = audited(bought)
    assert ("posting_changed", n) in found
    assert {what for what, _ in found} == {"posting_changed", "total_differs", "invariant_broken"}


@pytest.mark.parametrize("change", ["event_n = 1", "currency = 'USD'"])
def test_a_posting_with_another_label_is_named(change: str) -> None:
    bought = story()
    n = posting(bought)
    tamper(f"UPDATE orders_posting SET {change} WHERE order_id = %s AND n = %s", bought.id, n)
    assert audited(bought) == {("posting_changed", n)}


def test_money_that_left_to_another_account_is_named() -> None:
    bought = story()
    n = posting(bought)
    tamper(
        "UPDATE orders_posting SET credit = 'channel:mine:clearing' WHERE order_id = %s AND n = %s",
        bought.id,
        n,
    )
    assert audited(bought) == {("posting_changed", n)}


def test_a_missing_posting_is_named() -> None:
    bought = story()
    n = posting(bought)
    tamper("DELETE FROM orders_posting WHERE order_id = %s AND n = %s", bought.id, n)
    found = audited(bought)
    assert ("posting_missing", n) in found
    assert {what for what, _ in found} == {"posting_missing", "total_differs"}


def test_an_added_posting_is_named() -> None:
    bought = story()
    tamper(
        "INSERT INTO orders_posting (order_id, n, event_n, debit, credit, amount_fen, currency) "
        "VALUES (%s, 9999, 1, 'escrow', 'seller:settled_out', 5, 'CNY')", bought.id,
    )  # fmt: skip
    found = audited(bought)
    assert ("posting_added", 9_999) in found
    assert {what for what, _ in found} == {"posting_added", "total_differs"}


ORDER = "UPDATE orders_order SET {} WHERE order_id = %s"
ROW_DEFECTS: list[tuple[str, set[str]]] = [
    ("escrow_fen = escrow_fen - 5, released_fen = released_fen + 5", {"total_differs"}),
    ("chargeback_fen = chargeback_fen + 5, released_fen = released_fen + 5", {"total_differs"}),
    ("status = 'awaiting_payment'", {"column_differs"}),
    (f"buyer_id = '{UUID(int=9)}'", {"column_differs"}),
    ("placed_at = placed_at - interval '1 day'", {"column_differs"}),
    ("state = replace(state, '\"revealed\"', '\"delivered\"')", {"state_differs"}),
    ("state = replace(state, '1000', '1001')", {"state_differs"}),
    ("state = state || ' '", set()),
    ("state = 'nonsense'", {"state_differs"}),
    ("head_hash = sha256(head_hash)", {"head_differs"}),
    ("version = version + 1", {"event_missing"}),
    ("version = version - 1", {"event_added"}),
]


@pytest.mark.parametrize(("change", "whats"), ROW_DEFECTS, ids=[change[:24] for change, _ in ROW_DEFECTS])
def test_an_edited_order_row_is_named(change: str, whats: set[str]) -> None:
    bought = story()
    tamper(ORDER.format(change), bought.id)
    assert {what for what, _ in audited(bought)} == whats


def test_a_field_of_the_state_is_named_with_its_place() -> None:
    bought = story()
    tamper(ORDER.format("state = replace(state, '\"revealed\"', '\"delivered\"')"), bought.id)
    assert [difference.data["field"] for difference in audit_page([bought.id])] == ["units[1].status"]


def test_terms_that_were_changed_after_the_order_are_named() -> None:
    bought = story()
    tamper(
        "UPDATE orders_snapshot SET body = convert_to('{\"title\":\"x\"}', 'UTF8') WHERE order_id = %s",
        bought.id,
    )
    assert audited(bought) == {("snapshot_changed", 0)}


def test_words_are_neither_replaced_nor_taken_away_unseen() -> None:
    bought = story()
    n = event(bought, "refund_requested")
    tamper("UPDATE orders_note SET words = '我很满意' WHERE order_id = %s", bought.id)
    assert audited(bought) == {("words_changed", n)}
    tamper("DELETE FROM orders_note WHERE order_id = %s", bought.id)
    assert audited(bought) == {("words_missing", n)}


def test_a_hand_over_without_a_note_misses_no_words() -> None:
    fields: dict[str, object] = {"goods_kind": "membership", "stock_kind": "", "delivery_mode": "manual"}
    bought = paid(account="13800138000", account_label="手机号", duration_days=30, issuer="", **fields)
    assert delivery.deliver_by_seller(bought.id, bought.shop, 1, "", 100, "d", later(5)).ok
    catch_up(bought)
    assert audited(bought) == set()


BOARD_DEFECTS: list[tuple[str, tuple[str, int]]] = [
    ("UPDATE boards_order SET status = 'paid!' WHERE order_id = %s", ("board_differs", 0)),
    ("UPDATE boards_order SET refunded_fen = 0 WHERE order_id = %s", ("board_differs", 0)),
    ("UPDATE boards_order SET version = 99 WHERE order_id = %s", ("board_differs", 0)),
    (
        "UPDATE boards_order SET placed_at = placed_at + interval '1 ms' WHERE order_id = %s",
        ("board_differs", 0),
    ),
    ("DELETE FROM boards_order WHERE order_id = %s", ("board_missing", 0)),
    ("UPDATE boards_case SET status = 'open' WHERE order_id = %s", ("board_differs", 1)),
    ("DELETE FROM boards_case WHERE order_id = %s", ("board_missing", 1)),
    ("UPDATE boards_case SET case_n = 2 WHERE order_id = %s", ("board_missing", 1)),
]


@pytest.mark.parametrize(("statement", "named"), BOARD_DEFECTS)
def test_an_edited_board_is_named(statement: str, named: tuple[str, int]) -> None:
    bought = story()
    assert tamper(statement, bought.id) == 1
    assert named in audited(bought)
    assert {what for what, _ in audited(bought)} <= {named[0], "board_added"}


def test_a_board_that_has_not_been_told_yet_is_not_a_difference() -> None:
    bought = story()
    reveal(bought, 2, later(500))
    assert audited(bought) == set()


def test_an_order_of_another_page_has_no_part_in_it() -> None:
    whole, broken = story(), story()
    tamper("DELETE FROM orders_event WHERE order_id = %s AND n = 2", broken.id)
    assert {difference.order_id for difference in audit_page([whole.id, broken.id])} == {broken.id}


def test_every_kind_of_difference_has_its_meaning() -> None:
    assert all(WHATS.values())
    assert PRICE_FEN > 1_000  # the stories above refund a part only


def test_a_question_missing_from_its_board_is_found() -> None:
    bought = sealed()
    send_message(bought.id, c.Actor("buyer", str(bought.buyer)), Message("打不开", asks=True), "q", NOW)
    catch_up(bought)
    assert audit_page([bought.id]) == []
    tamper("DELETE FROM boards_question WHERE order_id = %s", bought.id)
    assert [(found.what, found.n) for found in audit_page([bought.id])] == [("board_missing", -1)]
