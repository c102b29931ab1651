"""`tuidan audit` and `tuidan boards rebuild` as an operator uses them: one sentence a difference, and an exit code."""

import json
from uuid import uuid4

from click.testing import CliRunner, Result

from shopfloor import Bought, later, rows, sealed, short_of_stock, tamper
from tuidan.site.cli import tuidan
from tuidan.worker.boards import project_feed


def call(*words: str) -> Result:
    return CliRunner().invoke(tuidan, list(words))


def a_small_shop() -> list[Bought]:
    orders = [sealed(2), short_of_stock(), short_of_stock(3)]
    while project_feed(lambda: later(60)):
        pass
    return orders


def test_a_whole_shop_is_audited_without_a_difference(fresh_database: str) -> None:
    a_small_shop()
    told = call("audit")
    assert (told.exit_code, told.stdout) == (
        0,
        "核对 3 个订单,0 处不符 · 3 orders audited, 0 differences\n",
    )


def test_an_empty_shop_is_audited_too(fresh_database: str) -> None:
    told = call("audit")
    assert (told.exit_code, "0 orders audited" in told.stdout) == (0, True)


def test_a_difference_is_one_sentence_and_ends_in_one(fresh_database: str) -> None:
    orders = a_small_shop()
    tamper("DELETE FROM orders_event WHERE order_id = %s AND n = 2", orders[1].id)
    told = call("audit")
    assert told.exit_code == 1
    assert told.stdout.splitlines()[0] == f"{orders[1].id}: 缺少事件 2 · event 2 is missing"
    assert told.stdout.splitlines()[1:] == ["核对 3 个订单,1 处不符 · 3 orders audited, 1 differences"]


def test_one_order_is_audited_alone(fresh_database: str) -> None:
    orders = a_small_shop()
    tamper("DELETE FROM orders_event WHERE order_id = %s AND n = 2", orders[1].id)
    assert call("audit", "--order", str(orders[0].id)).exit_code == 0
    assert call("audit", "--order", str(orders[1].id)).exit_code == 1


def test_an_order_that_does_not_exist_is_said_so(fresh_database: str) -> None:
    told = call("audit", "--order", str(uuid4()))
    assert told.exit_code == 1
    assert "没有这个订单" in told.stderr


def test_machines_get_one_object_a_line(fresh_database: str) -> None:
    orders = a_small_shop()
    tamper("UPDATE orders_order SET status = 'awaiting_payment' WHERE order_id = %s", orders[0].id)
    told = call("audit", "--json")
    (line,) = told.stdout.splitlines()
    assert json.loads(line) == {
        "order_id": str(orders[0].id),
        "what": "column_differs",
        "n": 0,
        "data": {"column": "status", "kept": "awaiting_payment", "wanted": "paid"},
    }


def test_a_board_line_of_no_order_is_named(fresh_database: str) -> None:
    orders = a_small_shop()
    stray = uuid4()
    tamper("UPDATE boards_order SET order_id = %s WHERE order_id = %s", stray, orders[0].id)
    told = call("audit")
    assert told.exit_code == 1
    assert f"{stray}: 列表里多出这个订单 · the boards have a line too many" in told.stdout
    assert f"{orders[0].id}: 列表里没有这个订单" in told.stdout


def test_boards_that_were_lost_are_built_again(fresh_database: str) -> None:
    a_small_shop()
    before = (
        rows("SELECT * FROM boards_order ORDER BY order_id"),
        rows("SELECT * FROM boards_case ORDER BY 1, 2"),
    )
    tamper("UPDATE boards_order SET status = 'wrong', version = 99")
    tamper("DELETE FROM boards_case")
    told = call("boards", "rebuild")
    assert (told.exit_code, "rebuilt the lists of 3 orders" in told.stdout) == (0, True)
    after = (
        rows("SELECT * FROM boards_order ORDER BY order_id"),
        rows("SELECT * FROM boards_case ORDER BY 1, 2"),
    )
    assert (after, call("audit").exit_code) == (before, 0)
