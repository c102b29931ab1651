"""Making decision cases in one line each: an ordinary order of each kind, and what is different about this one."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from tuidan.domain.calendar import CHINA

Facts = dict[str, object]
NOW = datetime(2026, 11, 18, 12, 0, tzinfo=CHINA)
HOUR, DAY = 3_600, 86_400
PAID = 10_000


def good(*types: str) -> list[Facts]:
    """Evidence with all three elements on it."""
    return [
        {"type": kind, "has_order_no": True, "has_timestamp": True, "has_key_info": True} for kind in types
    ]


CROPPED: list[Facts] = [
    {"type": "error_screenshot", "has_order_no": True, "has_timestamp": False, "has_key_info": True}
]
FORGED: list[Facts] = [{**good("error_screenshot")[0], "tampered": True}]
REUSED: list[Facts] = [{**good("error_screenshot")[0], "reused_from_order": "O20260912-7731"}]
PROOF = good("error_screenshot", "seller_chat")
GUARDIAN = good("guardian_relation", "minor_identity", "usage_record")

GOODS: dict[str, tuple[str, Facts]] = {
    "card_code": ("card", {"revealed": True, "issuer_status": "unknown"}),
    "top_up": (
        "top_up",
        {
            "ordered_fen": 10_000, "arrived_fen": None, "account_shown": "a", "account_actual": "a",
            "channel_status": "success",
        },
    ),
    "membership": ("membership", {"days_total": 30, "days_used": 3, "activated": True}),
    "service": ("service", {"type": "custom_work", "progress_percent": 40, "progress_agreed": True}),
}  # fmt: skip
STATES = {
    "card_code": "delivered",
    "top_up": "delivered",
    "membership": "delivered",
    "service": "in_progress",
}


def case(kind: str, goods: Facts | None = None, **changes: object) -> Facts:
    """Facts of an ordinary order of a third-party seller two hours after payment, with these changes.

    `paid_ago` and `delivered_ago` (seconds) set moments and spans together; nested objects are merged."""
    paid_ago = changes.pop("paid_ago", 2 * HOUR)
    delivered_ago = changes.pop("delivered_ago", paid_ago)
    assert isinstance(paid_ago, int)
    part, usual = GOODS[kind]
    facts: Facts = {
        "now": NOW.isoformat(),
        "goods_kind": kind,
        "quantity": 1,
        "seller_type": "third_party",
        "delivery_mode": "auto",
        "delivery_state": STATES[kind],
        "paid_at": (NOW - timedelta(seconds=paid_ago)).isoformat(),
        "seconds_since_paid": paid_ago,
        "promised_delivery_hours": None,
        "amount_paid_fen": PAID,
        "requested_fen": PAID,
        "reason_claimed": "item_invalid",
        "evidence": PROOF,
        "seller_response": {"status": "refuse", "hours_since_asked": 2},
        "payment": {"channel": "alipay", "settled": False, "escrow_held": True, "refund_window_days": 365},
        "buyer": {"orders_90d": 6, "refunds_90d": 0, "is_minor": False},
        "terms": {"listed": "", "no_reason_excluded_confirmed": True},
        part: {**usual, **(goods or {})},
        "other": {},
    }
    if isinstance(delivered_ago, int) and facts["delivery_state"] not in ("in_progress",):
        facts["delivered_at"] = (NOW - timedelta(seconds=delivered_ago)).isoformat()
        facts["seconds_since_delivered"] = delivered_ago
    for name, value in changes.items():
        had = facts.get(name)
        facts[name] = {**had, **value} if isinstance(had, dict) and isinstance(value, dict) else value
    return facts


def undelivered(kind: str, state: str, goods: Facts | None = None, **changes: object) -> Facts:
    """The same, with nothing delivered yet and nothing said."""
    quiet = {"delivery_state": state, "delivered_ago": None, "evidence": [], "reason_claimed": "not_received"}
    return case(kind, goods, **{**quiet, **answer("not_contacted"), **changes})


def answer(status: str, hours: float | None = None, **more: object) -> Facts:
    """What the seller said."""
    return {"seller_response": {"status": status, "hours_since_asked": hours, **more}}


@dataclass(frozen=True, slots=True)
class Expected:
    """A situation, the rule it stands on, and what must come of it."""

    what: str
    basis: str
    facts: Facts = field(repr=False)
    decision: str
    amount_fen: int = 0
    liable: str = "undetermined"
    within: str = ""
    refund_to: str | None = None
    compensation_fen: int = 0


def full(
    what: str, basis: str, facts: Facts, liable: str, within: str = "PT24H", amount: int = PAID, **more: int
) -> Expected:
    return Expected(what, basis, facts, "approve_full", amount, liable, within, "original_path", **more)


def part(
    what: str, basis: str, facts: Facts, amount: int, liable: str, within: str = "PT24H", **more: int
) -> Expected:
    return Expected(what, basis, facts, "approve_partial", amount, liable, within, "original_path", **more)


def no(what: str, basis: str, facts: Facts, liable: str = "buyer") -> Expected:
    return Expected(what, basis, facts, "reject", 0, liable, "P7D")


def evidence(what: str, basis: str, facts: Facts, within: str = "PT48H") -> Expected:
    return Expected(what, basis, facts, "needs_evidence", within=within)


def seller(what: str, basis: str, facts: Facts) -> Expected:
    return Expected(what, basis, facts, "to_seller", within="PT24H")


def expert(what: str, basis: str, facts: Facts) -> Expected:
    return Expected(what, basis, facts, "to_appraisal", within="P7WD")


def person(what: str, basis: str, facts: Facts) -> Expected:
    return Expected(what, basis, facts, "to_platform", within="P3WD")
