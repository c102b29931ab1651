"""Sellers' books, the fund and payments by bank from the command line: each act in an operator's name."""

from uuid import UUID, uuid4

import pytest
from click.testing import CliRunner, Result

from shopfloor import NOW, Bought, rows, sealed
from tuidan.commands import funds
from tuidan.commands.order import confirm_receipt
from tuidan.site.cli import tuidan


def run(*words: str) -> Result:
    return CliRunner().invoke(tuidan, list(words))


@pytest.fixture(scope="module")
def operator(database: str) -> str:
    email = f"{uuid4()}@ops.example"
    made = run("people", "create", email, "--name", "运营", "--operator", "--password", "long-enough-7")
    assert made.exit_code == 0
    return email


def settled() -> Bought:
    """An order whose money is in its seller's book."""
    bought = sealed(1, issuer="")
    confirm_receipt(bought.id, bought.buyer, "confirm", NOW)
    found = rows("SELECT target FROM orders_outbox WHERE order_id = %s AND kind = 'settle_seller'", bought.id)
    funds.take_in([(bought.id, int(found[0][0]))], NOW)
    return bought


def test_a_shops_accounts_are_shown_and_paid_out(operator: str) -> None:
    shop = str(settled().shop)
    paid = run("seller", "payout", shop, "880", "--reference", "B-1", "--operator", operator)
    assert (paid.exit_code, paid.output.strip()) == (0, "booked")
    shown = run("seller", "show", shop).output.split()
    assert shown[shown.index("payable") + 1] == "40.00"
    assert shown[shown.index("paid_out") + 1] == "8.80"


def test_the_same_bank_reference_is_booked_once(operator: str) -> None:
    shop = str(settled().shop)
    said = [
        run("seller", "deposit-in", shop, "500", "--reference", "D-1", "--operator", operator).output.strip()
        for _ in range(2)
    ]
    assert said == ["booked", "booked before"]


def test_more_than_is_payable_is_refused_with_what_there_is(operator: str) -> None:
    shop = str(settled().shop)
    refused = run("seller", "payout", shop, "999999", "--reference", "B-2", "--operator", operator)
    assert refused.exit_code == 1
    assert "has_fen: 4880" in refused.output


def test_a_statement_opens_with_nothing_and_closes_with_what_is_there(operator: str) -> None:
    bought = settled()
    told = run("seller", "statement", str(bought.shop)).output
    assert str(bought.id) in told
    closing = next(line for line in told.splitlines() if line.startswith("closing  payable"))
    assert closing.split()[-1] == "48.80"


def test_who_is_no_operator_books_nothing() -> None:
    shop = str(settled().shop)
    refused = run("seller", "reserve", shop, "100", "--why", "x", "--operator", "nobody@ops.example")
    assert refused.exit_code == 1
    assert rows("SELECT reserve_fen FROM books_book WHERE owner_id = %s", UUID(shop)) == [(0,)]


def test_the_funds_limits_are_set_and_shown(operator: str) -> None:
    settled()
    done = run(
        "fund", "limit", "2000000000", "--one-order", "50000", "--why", "grown", "--operator", operator
    )
    assert done.exit_code == 0, done.output
    shown = run("fund", "show").output
    assert "20000000.00" in shown
    assert "500.00" in shown


def test_a_payment_that_is_not_there_is_said_in_a_sentence(operator: str) -> None:
    order = str(settled().id)
    refused = run("payout", "enter", order, "1", "--reference", "B-3", "--operator", operator)
    assert refused.exit_code == 1
    assert "does not exist" in refused.output
