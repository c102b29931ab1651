"""Coupons: off the price once, cash by what was really paid, and back in kind (R22)."""

from dataclasses import replace
from uuid import UUID, uuid4

from money_steps import ALONE
from shopfloor import (
    NOW,
    PRICE_FEN,
    TOP_UP,
    Bought,
    basket,
    kinds,
    later,
    listed,
    pay,
    rows,
    state,
    tell_paid,
)
from side_by_side import at_once
from tuidan.commands import coupon, order, payment
from tuidan.commands.dispute import request_refund
from tuidan.commands.runner import Outcome
from tuidan.store.books.coupons import find_coupon
from tuidan.store.orders.claim import Work
from tuidan.worker.effects import do_effect

OFF = 800
DAY = 86_400


def shop_with_coupon() -> tuple[UUID, UUID, UUID, UUID]:
    """A shop, its listing, a buyer, and the buyer's coupon there."""
    shop, listing = listed(**TOP_UP)
    buyer = uuid4()
    return shop, listing, buyer, coupon.give_coupon(shop, buyer, OFF, 30, NOW)


def place(listing: UUID, buyer: UUID, ticket: UUID, key: str = "place", quantity: int = 1) -> Outcome:
    told = replace(basket(listing, quantity, account="13800000000"), coupon_id=ticket)
    return order.place_order(buyer, told, key, NOW)


def bought_with_coupon(quantity: int = 1) -> tuple[Bought, UUID]:
    shop, listing, buyer, ticket = shop_with_coupon()
    outcome = place(listing, buyer, ticket, quantity=quantity)
    assert outcome.ok, outcome.refusal
    return Bought(outcome.order_id, buyer, shop, listing), ticket


def holder(bought: Bought, ticket: UUID) -> UUID | None:
    found = find_coupon(bought.buyer, ticket)
    assert found is not None
    return found.order_id


def return_coupons(bought: Bought, seconds: float) -> None:
    now = later(seconds)
    due = rows(
        "SELECT order_id, n, kind, target, due_at, tries FROM orders_outbox "
        "WHERE order_id = %s AND kind = 'return_coupon' AND due_at <= %s",
        bought.id,
        now,
    )
    for row in due:
        assert do_effect(Work(*row), ALONE, lambda: now)


def ask_back(bought: Bought, unit: int = 1) -> None:
    asked = request_refund(bought.id, bought.buyer, unit, "no_reason", f"ask {unit}", later(20))
    assert asked.ok, asked.refusal


def test_the_units_share_what_is_really_paid() -> None:
    bought, _ = bought_with_coupon(3)
    assert [unit.paid_fen for unit in state(bought).units] == [4_614, 4_613, 4_613]
    assert state(bought).price_fen() == 3 * PRICE_FEN - OFF


def test_a_coupon_pays_for_one_order_only() -> None:
    _, listing, buyer, ticket = shop_with_coupon()
    said = at_once([lambda n=n: place(listing, buyer, ticket, f"place {n}").ok for n in range(4)])
    assert sorted(said) == [False, False, False, True]


def test_the_same_placing_asked_twice_uses_the_coupon_once() -> None:
    _, listing, buyer, ticket = shop_with_coupon()
    first, again = place(listing, buyer, ticket), place(listing, buyer, ticket)
    assert (first.ok, again.ok, first.order_id) == (True, True, again.order_id)


def test_a_strangers_coupon_and_another_shops_are_refused() -> None:
    _, listing, buyer, ticket = shop_with_coupon()
    _, other_listing, _, _ = shop_with_coupon()
    for refused in (place(listing, uuid4(), ticket), place(other_listing, buyer, ticket, "elsewhere")):
        assert refused.refusal
        assert refused.refusal.code == "coupon_not_usable"


def test_the_whole_refund_gives_the_cash_paid_and_the_coupon_back() -> None:
    bought, ticket = bought_with_coupon()
    pay(bought, PRICE_FEN - OFF)
    ask_back(bought)
    assert state(bought).totals.refunding == PRICE_FEN - OFF
    return_coupons(bought, 30)
    assert holder(bought, ticket) is None
    assert kinds(bought)[-1] == "coupon_returned"


def test_a_part_of_the_units_gives_cash_and_keeps_the_coupon() -> None:
    bought, ticket = bought_with_coupon(2)
    pay(bought, 2 * PRICE_FEN - OFF)
    ask_back(bought, 1)
    return_coupons(bought, 30)
    assert holder(bought, ticket) == bought.id
    ask_back(bought, 2)
    return_coupons(bought, 40)
    assert holder(bought, ticket) is None


def test_a_return_that_was_cut_off_is_done_again_without_harm() -> None:
    bought, ticket = bought_with_coupon()
    pay(bought, PRICE_FEN - OFF)
    ask_back(bought)
    for _ in range(2):
        coupon.return_coupon(bought.id, 10**6, later(30))
    assert kinds(bought).count("coupon_returned") == 1
    assert holder(bought, ticket) is None


def test_an_unpaid_order_gives_its_coupon_back_only_when_no_late_money_can_revive_it() -> None:
    bought, ticket = bought_with_coupon()
    _, n = payment.start_payment(bought.id, bought.buyer, "alipay", "pay", NOW)
    order.fire_timer(bought.id, 1, "expire", 0, later(901))
    return_coupons(bought, 1_000)
    assert holder(bought, ticket) == bought.id
    tell_paid(bought, n, PRICE_FEN - OFF, later(5_000))
    return_coupons(bought, 3 * DAY)
    assert (state(bought).status, holder(bought, ticket)) == ("paid", bought.id)


def test_an_order_nobody_paid_gives_its_coupon_back_in_the_end() -> None:
    bought, ticket = bought_with_coupon()
    order.fire_timer(bought.id, 1, "expire", 0, later(901))
    return_coupons(bought, 3 * DAY)
    assert holder(bought, ticket) is None
