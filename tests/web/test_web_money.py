"""Money beyond the price on the pages: the account for a payment by bank, two operators, books, the fund."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from storefront import Shelf, client_of, hidden, now, page_of, words_on

from tuidan.commands import delivery, payment
from tuidan.commands.books import run_on_book
from tuidan.commands.coupon import give_coupon
from tuidan.domain import commands as c
from tuidan.domain.books import commands as q
from tuidan.domain.commands import Actor
from tuidan.reads.viewer import viewer_of
from tuidan.sandbox.goods import Cast
from tuidan.store.catalog import find_listing
from tuidan.store.people import create_person

ACCOUNT = "6222020200112233"


@pytest.fixture
def shelf(cast: Cast) -> Shelf:
    return Shelf(cast)


def by_bank(shelf: Shelf) -> UUID:
    """A top-up that failed after the one day in which its channel takes refunds."""
    order_id = shelf.placed("phone")
    person, then = shelf.cast.people["buyer"].id, now() - timedelta(days=2)
    _, n = payment.start_payment(order_id, person, "alipay", uuid4().hex, now())
    told = c.RecordPayment(n, "alipay", uuid4().hex, shelf.view(order_id).price_fen, then, "", "ab" * 32, 1)
    payment.record_payment(order_id, told, then, {"payer": "zha***@example.com"})
    outcome = delivery.mark_supply_sent(order_id, 1, now())
    assert outcome.order is not None
    attempt = outcome.order.units[0].attempt
    delivery.record_supply(order_id, c.RecordSupply(1, attempt, "failed"), now(), ())
    return order_id


def consented(shelf: Shelf) -> UUID:
    order_id = by_bank(shelf)
    client = client_of(shelf.cast, "buyer")
    page = page_of(client, f"/orders/{order_id}/")
    sent = {"key": hidden(page, "key"), "name": "林晓", "account": ACCOUNT, "agreed": "yes"}
    assert client.post(f"/orders/{order_id}/payouts/1/consent/", sent).status_code == 302
    return order_id


def test_the_buyer_is_asked_for_an_account_and_told_by_when(shelf: Shelf) -> None:
    text = words_on(page_of(client_of(shelf.cast, "buyer"), f"/orders/{by_bank(shelf)}/"))
    assert "银行转账退款" in text
    assert "付款期限" in text


def test_without_the_tick_no_account_is_kept(shelf: Shelf) -> None:
    order_id = by_bank(shelf)
    client = client_of(shelf.cast, "buyer")
    sent = {"key": uuid4().hex, "name": "林晓", "account": ACCOUNT}
    client.post(f"/orders/{order_id}/payouts/1/consent/", sent)
    page = words_on(page_of(client, f"/orders/{order_id}/"))
    assert "请先勾选同意" in page
    assert "请填本人银行账户" in page


def test_the_account_is_seen_by_operators_and_nobody_else(shelf: Shelf) -> None:
    order_id = consented(shelf)
    pages = {
        "operator": f"/operator/orders/{order_id}/",
        "buyer": f"/orders/{order_id}/",
        "reviewer": f"/review/{order_id}/1/",
    }
    shown = {
        role: ACCOUNT in client_of(shelf.cast, role).get(path).content.decode()
        for role, path in pages.items()
    }
    assert shown == {"operator": True, "buyer": False, "reviewer": False}


def test_a_payment_takes_two_operators_to_be_done(shelf: Shelf) -> None:
    order_id = consented(shelf)
    path = f"/operator/orders/{order_id}/payouts/1"
    one = client_of(shelf.cast, "operator")
    one.post(f"{path}/enter/", {"key": uuid4().hex, "reference": "B-20261123-1"})
    one.post(f"{path}/confirm/", {"key": uuid4().hex})
    assert "录入的人不能自己复核" in words_on(page_of(one, f"/operator/orders/{order_id}/"))
    other = create_person(f"op-{uuid4()}@tuidan.example", None, "运营二", now(), is_operator=True)
    shelf.cast.people["second"] = other
    client_of(shelf.cast, "second").post(f"{path}/confirm/", {"key": uuid4().hex})
    assert shelf.view(order_id).refunds[0].status == "succeeded"
    assert "银行转账 · 本人账户" in words_on(page_of(client_of(shelf.cast, "buyer"), f"/orders/{order_id}/"))


def test_a_deposit_is_booked_once_however_often_the_form_is_sent(shelf: Shelf) -> None:
    shop = shelf.view(shelf.placed("card")).seller_id
    client = client_of(shelf.cast, "operator")
    before = page_of(client, f"/operator/sellers/{shop}/")
    sent = {"key": hidden(before, "key"), "amount": "120.50", "reference": "D-1"}
    for _ in range(2):
        client.post(f"/operator/sellers/{shop}/deposit_in/", sent)
    text = words_on(page_of(client, f"/operator/sellers/{shop}/"))
    assert "早已记过" in text
    assert text.count("120.50") >= 1


def test_the_shop_sees_its_own_account_and_the_lines_of_its_orders(shelf: Shelf) -> None:
    order_id = shelf.placed("card")
    shop = shelf.view(order_id).seller_id
    run_on_book(shop, q.TakeIn((q.Arrival(str(order_id), 5, 4_321),)), Actor("worker"), now())
    role = "seller" if str(shop) in _shops(shelf, "seller") else "clerk"
    text = words_on(page_of(client_of(shelf.cast, role), "/seller/account/"))
    assert "43.21" in text
    assert str(order_id)[:8] in text


def _shops(shelf: Shelf, role: str) -> frozenset[str]:
    viewer = viewer_of(shelf.cast.people[role].id)
    assert viewer is not None
    return viewer.shops


def test_the_funds_limit_is_shown_and_never_falls_below_what_is_used(shelf: Shelf) -> None:
    client = client_of(shelf.cast, "operator")
    page = page_of(client, "/operator/money/")
    assert "先行赔付基金" in words_on(page)
    sent = {"key": hidden(page, "key"), "limit": "0", "order_max": "500", "why": "test"}
    client.post("/operator/money/limit/", sent)
    assert "额度不能低于已用的金额" in words_on(page_of(client, "/operator/money/"))


def test_a_coupon_is_offered_at_the_checkout_taken_off_the_price_and_told_on_the_order(shelf: Shelf) -> None:
    listing = shelf.cast.listings["card"]
    shop = shelf.view(shelf.placed("card")).seller_id
    buyer = shelf.cast.people["friend"].id
    ticket = give_coupon(shop, buyer, 300, 30, now())
    client = client_of(shelf.cast, "friend")
    page = page_of(client, f"/listings/{listing}/checkout/")
    assert "减 3.00" in words_on(page)
    sent = {"key": hidden(page, "key"), "quantity": "1", "no_reason": "on", "coupon": str(ticket)}
    answer = client.post(f"/listings/{listing}/checkout/", sent)
    assert answer.status_code == 302
    order_id = UUID(answer["Location"].split("/")[2])
    shelf.buyer = "friend"
    full = find_listing(listing)
    assert full is not None
    assert shelf.view(order_id).price_fen == full.price_fen - 300
    assert "优惠券抵扣 3.00" in words_on(page_of(client, f"/orders/{order_id}/"))
