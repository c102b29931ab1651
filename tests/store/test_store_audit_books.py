"""The audit of the books: whole after every step, and each planted fault is found and named."""

from uuid import UUID

import pytest

from money_steps import arrive, second_steps
from shopfloor import NOW, PRICE_FEN, Bought, later, rows, sealed, state, tamper
from tuidan.commands import seller_account
from tuidan.commands.dispute import decide_case, request_refund
from tuidan.commands.order import confirm_receipt
from tuidan.commands.runner import envelop, run
from tuidan.domain import commands as c
from tuidan.domain.books import commands as q
from tuidan.domain.books.book import FUND_ID
from tuidan.store.audit.books import audit_books
from tuidan.store.audit.run import audit_page

SOMEBODY = UUID(int=7)


def recovered() -> Bought:
    """Released, asked for, held, paid by the fund, taken back from the seller."""
    bought = sealed(1, issuer="")
    confirm_receipt(bought.id, bought.buyer, "confirm", NOW)
    arrive(bought)
    request_refund(bought.id, bought.buyer, 1, "item_invalid", "ask", later(10))
    second_steps(bought, 11)
    actor = c.Actor("reviewer", str(SOMEBODY))
    if state(bought).cases[0].status != "review":
        run(bought.id, envelop(bought.id, c.CallPlatform(1), actor, "call", later(20)))
    told = c.DecideCase(1, True, 0, ("seller_fault",), state(bought).version)
    assert decide_case(bought.id, SOMEBODY, told, "judge", later(60)).ok
    second_steps(bought, 70)
    return bought


def differences(bought: Bought) -> set[str]:
    found = {difference.what for difference in audit_page([bought.id])}
    return found | {told.what for told in audit_books() if told.order_id in (bought.shop, FUND_ID)}


def test_orders_and_books_agree_when_every_step_is_done() -> None:
    bought = recovered()
    act = q.PayDeposit(5_000, "bank 1")
    assert seller_account.act_on_seller(bought.shop, act, SOMEBODY, "in", NOW).ok
    assert differences(bought) == set()


def test_money_that_is_on_its_way_is_no_difference() -> None:
    bought = sealed(1, issuer="")
    confirm_receipt(bought.id, bought.buyer, "confirm", NOW)
    assert differences(bought) == set()


FAULTS = {
    "a changed event": (
        "UPDATE books_event SET body = convert_to(replace(convert_from(body, 'UTF8'), '4880', '1'), 'UTF8') "
        "WHERE owner_id = %s AND kind = 'taken_in'",
        "book_event_changed",
    ),
    "an event less": ("DELETE FROM books_event WHERE owner_id = %s AND n = 2", "book_event_changed"),
    "a line less": ("DELETE FROM books_posting WHERE owner_id = %s AND event_n = 1", "book_line_differs"),
    "a changed line": (
        "UPDATE books_posting SET amount_fen = amount_fen + 1 WHERE owner_id = %s AND event_n = 1",
        "book_line_differs",
    ),
    "a changed total": (
        "UPDATE books_book SET payable_fen = payable_fen + 9, taken_in_fen = taken_in_fen + 9 WHERE owner_id = %s",
        "book_total_differs",
    ),
    "a changed item": (
        "UPDATE books_item SET given_fen = given_fen + 1 WHERE owner_id = %s AND what = 'arrival'",
        "book_order_differs",
    ),
    "an arrival less": (
        "DELETE FROM books_item WHERE owner_id = %s AND what = 'arrival'",
        "book_order_differs",
    ),
}


@pytest.mark.parametrize("fault", sorted(FAULTS))
def test_a_planted_fault_of_a_book_is_found(fault: str) -> None:
    bought = recovered()
    statement, what = FAULTS[fault]
    assert tamper(statement, bought.shop) > 0
    assert what in differences(bought)


def test_an_order_that_settled_more_than_its_book_got_is_found() -> None:
    bought = sealed(1, issuer="")
    confirm_receipt(bought.id, bought.buyer, "confirm", NOW)
    tamper("DELETE FROM orders_outbox WHERE order_id = %s AND kind = 'settle_seller'", bought.id)
    (found,) = [told for told in audit_page([bought.id]) if told.what == "book_order_differs"]
    assert found.data == {"what": "arrival", "kept": 0, "wanted": PRICE_FEN}


def test_the_database_itself_refuses_a_book_that_does_not_add_up() -> None:
    bought = recovered()
    assert rows("SELECT 1 FROM books_book WHERE owner_id = %s", bought.shop)
    with pytest.raises(Exception, match="books_seller_adds_up"):
        tamper("UPDATE books_book SET payable_fen = payable_fen + 1 WHERE owner_id = %s", bought.shop)
