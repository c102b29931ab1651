"""A decision case played by real commands: the listing, the order, its delivery, the request and the answer."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from case_reach import Facts
from case_work import (
    all_kinds_on,
    bring_about,
    by_itself,
    decided_by_itself,
    is_work,
    listing_terms,
    renews,
)

from pure_orders import CONTEXT
from shopfloor import DEFAULTS, TOP_UP, Bought, pay, policy_since, reveal, rows, state
from tuidan.commands import delivery, dispute, order
from tuidan.commands.runner import Outcome
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.facts import unit_facts
from tuidan.domain.order import Order, evolve
from tuidan.store import catalog

RULINGS = (e.RefundDecided, e.RequestRejected, e.CaseOpened)
BY_ITSELF = frozenset({"failed", "partial"})
ACCOUNT = "13800138000"


@dataclass(frozen=True, slots=True)
class Played:
    """A case after its request: the order just before it and as it was ruled on, and what came of it."""

    bought: Bought
    before: Order
    ruled: Order
    facts: Facts
    verdict: Facts
    events: list[e.Event]


def play(facts: Facts) -> Played:
    """Live the case up to its request and let the product answer at the case's own moment."""
    now = datetime.fromisoformat(facts["now"]).astimezone(UTC)
    paid_at = datetime.fromisoformat(facts["paid_at"]).astimezone(UTC)
    bought = _paid(facts, paid_at)
    _deliver(bought, facts)
    before, last, outcome = _answered(bought, facts, now)
    place = next(n for n, event in enumerate(outcome.events) if isinstance(event, RULINGS))
    for event in outcome.events[:place]:
        if isinstance(event, e.SellerAsked):
            continue  # the seller is asked because of the ruling, which has heard nothing of it yet
        evolve(last, event, last.version + 1, now)
        if by_itself(facts) and not isinstance(event, e.RefundRequested):
            evolve(before, event, before.version + 1, now)
    ruling = outcome.events[place]
    unit, asked = last.units[0], facts["requested_fen"]
    live = unit_facts(last, unit, facts["reason_claimed"], asked, now, CONTEXT.outside)
    return Played(bought, before, last, live, ruling.verdict, outcome.events)  # type: ignore[attr-defined]


def _answered(bought: Bought, facts: Facts, now: datetime) -> tuple[Order, Order, Outcome]:
    """Ask, or let the fact come that asks by itself: the order before, the one the last command met, its outcome."""
    before = state(bought)
    if is_work(facts) and by_itself(facts):
        return before, state(bought), decided_by_itself(bought, facts, now)
    if facts["delivery_state"] in BY_ITSELF:
        attempt = before.units[0].attempt
        if facts["delivery_state"] == "failed":
            failed = c.RecordSupply(1, attempt, "failed")
            return before, state(bought), delivery.record_supply(bought.id, failed, now, ())
        return before, state(bought), delivery.record_credit(bought.id, _credit(facts["top_up"]), now, ())
    reason, asked = facts["reason_claimed"], facts["requested_fen"]
    last = state(bought)
    outcome = dispute.request_refund(bought.id, bought.buyer, 1, reason, "ask", now, asked)
    assert outcome.ok, outcome.refusal
    if any(isinstance(event, RULINGS) for event in outcome.events):
        return before, last, outcome
    last = state(bought)
    if facts["goods_kind"] == "card_code":
        return before, last, delivery.record_issuer_check(bought.id, _issuer(facts), now, 0)
    asking = rows("SELECT max(n) FROM orders_outbox WHERE order_id = %s AND kind = 'check_credit'", bought.id)
    return before, last, delivery.record_credit(bought.id, _credit(facts["top_up"]), now, asking[0])


def _paid(facts: Facts, paid_at: datetime) -> Bought:
    """A listing as the case has it, an order on it, and its payment at the case's moment."""
    policy_since(paid_at)
    kind, hours = facts["goods_kind"], facts.get("promised_delivery_hours")
    auto_top_up = kind == "top_up" and facts["delivery_mode"] == "auto"
    goods = (
        DEFAULTS
        | (TOP_UP if kind == "top_up" else {})
        | {
            "goods_kind": kind,
            "delivery_mode": facts["delivery_mode"],
            "price_fen": facts["amount_paid_fen"],
            "face_fen": (facts.get("top_up") or {}).get("ordered_fen") or 5_000,
            "promised_seconds": hours * 3600 if hours else None,
            "duration_days": (facts.get("membership") or {}).get("days_total"),
            "stock_kind": "unique" if kind == "card_code" else "",
            "supplier": "goofish" if auto_top_up else "",
            "issuer": "cardbook" if auto_top_up or kind == "card_code" else "",
            **listing_terms(facts),
        }
    )
    shop = catalog.create_shop("小店", facts["seller_type"], [uuid4()], paid_at)
    listing, buyer = catalog.create_listing(shop, paid_at, **goods), uuid4()
    confirmed = (facts.get("terms") or {}).get("no_reason_excluded_confirmed") is True
    wanted = order.Basket(
        listing, 1, account=ACCOUNT, no_reason_excluded_confirmed=confirmed, declared_adult=True
    )
    with all_kinds_on(paid_at):
        placed = order.place_order(buyer, wanted, "place", paid_at, renews(facts))
    assert placed.ok, placed.refusal
    bought = Bought(placed.order_id, buyer, shop, listing)
    assert pay(bought, facts["amount_paid_fen"], paid_at).ok
    return bought


def _deliver(bought: Bought, facts: Facts) -> None:
    """What the product did with the order before the request."""
    kind, wanted = facts["goods_kind"], facts["delivery_state"]
    at = datetime.fromisoformat(facts.get("delivered_at") or facts["paid_at"]).astimezone(UTC)
    if is_work(facts):
        bring_about(bought, facts, at)
        return
    if kind == "card_code" and wanted == "delivered":
        delivery.record_codes(bought.id, {1: "0001"}, [], at, 0)
        if facts["card"]["revealed"]:
            assert reveal(bought, 1, datetime.fromisoformat(facts["card"]["revealed_at"])).ok
    elif kind == "top_up" and facts["delivery_mode"] == "auto":
        if wanted != "queued":
            sent = delivery.mark_supply_sent(bought.id, 1, at)
            assert sent.ok, sent.refusal
        if wanted in ("delivered", "partial"):
            done = c.RecordSupply(1, state(bought).units[0].attempt, "succeeded")
            delivery.record_supply(bought.id, done, at, ())
        if wanted == "delivered":
            came = facts["top_up"]
            if came["channel_status"] == "reversed":
                came = came | {"arrived_fen": came["ordered_fen"], "channel_status": "success"}
            delivery.record_credit(bought.id, _credit(came), at, ())
    elif wanted in ("processing", "in_progress", "delivered", "completed"):
        percent = 100 if wanted in ("delivered", "completed") else 50
        handed = delivery.deliver_by_seller(bought.id, bought.shop, 1, "note", percent, "hand over", at)
        assert handed.ok, handed.refusal


def _credit(told: Facts) -> c.RecordCredit:
    """What the issuer says arrived, and where."""
    arrived = told["arrived_fen"]
    account = "same" if told["account_shown"] == told["account_actual"] else "other"
    if told["channel_status"] == "reversed":
        return c.RecordCredit(1, "reversed", 0, account)
    known = "unknown" if arrived is None else "partial" if arrived < told["ordered_fen"] else "credited"
    return c.RecordCredit(1, known, arrived or 0, account)


def _issuer(facts: Facts) -> c.RecordIssuerCheck:
    """The issuer's answer as the case has it."""
    card = facts["card"]
    used = card["issuer_status"] == "activated"
    at = datetime.fromisoformat(card["activated_at"]) if card.get("activated_at") else None
    by = {"buyer_bound_account": "buyer", "buyer": "buyer", None: "unknown"}.get(
        card.get("activated_by"), "other"
    )
    return c.RecordIssuerCheck(1, card["issuer_status"], at, by if used else "")
