"""The audit that runs by itself: slice by slice over all orders, and what it finds stays until it is sound again."""

from datetime import timedelta
from functools import partial

import pytest

from shopfloor import NOW, Bought, later, placed, tamper
from tuidan.reads.audit import read_audit
from tuidan.store.boards.project import project
from tuidan.worker import audit
from tuidan.worker.audit import PASS_EVERY, SLICE_EVERY, audit_slice


def some_orders(count: int) -> list[Bought]:
    made = [placed() for _ in range(count)]
    project([each.id for each in made])
    return made


def whole_pass(start: float) -> float:
    """Slices until one finds no more orders; gives the moment of the last one."""
    seconds = start
    while audit_slice(partial(later, seconds)):
        seconds += SLICE_EVERY.total_seconds()
    return seconds


def test_every_order_is_looked_at_in_bounded_slices(
    fresh_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "SLICE_ORDERS", 2)
    some_orders(5)
    told = [audit_slice(lambda at=n: later(at * 10)) for n in range(4)]  # type: ignore[misc]
    assert told == [2, 2, 1, 0]
    assert (read_audit().finished_orders, read_audit().found) == (5, 0)


def test_two_workers_do_not_audit_the_same_slice(fresh_database: str) -> None:
    some_orders(1)
    assert audit_slice(lambda: NOW) == 1
    assert audit_slice(lambda: NOW) == 0
    assert read_audit().finished_at is None


def test_a_difference_is_found_by_itself_and_goes_when_it_is_mended(fresh_database: str) -> None:
    order = some_orders(2)[0]
    tamper("UPDATE orders_order SET status = 'refunded' WHERE order_id = %s", order.id)
    end = whole_pass(0)
    found = read_audit()
    assert {(each.order_id, each.what) for each in found.findings} == {(order.id, "column_differs")}
    assert found.found == 1
    tamper("UPDATE orders_order SET status = 'awaiting_payment' WHERE order_id = %s", order.id)
    whole_pass(end + PASS_EVERY.total_seconds() + 1)
    assert read_audit().found == 0


def test_the_next_pass_waits_for_its_hour(fresh_database: str) -> None:
    some_orders(1)
    end = whole_pass(0)
    assert audit_slice(lambda: later(end) + PASS_EVERY - timedelta(seconds=1)) == 0
    assert audit_slice(lambda: later(end) + PASS_EVERY) == 1
