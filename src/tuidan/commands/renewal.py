"""The renewal of a membership: the offer becomes a new order that the buyer pays, or nothing at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tuidan.commands.order import Basket, Renews, place_order
from tuidan.commands.runner import Outcome, check_actor, envelop, run
from tuidan.domain import commands as c
from tuidan.domain.calendar import china_day
from tuidan.domain.refusals import Refusal
from tuidan.store.orders.load import load_order
from tuidan.store.orders.story import load_snapshot


@dataclass(frozen=True, slots=True)
class RenewalTicks:
    """What the buyer confirms for the new order; nothing is ticked beforehand."""

    no_reason_excluded_confirmed: bool = False
    auto_renew: bool = False


def take_renewal(order_id: UUID, buyer_id: UUID, ticks: RenewalTicks, now: datetime) -> Outcome:
    """Order the next term at the price of the offer; the outcome is that of the new order.

    One offer makes one order, however often it is pressed; it waits for payment until the offer ends. Raises
    NoSuchOrder, NotYours and what placing raises.
    """
    order, _ = load_order(order_id)
    actor = c.Actor("buyer", str(buyer_id))
    check_actor(order, actor)
    renewal = order.renewals[0] if order.renewals else None
    if renewal is None or renewal.status not in ("offered", "taken"):
        return Outcome(order_id, [], Refusal("renewal_not_open"), order.version)
    until = datetime.fromisoformat(renewal.until)
    if now > until and renewal.status == "offered":
        return Outcome(order_id, [], Refusal("renewal_not_open"), order.version)
    _, personal = load_snapshot(order_id)
    basket = Basket(
        UUID(order.listing),
        len(order.units),
        account=personal.get("account", ""),
        no_reason_excluded_confirmed=ticks.no_reason_excluded_confirmed,
        auto_renew=ticks.auto_renew,
        seen_price_fen=renewal.price_fen,
    )
    waits = max(1, int((until - now).total_seconds()))
    renews = Renews(order_id, china_day(until), renewal.told_days, renewal.price_fen, waits)
    placed = place_order(buyer_id, basket, f"renewal:{order_id}", now, renews)
    if placed.ok:
        told = c.TakeRenewal(str(placed.order_id))
        run(order_id, envelop(order_id, told, actor, f"renewal:{placed.order_id}", now))
    return placed


def cancel_renewal(order_id: UUID, buyer_id: UUID, key: str, now: datetime) -> Outcome:
    """No further notice and no offer; the present term runs on to its end."""
    actor = c.Actor("buyer", str(buyer_id))
    return run(order_id, envelop(order_id, c.CancelRenewal(), actor, key, now))
