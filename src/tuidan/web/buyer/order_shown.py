"""One order made ready for its buyer's page: units, the money's way back, deadlines, decisions, the timeline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tuidan.domain.dispute import OPEN
from tuidan.reads.records import DeadlineView, OrderView, RefundView, UnitView
from tuidan.web.buyer.answer_shown import unit_answer_text
from tuidan.web.shared.case_shown import show_case
from tuidan.web.shared.channel_shown import show_channel
from tuidan.web.shared.key import new_key
from tuidan.web.shared.money import yuan
from tuidan.web.shared.order_badge import order_badge
from tuidan.web.shared.order_timeline import timeline
from tuidan.web.shared.record_shown import record_links
from tuidan.web.shared.service_shown import show_plan, show_renewal, show_work
from tuidan.web.shared.terms_shown import show_terms
from tuidan.web.shared.titles import title_of
from tuidan.web.shared.words import WORDS, say

MOVING_UNITS = frozenset({"waiting", "queued", "processing"})
MASK = "•••• •••• "


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a track; state is done, now, bad or empty."""

    state: str
    word: str
    at: datetime | None = None


def is_moving(order: OrderView) -> bool:
    """Whether something is expected to change by itself within seconds, so that the page asks again."""
    if order.status == "awaiting_payment":
        return order.can_pay
    waits = order.delivery_mode == "auto" and order.status == "paid"
    return (
        order.refunding_fen > 0
        or any(case.status == "checking" for case in order.cases)
        or (waits and any(unit.status in MOVING_UNITS and not unit.refund_fen for unit in order.units))
    )


def show_order(order: OrderView, language: str) -> dict[str, Any]:
    """All that the order's page shows beside the standing answer."""
    return {
        "id": order.order_id,
        "version": order.version,
        "title": title_of(order),
        "spec": order.spec,
        "quantity": len(order.units),
        "badge": order_badge(order),
        "goods_kind": order.goods_kind,
        "seller_type": order.seller_type,
        "shop_name": order.shop_name,
        "is_moving": is_moving(order),
        "shop_words": show_terms(order.shop_terms, language, only_void=True),
        "seller_words": show_terms(order.terms, language, only_void=True),
        "total_fen": order.price_fen,
        "account": order.account,
        "account_label": order.account_label or say("order.account", language),
        "placed_at": order.placed_at,
        "paid_at": order.paid_at,
        "policy_sha256": order.policy_sha256,
        "policy_version": order.policy_version,
        "can_confirm": order.can_confirm and not any(unit.work for unit in order.units),
        "confirm_key": new_key(),
        "refunds": [show_refund(refund, order, language) for refund in order.refunds],
        "units": [show_unit(unit, order, language) for unit in order.units] if order.paid_at else [],
        "cases": [show_case(case, language) for case in reversed(order.cases)],
        "deadlines": [
            {"word": say(f"deadline.{clock.what}", language), "at": clock.at}
            for clock in running_clocks(order)
        ],
        "rows": timeline(order, language, "buyer"),
        "record": record_links(order, language),
        "withdraw_key": new_key(),
        "channel": show_channel(order, language),
        "renewal": show_renewal(order.renewal, language),
    }


def running_clocks(order: OrderView) -> list[DeadlineView]:
    """The deadlines that still run (S-036): no instant window without a sealed code, no release during a request."""
    stopped = set()
    if not any(unit.status in ("waiting", "delivered") and not unit.refund_fen for unit in order.units):
        stopped.add("instant_window")
    if any(case.status in OPEN for case in order.cases):
        stopped.add("release")
    return [clock for clock in order.deadlines if clock.what not in stopped]


def show_refund(refund: RefundView, order: OrderView, language: str) -> dict[str, Any]:
    """Decided → sent → arrived, with the channel's number and the account (S-079)."""
    sent = refund.status not in ("decided", "by_bank")
    arrived = refund.status in ("succeeded", "charged_back")
    parked = refund.status == "parked"
    steps = [
        Step("done", say("money.decided", language), refund.decided_at),
        Step(
            "bad" if parked else "done" if sent else "now",
            say("money.sent" if sent else "money.to_send", language),
            refund.sent_at,
        ),
        Step(
            "done" if arrived else "now" if sent and not parked else "",
            say("money.arrived" if arrived else "money.arriving", language),
            refund.arrived_at,
        ),
    ]
    frozen = refund.status == "decided" and any(d.status != "closed" for d in order.channel_disputes)
    notes = {"decided": "decided", "sent": "sent", "succeeded": "arrived", "parked": "parked"}
    what = say("money.for_unit", language, n=refund.unit) if refund.unit else say("money.for_extra", language)
    return {
        "what": what if len(order.units) > 1 or not refund.unit else "",
        "amount_fen": refund.amount_fen,
        "steps": steps,
        "note": say(
            f"money.note.{'frozen' if frozen else notes.get(refund.status, refund.status)}", language
        ),
        "to": destination(refund, order, language),
        "channel_refund_no": refund.channel_refund_no,
        "due_at": None if arrived else refund.due_at,
    }


def destination(refund: RefundView, order: OrderView, language: str) -> str:
    """Where the money goes, as exactly as the channel told us."""
    if refund.by_bank:
        return say("money.by_bank", language)
    channel = f"money.channel.{refund.channel}"
    name = say(channel, language) if channel in WORDS else refund.channel
    account = refund.destination or order.payer
    return f"{name} {account}".strip() if account else f"{name} · {say('money.original', language)}"


def unit_badge(unit: UnitView, order: OrderView) -> str:
    """The unit's state; once all of its money goes back, that is its state."""
    if unit.refund_fen == unit.paid_fen:
        return "refund.sent" if order.refunding_fen else "refund.succeeded"
    sealed = order.goods_kind == "card_code" and unit.status == "delivered"
    return "unit.sealed" if sealed else f"unit.{unit.status}"


def show_unit(unit: UnitView, order: OrderView, language: str) -> dict[str, Any]:
    """One unit: its code masked until it is shown, what arrived, what showing it would change."""
    sealed = order.goods_kind == "card_code" and unit.status == "delivered"
    loses_fen = (
        unit.answer.amount_fen if sealed and unit.answer and unit.answer.next_step == "refund_now" else 0
    )
    several = len(order.units) > 1
    due = unit.answer if several and unit.answer and unit.answer.next_step == "refund_now" else None
    return {
        "n": unit.n,
        "badge": unit_badge(unit, order),
        "paid_fen": unit.paid_fen,
        "masked": f"{MASK}{unit.tail}" if unit.tail else "",
        "revealed_at": unit.revealed_at,
        "can_reveal": unit.can_show and not unit.revealed_at,
        "can_see_again": unit.can_show and unit.revealed_at is not None,
        "at_delivery": say(f"unit.at_delivery.{unit.at_delivery}", language)
        if f"unit.at_delivery.{unit.at_delivery}" in WORDS
        else "",
        "reveal_errors": unit.reveal_errors if not unit.revealed_at else 0,
        "reveal_key": new_key(),
        "loses_text": say("unit.show_loses", language, amount=yuan(loses_fen)) if loses_fen else "",
        "ordered_fen": unit.paid_fen,
        "arrived_fen": unit.arrived_fen,
        "note": unit.note,
        "progress_percent": 0 if unit.work else unit.progress_percent,
        "work": show_work(unit.work, language),
        "plan": show_plan(unit.plan, language),
        "answer_text": unit_answer_text(unit, language) if several else "",
        "can_ask": unit.can_request,
        "asks": several,
        "now_word": say("refund.now_act", language, amount=yuan(due.amount_fen)) if due else "",
        "now_reason": due.reason if due else "",
        "now_key": new_key(),
    }
