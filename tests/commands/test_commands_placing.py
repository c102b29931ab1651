"""Placing an order: the buyer's key yields the order's id, so asking again, or many times at once, places once."""

from uuid import uuid4

from shopfloor import NOW, basket, later, listed, rows
from side_by_side import at_once
from tuidan.commands.order import Basket, place_order
from tuidan.commands.runner import Outcome
from tuidan.domain import commands as c
from tuidan.domain.events import OrderPlaced
from tuidan.store.orders.append import Batch, Rows, append, standing
from tuidan.store.orders.load import load_order
from tuidan.store.shared.models import Listing

THREADS = 16


def test_the_same_key_places_one_order() -> None:
    _, listing = listed()
    buyer = uuid4()
    first = place_order(buyer, basket(listing), "k", NOW)
    again = place_order(buyer, basket(listing), "k", later(60))
    assert (again.order_id, again.events, again.again) == (first.order_id, first.events, True)
    assert rows("SELECT count(*) FROM orders_order WHERE buyer_id = %s", buyer) == [(1,)]


def test_the_same_key_with_another_basket_is_refused() -> None:
    _, listing = listed()
    buyer = uuid4()
    place_order(buyer, basket(listing, 1), "k", NOW)
    other = place_order(buyer, basket(listing, 2), "k", NOW)
    assert other.refusal is not None
    assert other.refusal.code == "key_used_for_other_input"
    assert rows("SELECT count(*) FROM orders_order WHERE buyer_id = %s", buyer) == [(1,)]


def test_the_first_answer_stands_after_the_listing_went_off_sale() -> None:
    _, listing = listed()
    buyer = uuid4()
    first = place_order(buyer, basket(listing), "k", NOW)
    Listing.objects.filter(id=listing).update(on_sale=False)
    again = place_order(buyer, basket(listing), "k", NOW)
    fresh = place_order(buyer, basket(listing), "k2", NOW)
    assert (again.ok, again.order_id) == (True, first.order_id)
    assert fresh.refusal is not None
    assert fresh.refusal.code == "listing_not_on_sale"


def test_a_refusal_is_remembered_under_the_key_of_placing() -> None:
    _, listing = listed(on_sale=False)
    buyer = uuid4()
    first = place_order(buyer, basket(listing), "k", NOW)
    Listing.objects.filter(id=listing).update(on_sale=True)
    again = place_order(buyer, basket(listing), "k", later(60))
    fresh = place_order(buyer, basket(listing), "k2", later(60))
    assert (first.refusal, first.version) == (again.refusal, 0)
    assert again.refusal is not None
    assert again.refusal.code == "listing_not_on_sale"
    assert fresh.ok


def test_another_price_than_the_one_seen_is_refused_and_the_new_one_told() -> None:
    _, listing = listed(price_fen=4_880)
    buyer = uuid4()
    seen = place_order(buyer, basket(listing, seen_price_fen=4_879), "k", NOW)
    assert seen.refusal is not None
    assert (seen.refusal.code, seen.refusal.data) == ("price_changed", {"price_fen": 4_880})
    assert place_order(buyer, basket(listing, seen_price_fen=4_880), "k2", NOW).ok


def test_an_account_of_another_form_than_the_listing_asks_is_refused() -> None:
    _, listing = listed(goods_kind="top_up", stock_kind="none", account_pattern=r"1[3-9]\d{9}")
    buyer = uuid4()
    wrong = place_order(buyer, basket(listing, account="1380000000"), "k", NOW)
    assert wrong.refusal is not None
    assert wrong.refusal.code == "account_malformed"
    assert place_order(buyer, basket(listing, account="13800000000"), "k2", NOW).ok


def test_two_buyers_may_use_the_same_key() -> None:
    _, listing = listed()
    orders = {place_order(uuid4(), basket(listing), "k", NOW).order_id for _ in range(2)}
    assert len(orders) == 2


def test_sixteen_at_once_with_one_key_place_one_order() -> None:
    _, listing = listed()
    buyer = uuid4()
    outcomes = at_once([lambda: place_order(buyer, basket(listing), "k", NOW)] * THREADS)
    placed = [outcome for outcome in outcomes if isinstance(outcome, Outcome) and outcome.ok]
    assert (len(placed), len({outcome.order_id for outcome in placed})) == (THREADS, 1)
    assert rows("SELECT count(*) FROM orders_order WHERE buyer_id = %s", buyer) == [(1,)]
    assert sum(not outcome.again for outcome in placed) == 1


def test_placing_under_an_id_that_exists_writes_nothing() -> None:
    """The append for version 0 stands on the order's id, not on the key alone."""
    _, listing = listed()
    outcome = place_order(uuid4(), basket(listing), "k", NOW)
    order, _ = load_order(outcome.order_id)
    other = c.Envelope(c.ExpireOrder(), c.Actor("buyer"), "buyer:other", "00" * 32, NOW)
    told = Rows(["order_placed"], [b"{}"], [bytes(32), b"1" * 32])
    told.rest = {"id": [[order.buyer, order.seller, order.listing]], "s": [["{}", "{}"]]}
    assert append(Batch(outcome.order_id, 0, other, standing(order), told)) is False
    assert rows("SELECT count(*) FROM orders_event WHERE order_id = %s", outcome.order_id) == [(1,)]


def test_the_units_share_the_price_and_terms_are_frozen() -> None:
    _, listing = listed(price_fen=333)
    placed = place_order(uuid4(), basket(listing, 3), "k", NOW)
    Listing.objects.filter(id=listing).update(price_fen=999)
    event = placed.events[0]
    assert isinstance(event, OrderPlaced)
    assert (event.unit_paid_fen, load_order(placed.order_id)[0].price_fen()) == ([333] * 3, 999)


def test_an_order_of_nothing_is_refused() -> None:
    _, listing = listed()
    codes = [
        outcome.refusal.code if outcome.refusal else ""
        for quantity in (0, -1, 11)
        if (outcome := place_order(uuid4(), Basket(listing, quantity), "k", NOW))
    ]
    assert codes == ["quantity_out_of_range"] * 3
