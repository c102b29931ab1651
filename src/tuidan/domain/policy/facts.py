"""The facts a decision rests on: their schema, and the check that names the field which is wrong.

`now` is required; everything else may be missing or null, which means "unknown". Unknown extra fields are allowed
and ignored, in every object. Money is whole fen, moments are ISO 8601 with an offset (or aware datetimes), spans
are seconds or hours. `title`, ids, `claim_text`, `seller_response.text` and `terms.listed` are never read.

Beyond the case schema a caller may add:
`refunded_fen` (already returned or on its way, of what is asked about), `unit_paid_fen` (the question is about one
unit: its share of the price), `promised_delivery_seconds` (wins over the hours), `seller_response.offered_fen` (the
sum a partial agreement names), `card.codes_delivered`, `payment.second_payment_fen`, and in `other`:
`previous_decision` (`{decision, reason_claimed, decided_at, new_evidence}` or just the decision),
`evidence_deadline_passed`, `calendar` (`{days_off, makeup_days, official_years}`).
"""

from collections.abc import Callable, Mapping
from datetime import datetime

from tuidan.domain.policy import vocabulary


class FactsError(ValueError):
    """A fact has the wrong type or an impossible value. `field` names it, `problem` is a short code."""

    def __init__(self, field: str, problem: str) -> None:
        super().__init__(f"{field}: {problem}")
        self.field = field
        self.problem = problem


Check = Callable[[object], str | None]
FEN_MAX = 10**13


def _text(value: object) -> str | None:
    return None if isinstance(value, str) else "not_a_text"


def _flag(value: object) -> str | None:
    return None if isinstance(value, bool) else "not_true_or_false"


def _count(value: object) -> str | None:
    if type(value) is not int:
        return "not_a_whole_number"
    return None if 0 <= value <= FEN_MAX else "out_of_range"


def _span(value: object) -> str | None:
    if type(value) is not int and type(value) is not float:
        return "not_a_number"
    return None if 0 <= value <= FEN_MAX else "out_of_range"


def _percent(value: object) -> str | None:
    return _count(value) or (None if isinstance(value, int) and value <= 100 else "out_of_range")


def _moment(value: object) -> str | None:
    if isinstance(value, datetime):
        return None if value.tzinfo is not None else "moment_without_offset"
    if not isinstance(value, str):
        return "not_a_moment"
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return "not_a_moment"
    return None if moment.tzinfo is not None else "moment_without_offset"


def _one_of(*allowed: str) -> Check:
    known = frozenset(allowed)

    def check(value: object) -> str | None:
        if not isinstance(value, str):
            return "not_a_text"
        return None if value in known else "unknown_value"

    return check


def _any(_value: object) -> str | None:
    return None


TOP: Mapping[str, Check] = {
    "now": _moment,
    "goods_kind": _one_of(*vocabulary.GOODS_KINDS, "unknown"),
    "goods_name": _text,
    "quantity": _count,
    "seller_type": _one_of(*vocabulary.SELLER_TYPES, "unknown"),
    "delivery_mode": _one_of(*vocabulary.DELIVERY_MODES, "unknown"),
    "delivery_state": _one_of(*vocabulary.DELIVERY_STATES, "unknown"),
    "paid_at": _moment,
    "delivered_at": _moment,
    "seconds_since_paid": _span,
    "seconds_since_delivered": _span,
    "promised_delivery_hours": _span,
    "promised_delivery_seconds": _span,
    "amount_paid_fen": _count,
    "requested_fen": _count,
    "refunded_fen": _count,
    "unit_paid_fen": _count,
    "reason_claimed": _one_of(*vocabulary.REASONS, "unknown"),
    "claim_text": _text,
}  # fmt: skip

NESTED: Mapping[str, Mapping[str, Check]] = {
    "card": {
        "revealed": _flag,
        "revealed_at": _moment,
        "issuer_status": _one_of(*vocabulary.ISSUER_STATUSES),
        "activated_at": _moment,
        "activated_relative_to_reveal": _one_of(*vocabulary.ACTIVATIONS, "unknown"),
        "activated_by": _text,
        "codes_total": _count,
        "codes_delivered": _count,
        "codes_activated_before_reveal": _count,
        "codes_used_by_buyer": _count,
        "face_value_ordered_fen": _count,
        "face_value_real_fen": _count,
        "fingerprint_seen_in_other_order": _flag,
        "replacement_of_first_code": _flag,
        "reveal_attempts": _count,
        "reveal_errors": _count,
    },
    "top_up": {
        "ordered_fen": _count,
        "arrived_fen": _count,
        "account_shown": _text,
        "account_actual": _text,
        "account_intended": _text,
        "channel_status": _one_of(*vocabulary.CHANNEL_STATUSES, "unknown"),
        "second_payment_fen": _count,
    },
    "membership": {
        "days_total": _count,
        "days_used": _count,
        "activated": _flag,
        "plan_ordered_months": _count,
        "plan_opened_months": _count,
        "stop_cause": _text,
        "renewal_notice_sent": _flag,
        "provider_revocable": _flag,
        "provider_status": _text,
    },
    "service": {
        "type": _one_of(*vocabulary.SERVICE_TYPES, "unknown"),
        "progress_percent": _percent,
        "progress_agreed": _flag,
        "accepted_by_buyer": _flag,
        "deadline_passed": _flag,
        "due_at": _moment,
        "promise_working_days": _count,
        "efficiency_deposit_fen": _count,
        "safety_deposit_fen": _count,
        "hours_total": _span,
        "minutes_used": _count,
        "login_failures": _count,
        "kicked_by_owner": _flag,
    },
    "seller_response": {
        "status": _one_of(*vocabulary.RESPONSES, "unknown"),
        "hours_since_asked": _span,
        "offered_fen": _count,
        "text": _text,
    },
    "payment": {
        "channel": _text,
        "settled": _flag,
        "escrow_held": _flag,
        "refund_window_days": _count,
        "seller_balance_fen": _count,
        "seller_deposit_fen": _count,
        "second_payment_fen": _count,
        "channel_dispute_open": _flag,
        "original_account_status": _text,
        "order_refunded": _flag,
    },
    "buyer": {
        "orders_90d": _count,
        "refunds_90d": _count,
        "misoperations_90d": _count,
        "is_minor": _flag,
        "age": _count,
        "own_income": _flag,
        "face_verified": _flag,
        "minor_claims_before": _count,
    },
    "terms": {
        "listed": _text,
        "no_reason_excluded_confirmed": _flag,
        "preticked": _flag,
        "eu_consent": _flag,
        "eu_acknowledged": _flag,
        "eu_confirmation_sent": _flag,
    },
    "other": {"evidence_deadline_passed": _flag, "calendar": _any, "previous_decision": _any},
}

EVIDENCE: Mapping[str, Check] = {
    "type": _text,
    "has_order_no": _flag,
    "has_timestamp": _flag,
    "has_key_info": _flag,
    "tampered": _flag,
}


def validate_facts(facts: Mapping[str, object]) -> None:
    """Check types and ranges; raises FactsError naming the first wrong field. Null and missing are both unknown."""
    if not isinstance(facts, Mapping):
        raise FactsError("facts", "not_an_object")
    if facts.get("now") is None:
        raise FactsError("now", "missing")
    _check_fields("", facts, TOP)
    for name, checks in NESTED.items():
        part = facts.get(name)
        if part is None:
            continue
        if not isinstance(part, Mapping):
            raise FactsError(name, "not_an_object")
        _check_fields(f"{name}.", part, checks)
    _check_evidence(facts.get("evidence"))


def _check_fields(prefix: str, part: Mapping[str, object], checks: Mapping[str, Check]) -> None:
    for field, value in part.items():
        if value is None:
            continue
        check = checks.get(field)
        if check is not None and (problem := check(value)):
            raise FactsError(f"{prefix}{field}", problem)


def _check_evidence(listed: object) -> None:
    if listed is None:
        return
    if not isinstance(listed, list | tuple):
        raise FactsError("evidence", "not_a_list")
    for place, item in enumerate(listed):
        if not isinstance(item, Mapping):
            raise FactsError(f"evidence[{place}]", "not_an_object")
        _check_fields(f"evidence[{place}].", item, EVIDENCE)
