"""The inputs that only one goods kind has: card, top-up, membership and service facts as enums.

What an issuer's or supplier's log says about the disputed delivery is summed up as `log`: `delivered` (it says
done) or `silent`.
"""

from collections.abc import Callable, Mapping
from datetime import timedelta

from tuidan.domain.calendar import china_day, end_of_day
from tuidan.domain.policy.cell import Value
from tuidan.domain.policy.numbers import Numbers
from tuidan.domain.policy.reading import HOUR_SECONDS, Part, Reading, moment, part_of, whole

NOTHING_CREDITED = frozenset({"failed", "processing", "queued", "not_delivered", "cancelled"})
NOT_SENT = frozenset({"not_delivered", "queued"})
STOPPED_BY_SELLER = frozenset({"seller", "seller_upstream", "supplier", "upstream", "provider", "platform"})
STOPPED_BY_BUYER = frozenset({"buyer", "buyer_breach", "buyer_violation"})


def _tri(value: object) -> str:
    return "yes" if value is True else "no" if value is False else "unknown"


def _yes(value: object) -> str:
    return "yes" if value else "no"


def card_inputs(reading: Reading, numbers: Numbers) -> dict[str, Value]:
    """R2–R6: the window, the seal, the issuer's log, and whole bundles of codes."""
    card = part_of(reading.facts, "card")
    reveal, issuer = _reveal(card), str(card.get("issuer_status") or "unknown")
    activated_by = card.get("activated_by")
    total, undelivered = whole(card.get("codes_total")), 0
    if total is not None:
        undelivered = total - (whole(card.get("codes_delivered")) or 0) if "codes_delivered" in card else 0
    return {
        "window": _window(reading, numbers),
        "reveal": reveal,
        "issuer": issuer,
        "activation": _activation(card, reveal, issuer),
        "activated_by": "buyer"
        if activated_by in ("buyer_bound_account", "buyer")
        else "unknown"
        if activated_by is None or activated_by == "unknown"
        else "other",
        "codes_bad": _codes_bad(card, total, issuer),
        "codes_undelivered": _yes(undelivered > 0),
        "face_value": _face_value(card),
        "sold_twice": _yes(card.get("fingerprint_seen_in_other_order")),
        "replaced": _yes(card.get("replacement_of_first_code")),
        "eu_withdrawal": _eu_withdrawal(reading, numbers),
        "log": "silent",
    }


def _window(reading: Reading, numbers: Numbers) -> str:
    """R2: from payment, end included; after a late automatic delivery it stays open a little longer."""
    if reading.facts.get("delivery_mode") != "auto" or reading.since_paid is None:
        return "none"
    if reading.since_paid <= numbers.instant_window_seconds:
        return "open"
    late = reading.since_delivered
    return "open" if late is not None and late <= numbers.instant_window_after_delivery_seconds else "closed"


def _reveal(card: Part) -> str:
    revealed = card.get("revealed")
    if revealed is True:
        return "revealed"
    if revealed is None:
        return "unknown"
    return "failed" if whole(card.get("reveal_errors")) else "sealed"


def _activation(card: Part, reveal: str, issuer: str) -> str:
    if issuer != "activated":
        return "none"
    activated, revealed = moment(card.get("activated_at")), moment(card.get("revealed_at"))
    if activated is not None and revealed is not None:
        return "before" if activated < revealed else "same_second" if activated == revealed else "after"
    if reveal in ("sealed", "failed"):
        # nobody was shown the code, so whoever used it did so before any reveal
        return "before"
    return str(card.get("activated_relative_to_reveal") or "unknown")


def _codes_bad(card: Part, total: int | None, issuer: str) -> str:
    bad = whole(card.get("codes_activated_before_reveal"))
    if total and bad is not None:
        return "some" if 0 < bad <= total else "none"
    return "unknown" if issuer == "mixed" else "none"


def _face_value(card: Part) -> str:
    ordered, real = whole(card.get("face_value_ordered_fen")), whole(card.get("face_value_real_fen"))
    if not ordered or real is None:
        return "unknown"
    return "short" if real < ordered else "ok"


def _eu_withdrawal(reading: Reading, numbers: Numbers) -> str:
    terms = part_of(reading.facts, "terms")
    flags = [terms.get(name) for name in ("eu_consent", "eu_acknowledged", "eu_confirmation_sent")]
    if all(flag is None for flag in flags):
        return "none"
    if all(flag is True for flag in flags):
        return "lost"
    since = reading.paid_at
    if since is None:
        return "kept"
    last = end_of_day(china_day(since) + timedelta(days=numbers.eu_withdrawal_days))
    return "kept" if reading.now <= last else "expired"


def top_up_delivery(top_up: Part, state: str) -> str:
    """What a top-up came to: the supplier's and the issuer's answers correct a state that lags behind."""
    channel, arrived, ordered = (
        top_up.get("channel_status"),
        whole(top_up.get("arrived_fen")),
        whole(top_up.get("ordered_fen")),
    )
    if arrived and state in NOTHING_CREDITED:
        return "delivered" if ordered and arrived >= ordered else "partial"
    if channel == "reversed":
        return "reversed"
    if state in NOTHING_CREDITED and channel == "failed":
        return "failed" if state != "cancelled" else state
    if state in NOT_SENT and channel == "processing":
        return "processing"
    return state


def top_up_inputs(reading: Reading, numbers: Numbers) -> dict[str, Value]:
    """R7: how much arrived, where, and what the supplier says."""
    top_up = part_of(reading.facts, "top_up")
    ordered, arrived = whole(top_up.get("ordered_fen")), whole(top_up.get("arrived_fen"))
    arrival = "unknown"
    if arrived is not None and ordered:
        arrival = "none" if arrived == 0 else "short" if arrived < ordered else "full"
    shown, actual = top_up.get("account_shown"), top_up.get("account_actual")
    account = "unknown" if not shown or not actual else "same" if shown == actual else "different"
    channel = str(top_up.get("channel_status") or "unknown")
    return {
        "arrival": arrival,
        "channel": channel,
        "account": account,
        "log": "delivered" if channel == "success" else "silent",
    }


def membership_inputs(reading: Reading, numbers: Numbers) -> dict[str, Value]:
    """R9: the plan, the days, who stopped it, the renewal notice."""
    membership = part_of(reading.facts, "membership")
    ordered = whole(membership.get("plan_ordered_months"))
    opened = whole(membership.get("plan_opened_months"))
    plan = "unknown" if not ordered or opened is None else "short" if opened < ordered else "ok"
    cause = membership.get("stop_cause")
    done = membership.get("activated") is True or membership.get("provider_status") == "success"
    total, used = whole(membership.get("days_total")), whole(membership.get("days_used"))
    return {
        "activated": _tri(membership.get("activated")),
        "plan": plan,
        "stopped_by": "seller"
        if cause in STOPPED_BY_SELLER
        else "buyer"
        if cause in STOPPED_BY_BUYER
        else "unknown",
        "term": "counted" if total else "open_ended",
        "use": _use(used, total),
        "renewal_notice": _tri(membership.get("renewal_notice_sent")),
        "revocable": _tri(membership.get("provider_revocable")),
        "log": "delivered" if done else "silent",
    }


def _use(used: int | None, total: int | None) -> str:
    if used is None:
        return "unknown"
    if used == 0:
        return "unused"
    return "all" if total and used >= total else "partly"


def service_inputs(reading: Reading, numbers: Numbers) -> dict[str, Value]:
    """R10: how far the work is, who says so, and what a rental's login tool saw."""
    service = part_of(reading.facts, "service")
    hours = service.get("hours_total")
    minutes = None if not isinstance(hours, int | float) else round(hours * HOUR_SECONDS) // 60
    return {
        "service_type": str(service.get("type") or "unknown"),
        "progress": _progress(service),
        "accepted_by_buyer": _yes(service.get("accepted_by_buyer")),
        "login_failures": whole(service.get("login_failures")) or 0,
        "rental_use": "unknown" if not minutes else _use(whole(service.get("minutes_used")), minutes),
        "kicked_by_owner": _yes(service.get("kicked_by_owner")),
        "log": "silent",
    }


def _progress(service: Part) -> str:
    percent = whole(service.get("progress_percent"))
    if percent is None:
        # a stated null means that the two sides disagree; nothing said means nothing known
        return "disputed" if "progress_percent" in service else "unknown"
    if percent == 0:
        return "none"
    if percent >= 100:
        return "done"
    return "agreed" if service.get("progress_agreed") is True else "stated"


GOODS_READERS: Mapping[str, Callable[[Reading, Numbers], dict[str, Value]]] = {
    "card_code": card_inputs,
    "top_up": top_up_inputs,
    "membership": membership_inputs,
    "service": service_inputs,
}
