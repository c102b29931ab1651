"""Boards: projected twice, late or by several at once they stay the same, and rebuilt they are what they were."""

from functools import partial

from shopfloor import NOW, Bought, later, reveal, rows, sealed, short_of_stock, state
from side_by_side import at_once
from tuidan.commands import dispute, talk
from tuidan.domain import commands as c
from tuidan.store.boards import lists
from tuidan.store.boards.project import lines_of, project
from tuidan.store.boards.questions import open_questions_of
from tuidan.store.orders.claim import finish_outbox
from tuidan.worker.boards import project_feed


def line(bought: Bought) -> list[tuple]:
    return rows("SELECT * FROM boards_order WHERE order_id = %s", bought.id)


def test_projecting_twice_changes_nothing() -> None:
    bought = sealed()
    project([bought.id])
    first = line(bought)
    project([bought.id])
    assert line(bought) == first


def test_an_old_line_never_overwrites_a_newer_one() -> None:
    """Two workers: the one that read earlier writes later."""
    bought = sealed()
    project([bought.id])
    reveal(bought, 1, NOW)
    project([bought.id])
    newer = line(bought)
    rows("UPDATE boards_order SET status = status WHERE order_id = %s RETURNING 1", bought.id)
    found = at_once([partial(project, [bought.id])] * 8)
    assert found == [None] * 8
    assert line(bought) == newer


def test_several_workers_on_the_same_feed_neither_fail_nor_lose_a_line() -> None:
    orders = [short_of_stock() for _ in range(12)]
    found = at_once([partial(project_feed, lambda: later(60)) for _ in range(6)])
    assert [error for error in found if isinstance(error, BaseException)] == []
    while project_feed(lambda: later(60)):
        pass
    versions = rows(
        "SELECT version FROM boards_order WHERE order_id = ANY(%s)", [bought.id for bought in orders]
    )
    assert sorted(version for (version,) in versions) == sorted(state(bought).version for bought in orders)


def test_rows_finished_in_any_order_by_several_do_not_deadlock() -> None:
    orders = [sealed() for _ in range(10)]
    feed = rows(
        "SELECT order_id, n FROM orders_outbox WHERE order_id = ANY(%s) AND kind = 'feed'",
        [it.id for it in orders],
    )
    calls = [partial(finish_outbox, feed[start:] + feed[:start]) for start in range(0, len(feed), 4)]
    assert at_once(calls) == [None] * len(calls)


def test_a_case_that_came_while_its_board_was_read_breaks_nothing() -> None:
    bought = sealed(8, issuer="")
    asked = [
        partial(dispute.request_refund, bought.id, bought.buyer, n, "item_invalid", f"r{n}", later(n))
        for n in range(1, 9)
    ]
    found = at_once([*asked, *[partial(lines_of, [bought.id])] * 8])
    assert [error for error in found if isinstance(error, BaseException)] == []
    project([bought.id])
    assert rows("SELECT count(*) FROM boards_case WHERE order_id = %s", bought.id) == [(8,)]


def test_the_queue_shows_what_waits_for_a_person_and_the_most_urgent_first() -> None:
    bought = sealed(2, issuer="")
    for n, seconds in ((1, 6 * 86_400), (2, 20)):
        dispute.request_refund(bought.id, bought.buyer, n, "item_invalid", f"r{n}", later(seconds))
    project([bought.id])
    queue = lists.open_cases()
    assert [case.due_at for case in queue] == sorted(case.due_at for case in queue if case.due_at)
    mine = rows(
        "SELECT unit FROM boards_case WHERE order_id = %s AND status = 'review' ORDER BY due_at", bought.id
    )
    assert mine == [(2,), (1,)]


def test_a_question_stands_on_the_shops_board_until_it_is_answered() -> None:
    bought = sealed(2)
    buyer = c.Actor("buyer", str(bought.buyer))
    for unit in (1, 2):
        talk.send_message(
            bought.id, buyer, talk.Message("打不开", asks=True, unit=unit), f"q{unit}", later(unit)
        )
    talk.answer_contact(bought.id, bought.shop, "refuse", "a", later(9), unit=1)
    project([bought.id])
    found = open_questions_of([bought.shop])
    assert [(row.unit, row.due_at) for row in found] == [(2, later(2 + 86_400))]
