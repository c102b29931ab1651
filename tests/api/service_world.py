"""Orders of services and memberships for the API tests, brought by real commands to where somebody may act."""

from __future__ import annotations

from uuid import UUID

from api_world import PRICE_FEN, Shopfront, new_key, now

from tuidan.commands import delivery, order, service
from tuidan.commands.runner import envelop, run
from tuidan.commands.service_switch import switch_service
from tuidan.domain import commands as c
from tuidan.store import catalog

BY_HAND: dict[str, object] = {"stock_kind": "none", "delivery_mode": "manual", "price_fen": PRICE_FEN}


def reported(front: Shopfront) -> UUID:
    """A service of one milestone, reported as half done and not answered."""
    order_id = front.pay("service")
    service.report_progress(order_id, front.shop, 1, 1, 50, "做了一半", "", new_key(), now())
    return order_id


def handed_over(front: Shopfront) -> UUID:
    """A service that the seller calls done."""
    order_id = front.pay("service")
    delivery.deliver_by_seller(order_id, front.shop, 1, "做完了", 100, new_key(), now())
    return order_id


def by_the_hour(front: Shopfront) -> UUID:
    """Coaching of two hours, begun."""
    terms = {"title": "陪练", "goods_kind": "service", "service": {"type": "coaching", "hours": 2}}
    front.listings["coaching"] = catalog.create_listing(front.shop, now(), **(BY_HAND | terms))
    order_id = front.pay("coaching")
    service.start_work(order_id, front.shop, 1, "", new_key(), now())
    return order_id


def opened(front: Shopfront) -> UUID:
    """A membership that runs."""
    order_id = front.pay("member")
    delivery.deliver_by_seller(order_id, front.shop, 1, "已开通", 100, new_key(), now())
    return order_id


def renewable(front: Shopfront) -> UUID:
    """A membership that runs, whose renewal is on offer."""
    terms = {"title": "月卡", "goods_kind": "membership", "duration_days": 31, "renewable": True}
    listing = catalog.create_listing(front.shop, now(), **(BY_HAND | terms))
    front.listings["renewable"] = listing
    placing, front.place = front.place, lambda *_: _with_renewal(front, listing)  # type: ignore[method-assign]
    try:
        order_id = front.pay("renewable")
    finally:
        front.place = placing  # type: ignore[method-assign]
    delivery.deliver_by_seller(order_id, front.shop, 1, "已开通", 100, new_key(), now())
    run(order_id, envelop(order_id, c.NoticeRenewal(), c.Actor("timer"), new_key(), now()))
    return order_id


def _with_renewal(front: Shopfront, listing: UUID) -> UUID:
    basket = order.Basket(listing, 1, "yun-1", no_reason_excluded_confirmed=True, auto_renew=True)
    outcome = order.place_order(front.people["owner"], basket, new_key(), now())
    assert outcome.ok, outcome.refusal
    return outcome.order_id


def rented(front: Shopfront) -> UUID:
    """An account rented for two hours, handed over."""
    terms = {"title": "租号", "goods_kind": "service", "service": {"type": "account_rental", "hours": 2}}
    front.listings["rental"] = catalog.create_listing(front.shop, now(), **(BY_HAND | terms))
    switch_service("account_rental", on=True, by=None, now=now())
    listing, owner = front.listings["rental"], front.people["owner"]
    basket = order.Basket(listing, 1, no_reason_excluded_confirmed=True, declared_adult=True)
    placed = order.place_order(owner, basket, new_key(), now())
    switch_service("account_rental", on=False, by=None, now=now())
    assert placed.ok, placed.refusal
    front.take_money(placed.order_id, 1)
    delivery.deliver_by_seller(placed.order_id, front.shop, 1, "账号密码已发", 100, new_key(), now())
    return placed.order_id
