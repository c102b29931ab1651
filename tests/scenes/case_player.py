"""A decision case played by real commands: the listing, the order, its delivery, the request and the answer."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import uuid4

from case_hearing import file_papers, find_age, hear_seller, live_through_history, settle, submit
from case_reach import Facts
from case_record import (
    close_payer_account,
    fail_logins,
    fail_reveals,
    hand_over,
    keeper_says,
    keeps_account,
)
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
from shopfloor import DEFAULTS, TOP_UP, Bought, fund_of, pay, policy_since, reveal, rows, state
from tuidan.commands import delivery, dispute, order
from tuidan.commands.runner import Outcome
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.decide.ruling import verdict_on
from tuidan.domain.facts import unit_facts
from tuidan.domain.order import Order, evolve
from tuidan.store import catalog

RULINGS = (e.RefundDecided, e.RequestRejected, e.CaseOpened)
ACCOUNT = "13800138000"
FACE_FEN = 5_000


@dataclass(frozen=True, slots=True)
class Played:
    """A case after its request: the order just before it and as it was ruled on, and what came of it.

    `others_fen` says of each of the buyer's earlier orders what it paid back.
    """

    bought: Bought
    before: Order
    ruled: Order
    facts: Facts
    verdict: Facts
    events: list[e.Event]
    others_fen: list[int] = field(default_factory=list)


def play(facts: Facts) -> Played:
    """Live the case up to its moment and let the product answer there."""
    now = datetime.fromisoformat(facts["now"]).astimezone(UTC)
    paid_at = datetime.fromisoformat(facts["paid_at"]).astimezone(UTC)
    bought = _paid(facts, paid_at)
    others_fen = live_through_history(bought, facts, paid_at)
    _deliver(bought, facts)
    close_payer_account(bought, facts, now)
    settle(bought, facts)
    hear_seller(bought, facts, now)
    return replace(_led_to_its_end(bought, facts, now), others_fen=others_fen)


def _led_to_its_end(bought: Bought, facts: Facts, now: datetime) -> Played:
    """Ask, file what there is, let a reviewer look; stop where it is decided."""
    before = state(bought)
    last, outcome = _asked(bought, facts, now)
    case = state(bought).open_case_of(1)
    if case is None:
        return _decided(bought, facts, before, last, outcome, now)
    file_papers(bought, facts, case.n, now)
    for step in (_submitted, find_age):
        case = state(bought).open_case_of(1)
        met = state(bought)
        heard = step(bought, facts, case.n, now) if case else None
        if heard is not None and state(bought).open_case_of(1) is None:
            return _decided(bought, facts, before, met, heard, now)
    return _open(bought, facts, before, now)


def _submitted(bought: Bought, facts: Facts, case: int, now: datetime) -> Outcome | None:
    """All is filed, where the buyer was asked for it and has something."""
    found = state(bought).cases[case - 1]
    return submit(bought, case, now) if found.status == "evidence" and facts["evidence"] else None


def _open(bought: Bought, facts: Facts, before: Order, now: datetime) -> Played:
    """The case is with a person: what the policy says on all that is known at its moment."""
    last = state(bought)
    unit, asked = last.units[0], facts["requested_fen"]
    live = unit_facts(last, unit, last.cases[-1].reason, asked, now, CONTEXT.outside)
    verdict = verdict_on(last, 1, last.cases[-1].reason, asked, now, CONTEXT)
    return Played(bought, before, last, live, verdict.to_record(), [])


def _decided(
    bought: Bought, facts: Facts, before: Order, last: Order, outcome: Outcome, now: datetime
) -> Played:
    """The case is decided: the facts as the decision met them, and its record."""
    place = next(n for n, event in enumerate(outcome.events) if isinstance(event, RULINGS))
    for event in outcome.events[:place]:
        evolve(last, event, last.version + 1, now)
        if by_itself(facts) and not isinstance(event, e.RefundRequested):
            evolve(before, event, before.version + 1, now)
    ruling = outcome.events[place]
    unit, asked = last.units[0], facts["requested_fen"]
    live = unit_facts(last, unit, last.cases[-1].reason, asked, now, CONTEXT.outside)
    return Played(bought, before, last, live, ruling.verdict, outcome.events)  # type: ignore[attr-defined]


def _asked(bought: Bought, facts: Facts, now: datetime) -> tuple[Order, Outcome]:
    """Ask, or let the fact come that asks by itself: the order that the last command met, and its outcome."""
    last = state(bought)
    if is_work(facts) and by_itself(facts):
        return last, decided_by_itself(bought, facts, now)
    if facts["delivery_state"] == "failed":
        failed = c.RecordSupply(1, last.units[0].attempt, "failed")
        return last, delivery.record_supply(bought.id, failed, now, ())
    reason, asked = facts["reason_claimed"], facts["requested_fen"]
    outcome = dispute.request_refund(bought.id, bought.buyer, 1, reason, "ask", now, asked)
    assert outcome.ok, outcome.refusal
    if any(isinstance(event, RULINGS) for event in outcome.events):
        return last, outcome
    last = state(bought)
    if facts["goods_kind"] == "card_code":
        return last, delivery.record_issuer_check(bought.id, _issuer(facts), now, 0)
    asking = rows("SELECT max(n) FROM orders_outbox WHERE order_id = %s AND kind = 'check_credit'", bought.id)
    said = keeper_says(bought, facts) if keeps_account(facts) else credit_answer(facts["top_up"])
    return last, delivery.record_credit(bought.id, said, now, asking[0], raw="{}")


def _paid(facts: Facts, paid_at: datetime) -> Bought:
    """A listing as the case has it, an order on it, and its payment at the case's moment."""
    policy_since(paid_at)
    fund_of()
    kind, hours = facts["goods_kind"], facts.get("promised_delivery_hours")
    auto_top_up = kind == "top_up" and facts["delivery_mode"] == "auto"
    goods = (
        DEFAULTS
        | (TOP_UP if kind == "top_up" else {})
        | {
            "goods_kind": kind,
            "delivery_mode": facts["delivery_mode"],
            "price_fen": facts["amount_paid_fen"],
            "face_fen": (facts.get("top_up") or {}).get("ordered_fen") or FACE_FEN,
            "promised_seconds": hours * 3600 if hours else _soon(facts),
            "duration_days": (facts.get("membership") or {}).get("days_total"),
            "stock_kind": "unique" if kind == "card_code" else "",
            "supplier": "goofish" if auto_top_up else "",
            "issuer": "cardbook" if auto_top_up or kind == "card_code" or keeps_account(facts) else "",
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


def _soon(facts: Facts) -> int | None:
    """Work whose time is not over, in a case that does not say when it is: tomorrow."""
    running = (facts.get("service") or {}).get("deadline_passed") is False
    return int(facts["seconds_since_paid"]) + 86_400 if running else None


def _deliver(bought: Bought, facts: Facts) -> None:
    """What the product did with the order before the request."""
    kind, wanted = facts["goods_kind"], facts["delivery_state"]
    at = datetime.fromisoformat(facts.get("delivered_at") or facts["paid_at"]).astimezone(UTC)
    if keeps_account(facts):
        hand_over(bought, at)
        return
    if is_work(facts):
        bring_about(bought, facts, at)
        fail_logins(bought, facts, at)
        return
    if kind == "card_code" and wanted == "delivered":
        delivery.record_codes(bought.id, {1: "0001"}, [], at, 0)
        if facts["card"]["revealed"]:
            assert reveal(bought, 1, datetime.fromisoformat(facts["card"]["revealed_at"])).ok
        fail_reveals(bought, facts, at)
    elif kind == "top_up" and facts["delivery_mode"] == "auto":
        if wanted != "queued":
            sent = delivery.mark_supply_sent(bought.id, 1, at)
            assert sent.ok, sent.refusal
        if wanted in ("delivered", "partial"):
            done = c.RecordSupply(1, state(bought).units[0].attempt, "succeeded")
            delivery.record_supply(bought.id, done, at, ())
        if wanted in ("delivered", "partial"):
            came = facts["top_up"]
            if came["channel_status"] in ("reversed", "partial"):  # it showed later
                came = came | {"arrived_fen": came["ordered_fen"], "channel_status": "success"}
            delivery.record_credit(bought.id, credit_answer(came), at, ())
    elif wanted in ("processing", "in_progress", "delivered", "completed"):
        percent = 100 if wanted in ("delivered", "completed") else 50
        handed = delivery.deliver_by_seller(bought.id, bought.shop, 1, "note", percent, "hand over", at)
        assert handed.ok, handed.refusal


def credit_answer(told: Facts) -> c.RecordCredit:
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
    face_fen = card.get("face_value_real_fen", -1)
    return c.RecordIssuerCheck(1, card["issuer_status"], at, by if used else "", "claim", face_fen)
