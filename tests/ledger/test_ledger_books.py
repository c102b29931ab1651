"""The books keep the kit's fifteen invariants, and each line that they or an order post is the right one."""

from collections.abc import Callable
from dataclasses import replace
from uuid import UUID

import pytest
from ledger_books import BookLedger
from ledger_kit import CHECKS

from pure_orders import (
    PRICE_FEN,
    TERMS,
    PureOrder,
    sealed_order,
)
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain import ledger
from tuidan.domain.books import accounts
from tuidan.domain.books import commands as q
from tuidan.domain.books import events as b
from tuidan.domain.books.book import Book
from tuidan.domain.books.decide import RECOVERY_SOURCES, BrokenBook, decide_book
from tuidan.domain.decide import BrokenInvariant
from tuidan.domain.ledger import Posting

ORDER = str(UUID(int=1))


@pytest.mark.parametrize("name", CHECKS)
def test_a_book_keeps_each_invariant_of_the_kit(name: str) -> None:
    CHECKS[name](BookLedger())


def life_of_a_book() -> int:
    """Every kind of line once, with what each account holds afterwards; gives how many steps were right."""
    book = Book()
    for command, wanted in SELLERS_STEPS:
        book = replace(decide_book(book, command).book)
        have = {name: getattr(book.totals, name) for name in wanted}
        assert have == wanted, command
    fund = Book()
    for command, wanted in FUNDS_STEPS:
        fund = replace(decide_book(fund, command).book)
        assert {name: getattr(fund.totals, name) for name in wanted} == wanted, command
    return len(SELLERS_STEPS) + len(FUNDS_STEPS)


SELLERS_STEPS: list[tuple[q.BookCommand, dict[str, int]]] = [
    (q.TakeIn((q.Arrival(ORDER, 3, 1_000),)), {"payable": 1_000, "taken_in": 1_000}),
    (q.SetHold(ORDER, 1, 400, 5), {"payable": 600, "held": 400}),
    (q.SetHold(ORDER, 1, 0, 6), {"payable": 1_000, "held": 0}),
    (q.SetReserve(200, "new"), {"payable": 800, "reserve": 200}),
    (q.SetReserve(150, "less"), {"payable": 850, "reserve": 150}),
    (q.PayDeposit(500, "in"), {"deposit": 500, "brought": 500}),
    (q.PayDeposit(-100, "out"), {"deposit": 400, "brought": 400}),
    (q.PayOut(50, "bank"), {"payable": 800, "paid_out": 50}),
    (
        q.Claim(ORDER, "advance", 1, 1_500, RECOVERY_SOURCES),
        {"payable": 0, "deposit": 0, "owed": 150, "claimed": 1_500},
    ),
    (q.TakeIn((q.Arrival(ORDER, 9, 100),)), {"payable": 100}),
    (q.Claim(ORDER, "advance", 1, 1_500, RECOVERY_SOURCES), {"payable": 0, "owed": 50, "claimed": 1_500}),
    (q.WriteOff(ORDER, "advance", 1, "gone"), {"owed": 0, "claimed": 1_450}),
]
FUNDS_STEPS: list[tuple[q.BookCommand, dict[str, int]]] = [
    (q.SetLimit(1_000, 500, "first"), {"limit": 1_000, "available": 1_000}),
    (q.SetLimit(900, 500, "less"), {"limit": 900, "available": 900}),
    (q.Draw(ORDER, "advance", 1, 300), {"available": 600, "out": 300}),
    (q.SettleDraw(ORDER, "advance", 1, 300, back_fen=100), {"available": 700, "out": 200}),
    (q.SettleDraw(ORDER, "advance", 1, 300, back_fen=100, borne_fen=200), {"out": 0, "borne": 200}),
]


def life_of_an_order() -> None:
    """Every line that an order posts beyond its escrow, with its totals afterwards."""
    order = recalled()
    totals = order.order().totals
    assert (totals.advance, totals.released, totals.receivable) == (0, PRICE_FEN, PRICE_FEN - 80)
    assert (totals.received, totals.refunded) == (PRICE_FEN + 80, PRICE_FEN)
    assert ledger.fold(order.postings) == totals


def recalled() -> PureOrder:
    """Laid out by the fund, given back by the seller, arrived, recalled, repaid in part."""
    order = sealed_order(1, replace(TERMS, settlement="instant_settlement", issuer=""))
    order.do(c.RequestRefund(1, "item_invalid"), 10)
    assert order.judge(1, 0, 20) == ""
    order.do(c.RecordRecovery(1, PRICE_FEN, 0), 30)
    order.do(c.MarkRefundSent(1), 40)
    order.do(c.RecordRefund(1, order.order().refunds[0].attempt, "succeeded", PRICE_FEN), 50)
    order.do(c.RecallRefund(1, 0, "used", order.version), 60)
    order.do(c.RecordRepayment(1, 80, "bank"), 70)
    return order


def test_every_line_of_a_book_and_of_an_order_goes_where_it_should() -> None:
    life_of_an_order()
    assert life_of_a_book() == 17


def nothing(told: object) -> list[Posting]:
    return []


def backwards(make: Callable[[object], list[Posting]]) -> Callable[[object], list[Posting]]:
    return lambda told: [Posting(line.credit, line.debit, line.amount_fen) for line in make(told)]


def doubled(make: Callable[[object], list[Posting]]) -> Callable[[object], list[Posting]]:
    return lambda told: [replace(line, amount_fen=2 * line.amount_fen) for line in make(told)]


BOOK_KINDS = sorted(accounts.POSTINGS, key=lambda kind: kind.__name__)
ORDER_KINDS = (e.AdvanceRecovered, e.MoneyRecalled, e.MoneyRepaid)
WRONG = (BrokenBook, BrokenInvariant, AssertionError)


@pytest.mark.parametrize("how", ["left out", "backwards", "doubled"])
@pytest.mark.parametrize("kind", BOOK_KINDS)
def test_a_book_that_posts_one_line_wrongly_is_caught(
    kind: type[b.BookEvent], how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = accounts.POSTINGS[kind]
    wrong = {"left out": nothing, "backwards": backwards(right), "doubled": doubled(right)}[how]
    monkeypatch.setattr(accounts, "POSTINGS", {**accounts.POSTINGS, kind: wrong})
    with pytest.raises(WRONG):
        life_of_a_book()


@pytest.mark.parametrize("how", ["left out", "backwards", "doubled"])
@pytest.mark.parametrize("kind", ORDER_KINDS)
def test_an_order_that_posts_one_line_wrongly_is_caught(
    kind: type[e.Event], how: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    right = ledger.POSTINGS[kind]
    wrong = {"left out": nothing, "backwards": backwards(right), "doubled": doubled(right)}[how]
    monkeypatch.setattr(ledger, "POSTINGS", {**ledger.POSTINGS, kind: wrong})
    with pytest.raises(WRONG):
        life_of_an_order()
