"""The facts of one unit's refund question, assembled from the order's state and frozen outside facts.

The shape is that of `domain/policy/facts.py`. Preview and outcome both come through here, so they cannot differ.
Personal data never enters: accounts are told as the one confirmed or another one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from tuidan.domain.delivery import UNDELIVERED, Unit
from tuidan.domain.dispute.exhibit import REUSE_SEEN
from tuidan.domain.facts_membership import membership_facts
from tuidan.domain.facts_service import reason_heard, service_facts
from tuidan.domain.order import Order, seconds
from tuidan.domain.retention_state import Keeping
from tuidan.domain.talk import AGREEING, Contact

# Whose guardian ratified acts like an adult.
ADULT = 18
CONFIRMED = "as_confirmed"
ANOTHER = "another"
NOBODY_ASKED = Contact()  # to be read only
CARD_STATES = {"waiting": "not_delivered", "queued": "not_delivered", "processing": "not_delivered"}
TOP_UP_STATES = {
    "waiting": "queued",
    "stopped": "queued",
    "in_progress": "processing",
    "reversed": "delivered",
}
SERVICE_STATES = {"waiting": "not_started", "queued": "not_started", "ended": "completed"}
CHANNEL_STATUS = {
    "waiting": "not_submitted",
    "queued": "not_submitted",
    "stopped": "not_submitted",
    "processing": "processing",
    "in_progress": "processing",
    "failed": "failed",
    "partial": "partial",
    "delivered": "success",
    "reversed": "reversed",
}


@dataclass(frozen=True, slots=True)
class Outside:
    """Facts that are not in the order: how the listing read, the payment channel, the buyer's history, and what the
    advance fund could lay out now, in all and for one order.
    """

    goods_name: str = ""
    terms_listed: str = ""
    orders_90d: int | None = None
    refunds_90d: int | None = None
    misoperations_90d: int | None = None
    is_minor: bool | None = None
    fund_left_fen: int = 0
    fund_order_fen_max: int = 0
    keeping: Keeping | None = None


def delivery_state(order: Order, unit: Unit) -> str:
    """The unit's state in the words of the facts' schema."""
    if unit.status == "revealed":
        return "delivered"
    if order.goods_kind == "top_up":
        return TOP_UP_STATES.get(unit.status, unit.status)
    if order.goods_kind == "service":
        return "completed" if unit.status == "delivered" else SERVICE_STATES.get(unit.status, unit.status)
    return CARD_STATES.get(unit.status, unit.status)


def unit_facts(
    order: Order, unit: Unit, reason: str, requested_fen: int, now: datetime, outside: Outside
) -> dict[str, object]:
    """Facts for the question "can money for this unit come back now?"; amounts fen, times aware.

    They are right by construction: whatever an order can hold gives facts that pass `validate_facts` and read the
    same as their JSON. `tests/domain/test_domain_facts.py` holds that, so nothing is validated again on the way.
    """
    moment = seconds(now)
    delivered = unit.status not in UNDELIVERED
    captured = next((payment for payment in order.payments if payment.status == "captured"), None)
    facts: dict[str, object] = {
        "now": now,
        "goods_kind": order.goods_kind,
        "goods_name": outside.goods_name,
        "quantity": 1,
        "seller_type": order.seller_type,
        "delivery_mode": order.delivery_mode,
        "delivery_state": delivery_state(order, unit),
        "paid_at": _utc(order.paid_at),
        "seconds_since_paid": _since(moment, order.paid_at),
        "delivered_at": _utc(unit.done_at) if delivered else None,
        "seconds_since_delivered": _since(moment, unit.done_at) if delivered else None,
        "promised_delivery_hours": None,
        "promised_delivery_seconds": None if order.usual_promise else order.promised_seconds or None,
        "amount_paid_fen": unit.paid_fen,
        "refunded_fen": unit.refund_fen,
        "requested_fen": requested_fen or unit.left_fen(),
        "reason_claimed": reason_heard(order, unit, reason),
        "evidence": _evidence(order, unit),
        "seller_response": _seller_response(order, unit, moment),
        "payment": {
            "settled": bool(order.released_at),
            "escrow_held": not order.released_at,
            "refund_window_days": captured.refund_window_days or None if captured else None,
            "channel_dispute_open": order.channel_dispute_open(),
            "original_account_status": captured.payer_account or None if captured else None,
        },
        "buyer": _buyer(order, outside),
        "terms": {
            "listed": outside.terms_listed,
            "no_reason_excluded_confirmed": order.no_reason_excluded_confirmed,
        },
        "other": _procedure(order, unit, reason),
    }
    if order.promised_seconds and order.promised_seconds % 3600 == 0 and not order.usual_promise:
        facts["promised_delivery_hours"] = order.promised_seconds // 3600
    facts.update(_of_the_kind(order, unit, moment))
    return facts


def _of_the_kind(order: Order, unit: Unit, moment: int) -> dict[str, object]:
    if order.goods_kind == "card_code":
        return {"card": _card(unit, order)}
    if order.goods_kind == "top_up":
        return {"top_up": _top_up(order, unit)}
    if order.goods_kind == "membership":
        return {"membership": membership_facts(order, unit, moment)}
    return {"service": service_facts(order, unit, moment)}


def _since(moment: int, start: int) -> int | None:
    """Seconds since a start; never below 0, however two machines' clocks differ."""
    return max(0, moment - start) if start else None


def _seller_response(order: Order, unit: Unit, moment: int) -> dict[str, object]:
    """How the contact with the seller stands; with the platform's own shop there is nobody else to ask."""
    contact = order.contact(unit.n) if order.contacts else NOBODY_ASKED
    if order.seller_type == "self_operated" and contact.response not in AGREEING:
        return {"status": "not_applicable"}
    told: dict[str, object] = {"status": contact.told()}
    if contact.asked_at and not contact.response:
        told["hours_since_asked"] = max(0, moment - contact.asked_at) / 3600
    if contact.response == "agree_partial":
        told["offered_fen"] = contact.offered_fen
    return told


def _evidence(order: Order, unit: Unit) -> list[dict[str, object]]:
    """What the buyer filed in the open case of the unit."""
    case = order.open_case_of(unit.n) if order.exhibits else None
    if case is None:
        return []
    return [
        shown.to_facts()
        for shown in order.exhibits_of(case.n)
        if shown.by == "buyer" and shown.flag != REUSE_SEEN  # a person looks at that first
    ]


def _procedure(order: Order, unit: Unit, reason: str) -> dict[str, object]:
    """What went on before: whether the time for evidence is over, and a person's earlier judgement (R11, R19)."""
    if not order.hearings:
        return {}
    told: dict[str, object] = {}
    case = order.open_case_of(unit.n)
    hearing = order.hearing(case.n) if case else None
    if hearing is not None and hearing.evidence_over:
        told["evidence_deadline_passed"] = True
    for earlier in reversed(order.cases):
        judged = order.hearing(earlier.n)
        if earlier.unit == unit.n and earlier.reason == reason and judged is not None and judged.decided_by:
            if earlier is not case:
                told["previous_decision"] = {
                    "decision": "reject" if earlier.status == "rejected" else "approve_partial",
                    "decided_at": iso_utc(earlier.decided_at),
                    "new_evidence": max(unit.done_at, unit.issuer_checked_at) > earlier.decided_at,
                }
            break
    return told


def history_of(outside: Outside) -> dict[str, object]:
    """The buyer's history as an event keeps it; empty where it was not asked for."""
    if outside.orders_90d is None:
        return {}
    return {
        "orders": outside.orders_90d,
        "refunds": outside.refunds_90d or 0,
        "misoperations": outside.misoperations_90d or 0,
    }


def _buyer(order: Order, outside: Outside) -> dict[str, object]:
    """History as known now, else as the request froze it; age and guardian as a reviewer found them (R16).

    A purchase that the guardian ratified stands like anybody's (民法典145).
    """
    told: dict[str, object] = {
        "orders_90d": outside.orders_90d,
        "refunds_90d": outside.refunds_90d,
        "misoperations_90d": outside.misoperations_90d,
        "is_minor": outside.is_minor,
    }
    if outside.orders_90d is None and order.histories:
        frozen = order.histories[0]
        told["orders_90d"], told["refunds_90d"] = frozen.orders, frozen.refunds
        told["misoperations_90d"] = frozen.misoperations
    if order.minors:
        found = order.minors[0]
        told["is_minor"] = found.is_minor and not found.ratified
        told["own_income"], told["face_verified"] = found.own_income, found.face_verified
        if found.age >= 0:
            told["age"] = found.age if told["is_minor"] else max(found.age, ADULT)
    return told


def _utc(moment: int) -> datetime | None:
    return datetime.fromtimestamp(moment, UTC) if moment else None


def iso_utc(moment: int) -> str | None:
    """Seconds since 1970 as ISO 8601 in UTC; None for 0."""
    return datetime.fromtimestamp(moment, tz=UTC).isoformat() if moment else None


def _card(unit: Unit, order: Order) -> dict[str, object]:
    relative = None
    if unit.activated_at and unit.revealed_at:
        if unit.activated_at == unit.revealed_at:
            relative = "same_second"
        else:
            relative = "before" if unit.activated_at < unit.revealed_at else "after"
    elif unit.activated_at:
        relative = "before"  # never shown by us, so the activation came before any reveal
    status = unit.issuer_status or "unknown"
    if unit.at_delivery == "activated" and status in ("unknown", "activated") and not unit.activated_at:
        # used before anybody was shown it: that never becomes untrue, whether the issuer answers now or not
        status, relative = "activated", "before"
    return {
        "revealed": bool(unit.revealed_at),
        "revealed_at": iso_utc(unit.revealed_at),
        "issuer_status": status,
        "activated_at": iso_utc(unit.activated_at),
        "activated_relative_to_reveal": relative,
        "activated_by": unit.activated_by or None,
        "face_fen": order.face_fen or None,
        "face_value_ordered_fen": order.face_fen or None,
        "face_value_real_fen": unit.face_fen if unit.face_fen >= 0 else None,
        "reveal_errors": unit.reveal_errors,
    }


def _top_up(order: Order, unit: Unit) -> dict[str, object]:
    arrived: int | None = unit.arrived_fen if unit.arrived_fen >= 0 else None
    if unit.status in ("waiting", "queued", "stopped", "failed", "reversed"):
        arrived = 0
    if unit.account == "other":
        arrived = 0  # at the account that the buyer confirmed
    return {
        "ordered_fen": order.face_fen or unit.paid_fen,
        "arrived_fen": arrived,
        "account_shown": CONFIRMED,
        "account_actual": {"same": CONFIRMED, "other": ANOTHER}.get(unit.account),
        "channel_status": CHANNEL_STATUS.get(unit.status, unit.status),
        "duplicate_of": None,
    }
