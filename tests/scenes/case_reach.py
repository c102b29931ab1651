"""Which facts of a decision case the product can bring about today, found by rule.

What a product without chat, evidence, buyer history or coupons cannot tell is put as it would tell it. Where that
changes an input of the policy, the fact stands in the way of playing the case (`obstacles`).
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from pure_orders import CONTEXT, POLICY
from tuidan.domain.calendar import china_day
from tuidan.domain.dispute import REASONS
from tuidan.domain.policy import inputs_of

Facts = dict[str, Any]
# Inputs that differ although the life is the same: (input, in the case, in the product) and why that is so.
KNOWN_DIFFERENCES = {
    ("is_minor", "no", "unknown"): "nobody's age is asked; only a request that names a minor hangs on it",
    ("arrival", "none", "unknown"): "what arrived of a top-up at work is not known until the issuer is asked",
}
# What listing, reports, answers and the platform's own clock tell of a service.
SERVICE_FACTS = (
    "type",
    "progress_agreed",
    "efficiency_deposit_fen",
    "safety_deposit_fen",
    "promise_working_days",
    "due_at",
    "hours_total",
    "minutes_used",
    "kicked_by_owner",
)
KNOWN_PARTS: dict[str, frozenset[str]] = {
    "card": frozenset(
        {
            "revealed",
            "revealed_at",
            "issuer_status",
            "activated_at",
            "activated_relative_to_reveal",
            "activated_by",
        }
    ),
    "top_up": frozenset({"ordered_fen", "arrived_fen", "account_shown", "account_actual", "channel_status"}),
    "payment": frozenset({"settled", "escrow_held", "refund_window_days"}),
    "terms": frozenset({"listed", "no_reason_excluded_confirmed"}),
}


def _known_part(name: str) -> Callable[[Facts], Facts]:
    def without(facts: Facts) -> Facts:
        part = facts.get(name) or {}
        return {**facts, name: {key: value for key, value in part.items() if key in KNOWN_PARTS[name]}}

    return without


def _top_up(facts: Facts) -> Facts:
    """A seller's hand tells neither what arrived nor where."""
    if facts["goods_kind"] != "top_up":
        return facts
    told = _known_part("top_up")(facts)["top_up"]
    if facts["delivery_mode"] == "manual" and facts["delivery_state"] == "delivered":
        told = told | {"arrived_fen": None, "account_actual": None, "channel_status": "success"}
    if facts["delivery_state"] in ("queued", "not_delivered", "cancelled"):
        told = told | {"channel_status": "not_submitted"}
    return {**facts, "top_up": told}


def _membership(facts: Facts) -> Facts:
    """Opened with a plan and an end, stopped by somebody, renewed with or without a word beforehand."""
    if facts["goods_kind"] != "membership":
        return facts
    given, now = facts["membership"], datetime.fromisoformat(facts["now"])
    opened = datetime.fromisoformat(facts["delivered_at"])
    days = (china_day(now) - china_day(opened)).days
    total = given.get("days_total")
    told = {"activated": True, "days_total": total, "days_used": min(days, total) if total else days}
    if given.get("plan_ordered_months"):
        told["plan_ordered_months"] = given["plan_ordered_months"]
        told["plan_opened_months"] = given.get("plan_opened_months") or given["plan_ordered_months"]
    told |= {
        name: given[name] for name in ("stop_cause", "renewal_notice_sent") if given.get(name) is not None
    }
    return {**facts, "membership": told}


def _service(facts: Facts) -> Facts:
    """Terms, the progress by whose word, what the clock counted; nobody here sees a failed login."""
    if facts["goods_kind"] != "service":
        return facts
    given, state = facts["service"], facts["delivery_state"]
    told = {name: given[name] for name in SERVICE_FACTS if given.get(name) is not None}
    told["accepted_by_buyer"] = given.get("accepted_by_buyer") is True
    percent = given.get("progress_percent", 100 if state in ("delivered", "completed") else None)
    told["progress_percent"] = 0 if state == "not_started" else percent
    if facts["promised_delivery_hours"]:
        told["deadline_passed"] = given.get("deadline_passed")
    return {**facts, "service": told}


def _unasked(facts: Facts) -> Facts:
    status = "not_applicable" if facts["seller_type"] == "self_operated" else "not_contacted"
    return {**facts, "seller_response": {"status": status}}


def _sayable_reason(facts: Facts) -> Facts:
    known = facts["reason_claimed"] in REASONS[facts["goods_kind"]]
    return facts if known else {**facts, "reason_claimed": "other"}


def _issuer_words(facts: Facts) -> Facts:
    card = facts.get("card") or {}
    known = card.get("issuer_status") in (None, "unused", "activated", "invalid", "unknown")
    return facts if known else {**facts, "card": {**card, "issuer_status": "unknown"}}


def _paid_here(facts: Facts) -> Facts:
    return facts if facts["amount_paid_fen"] else {**facts, "amount_paid_fen": facts["requested_fen"]}


def _known_state(facts: Facts) -> Facts:
    """An order without money does not exist here, so it cannot be cancelled either."""
    known = {"cancelled": "queued", "not_delivered": "queued" if facts["goods_kind"] == "top_up" else ""}
    return {**facts, "delivery_state": known.get(facts["delivery_state"]) or facts["delivery_state"]}


WITHOUT: dict[str, Callable[[Facts], Facts]] = {
    "evidence": lambda facts: {**facts, "evidence": []},
    "seller_response": _unasked,
    "reason_claimed": _sayable_reason,
    "issuer_status": _issuer_words,
    "buyer": lambda facts: {**facts, "buyer": {}},
    "other": lambda facts: {**facts, "other": {}},
    "amount_paid_fen": _paid_here,
    "delivery_state": _known_state,
    "card": lambda facts: _known_part("card")(facts) if facts["goods_kind"] == "card_code" else facts,
    "top_up": _top_up,
    "membership": _membership,
    "service": _service,
    "payment": _known_part("payment"),
    "terms": _known_part("terms"),
}


def as_lived(facts: Facts) -> Facts:
    """The case with everything put aside that the product cannot bring about."""
    for without in WITHOUT.values():
        facts = without(facts)
    return _at_once(facts) if facts["delivery_state"] == "partial" or opened_short(facts) else facts


def opened_short(facts: Facts) -> bool:
    """Whether a shorter plan than ordered was opened, which the product pays for by itself."""
    plan = facts.get("membership") or {}
    ordered, opened = plan.get("plan_ordered_months"), plan.get("plan_opened_months")
    return bool(ordered and opened and opened < ordered)


def _at_once(facts: Facts) -> Facts:
    """A partial arrival and a short plan are judged the moment they are heard of."""
    until = facts["seconds_since_paid"] - facts["seconds_since_delivered"]
    moment = {"now": facts["delivered_at"], "seconds_since_paid": until, "seconds_since_delivered": 0}
    return {**facts, **moment}


def inputs(facts: Facts) -> dict[str, object]:
    """What the policy reads of the facts."""
    return dict(inputs_of(facts, POLICY, CONTEXT.calendar))


def differences(wanted: dict[str, object], found: dict[str, object]) -> dict[str, tuple[object, object]]:
    """Inputs that are not the same: in the one, in the other; but for those that never can be."""
    return {
        name: (wanted.get(name), found.get(name))
        for name in sorted(wanted.keys() | found.keys())
        if wanted.get(name) != found.get(name)
        and (name, wanted.get(name), found.get(name)) not in KNOWN_DIFFERENCES
    }


def obstacles(facts: Facts) -> tuple[str, ...]:
    """The facts that no command of the product brings about, as far as the policy asks for them."""
    asked = inputs(facts)
    return tuple(
        sorted(name for name, without in WITHOUT.items() if differences(asked, inputs(without(facts))))
    )
