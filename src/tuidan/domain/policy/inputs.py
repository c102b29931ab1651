"""From facts to the inputs of the tables: enums, yes/no/unknown and whole numbers, the same for every goods kind.

Thresholds come from the policy's numbers. A missing fact becomes `unknown`, except where the rule says who bears
the doubt: an exclusion nobody can show was confirmed is `missing` (消法实施条例19), a mistake nobody counted is
the first (R24), a dispute nobody reported is `no`.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from tuidan.domain.calendar import Calendar, china_day, end_of_day
from tuidan.domain.policy.cell import Value
from tuidan.domain.policy.evidence_inputs import evidence_inputs
from tuidan.domain.policy.goods_inputs import GOODS_READERS, top_up_delivery
from tuidan.domain.policy.numbers import Numbers
from tuidan.domain.policy.reading import (
    Part,
    Reading,
    hours_as_seconds,
    moment,
    part_of,
    promised_seconds,
    whole,
)

FINAL_DECISIONS = frozenset({"approve_full", "approve_partial", "reject"})
UNDELIVERED = frozenset({"not_delivered", "processing", "in_progress"})
DELIVERY = {
    "not_delivered": "not_delivered",
    "not_started": "not_delivered",
    "queued": "not_delivered",
    "processing": "processing",
    "in_progress": "processing",
    "partial": "delivered",
    "delivered": "delivered",
    "completed": "delivered",
}
WORK = {**DELIVERY, "processing": "in_progress", "in_progress": "in_progress", "partial": "in_progress"}
BASIS = 10_000
LAST_SECOND = timedelta(seconds=1)  # of a day, in which a limit counted in days has ended already


def tri(value: object) -> str:
    """yes / no / unknown."""
    return "yes" if value is True else "no" if value is False else "unknown"


def yes(value: object) -> str:
    """yes / no where nothing known means no."""
    return "yes" if value else "no"


def case_inputs(
    reading: Reading, numbers: Numbers, calendar: Calendar, roles: Mapping[str, frozenset[str]]
) -> dict[str, Value]:
    """All inputs that the tables of this case may ask for."""
    facts = reading.facts
    kind = str(facts.get("goods_kind") or "unknown")
    payment, buyer, terms = part_of(facts, "payment"), part_of(facts, "buyer"), part_of(facts, "terms")
    other = part_of(facts, "other")
    delivery = _delivery(facts, kind)
    inputs: dict[str, Value] = {
        "goods_kind": kind,
        "seller_type": str(facts.get("seller_type") or "unknown"),
        "delivery": delivery,
        "reason": str(facts.get("reason_claimed") or "unknown"),
        "channel_dispute": yes(payment.get("channel_dispute_open")),
        "money": _money(reading, payment),
        "second_payment": yes(reading.second_fen > 0),
        "order_closed": yes(facts.get("delivery_state") == "cancelled" or payment.get("order_refunded")),
        "previous": _previous(reading, other, numbers),
        "misoperations": whole(buyer.get("misoperations_90d")) or 0,
        "exclusion": _exclusion(terms),
        "seven_days": _days_since_delivery(reading, numbers.sealed_days),
        "risk": _risk(buyer, numbers),
        "evidence_time": "over" if other.get("evidence_deadline_passed") is True else "running",
        "minor_claims": whole(buyer.get("minor_claims_before")) or 0,
        "face_verified": yes(buyer.get("face_verified")),
        "is_minor": tri(buyer.get("is_minor")),
        "age_band": _age_band(buyer, numbers),
        "proportion": _proportion(reading, buyer, numbers),
        "channel_window": _channel_window(reading, payment),
        "payer_account": _payer_account(payment),
        **_answer(reading, numbers),
        **_promise(reading, numbers, calendar, delivery, kind),
        **evidence_inputs(facts.get("evidence"), roles),
    }
    inputs["seller_led_out"] = yes(inputs["money"] == "off_platform" and inputs["chat_record"] == "yes")
    reader = GOODS_READERS.get(kind)
    if reader is not None:
        inputs.update(reader(reading, numbers))
    else:
        inputs["log"] = "silent"
    return inputs


def _delivery(facts: Part, kind: str) -> str:
    """What delivery came to: the order's state, corrected by what supplier and issuer say of a top-up."""
    state = str(facts.get("delivery_state") or "unknown")
    if kind == "top_up":
        state = top_up_delivery(part_of(facts, "top_up"), state)
    return (WORK if kind == "service" else DELIVERY).get(state, state)


def _money(reading: Reading, payment: Part) -> str:
    if str(payment.get("channel") or "").startswith("off_platform") or reading.base_fen == 0:
        return "off_platform"
    if reading.left_fen is None:
        return "unknown"
    return "paid" if reading.left_fen + reading.second_fen > 0 else "all_returned"


def _previous(reading: Reading, other: Part, numbers: Numbers) -> str:
    given = other.get("previous_decision")
    before: Part = given if isinstance(given, Mapping) else {"decision": given}
    if before.get("decision") not in FINAL_DECISIONS:
        return "none"
    reason = before.get("reason_claimed")
    if reason is not None and reason != reading.facts.get("reason_claimed"):
        return "none"
    if not (before.get("new_evidence") or other.get("new_evidence")):
        return "same_facts"
    decided = before.get("decided_at")
    decided_at = moment(decided) if isinstance(decided, str | datetime) else None
    if decided_at is None:
        return "new_facts"
    last = end_of_day(china_day(decided_at) + timedelta(days=numbers.appeal_days))
    return "new_facts" if reading.now <= last else "new_facts_late"


def _exclusion(terms: Part) -> str:
    confirmed = terms.get("no_reason_excluded_confirmed") is True and terms.get("preticked") is not True
    return "confirmed" if confirmed else "missing"


def _days_since_delivery(reading: Reading, days: int) -> str:
    since = reading.delivered_at or reading.paid_at
    if since is None:
        return "unknown"
    if reading.now - since < timedelta(days=days) - LAST_SECOND:
        return "within"  # whatever the hour; the day need not be looked up
    return "within" if reading.now <= end_of_day(china_day(since) + timedelta(days=days)) else "after"


def _risk(buyer: Part, numbers: Numbers) -> str:
    refunds, orders = whole(buyer.get("refunds_90d")) or 0, whole(buyer.get("orders_90d")) or 0
    often = refunds >= numbers.abnormal_refunds
    share = refunds * BASIS >= numbers.abnormal_share_basis_points * orders
    return "abnormal" if often and share else "normal"


def _age_band(buyer: Part, numbers: Numbers) -> str:
    age = whole(buyer.get("age"))
    if age is None:
        return "unknown"
    if age < numbers.minor_void_age:
        return "under_8"
    if age >= numbers.adult_age:
        return "adult"
    return "earner" if age >= numbers.minor_earner_age and buyer.get("own_income") is True else "minor"


def _proportion(reading: Reading, buyer: Part, numbers: Numbers) -> str:
    age, paid = whole(buyer.get("age")) or 0, reading.base_fen or 0
    usual = (
        numbers.minor_earner_usual_spend_fen
        if age >= numbers.minor_earner_age
        else numbers.minor_usual_spend_fen
    )
    return "above" if paid > usual else "within"


def _channel_window(reading: Reading, payment: Part) -> str:
    days = whole(payment.get("refund_window_days"))
    if days is None or reading.since_paid is None:
        return "open"
    return "open" if reading.since_paid <= days * 86_400 else "closed"


def _payer_account(payment: Part) -> str:
    status = payment.get("original_account_status")
    if status in ("closed", "cancelled"):
        return "closed"
    return "unknown" if status is None else "open"


def _answer(reading: Reading, numbers: Numbers) -> dict[str, Value]:
    response = part_of(reading.facts, "seller_response")
    status = str(response.get("status") or "unknown")
    asked = hours_as_seconds(response.get("hours_since_asked"))
    # the clock decides between waiting and silent; at exactly the limit both are still possible and the fact stands
    if status == "waiting" and asked is not None and asked > numbers.seller_answer_seconds:
        status = "silent"
    elif status == "silent" and asked is not None and asked < numbers.seller_answer_seconds:
        status = "waiting"
    offered, requested, left = (
        whole(response.get("offered_fen")),
        reading.requested_fen,
        reading.left_fen or 0,
    )
    if offered is not None:
        settled = requested is not None and 0 < requested <= offered
    else:
        settled = requested is not None and requested < left
    return {"response": status, "settled_sum": yes(status == "agree_partial" and settled)}


def _promise(
    reading: Reading, numbers: Numbers, calendar: Calendar, delivery: str, kind: str
) -> dict[str, Value]:
    """R1: passed means strictly later than the limit. Where the listing names none, the policy's own promise stands
    for what is not delivered at all; it makes nothing that arrived late."""
    limit = _promised_until(reading, calendar, kind)
    if delivery in UNDELIVERED:
        service = part_of(reading.facts, "service") if kind == "service" else {}
        flag = service.get("deadline_passed")
        if limit is None and flag is not None:
            return {"promise": "passed" if flag else "within", "delivered_late": "no"}
        if limit is None and delivery != "in_progress":
            limit = _default_promise(reading, numbers)
        state = "unknown" if limit is None else "passed" if reading.now > limit else "within"
        return {"promise": state, "delivered_late": "no"}
    if limit is None or reading.delivered_at is None:
        return {"promise": "unknown", "delivered_late": "unknown"}
    return {"promise": "unknown", "delivered_late": yes(reading.delivered_at > limit)}


def _promised_until(reading: Reading, calendar: Calendar, kind: str) -> datetime | None:
    facts = reading.facts
    if kind == "service":
        service = part_of(facts, "service")
        if due_at := moment(service.get("due_at")):
            return due_at
        days = whole(service.get("promise_working_days"))
        if days and reading.paid_at is not None:
            return end_of_day(calendar.add_working_days(china_day(reading.paid_at), days))
    return _after_payment(reading, promised_seconds(facts))


def _default_promise(reading: Reading, numbers: Numbers) -> datetime | None:
    mode = reading.facts.get("delivery_mode")
    if mode == "auto":
        return _after_payment(reading, numbers.auto_promise_seconds)
    return _after_payment(reading, numbers.manual_promise_seconds) if mode == "manual" else None


def _after_payment(reading: Reading, seconds: int | None) -> datetime | None:
    # counted with the server's own elapsed seconds, which win over the two stamps
    if seconds is None or reading.since_paid is None:
        return None
    return reading.now + timedelta(seconds=seconds - reading.since_paid)
