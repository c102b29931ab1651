"""The rule cases: situations that no given case shows, one a line in `tests/data/rule_cases.jsonl`
(by the rules R1–R24) and `tests/data/law_cases.jsonl` (by articles of law and the written rules of platforms).

A line is an ordinary order of a kind plus what is different about it: `goods` (the card, top-up, … part), `changes`
(any other fact; objects are merged), `undelivered` (the state of an order that has nothing yet). `paid_ago` and
`delivered_ago` in seconds set moments and spans together; evidence is named by type, complete unless FORGED or
CROPPED; MISSING takes a field away. `alike` says: the same answer for each of these values too. Amounts are fen;
10,000 was paid. `basis` is the rule or law that the case is about; where it only says what does not apply,
`decided_by` names the rule that decides. `grounds` are the reason codes of that rule, where another rule would come to
the same sums.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from tuidan.domain.calendar import CHINA

Facts = dict[str, Any]
DATA = Path(__file__).parents[1] / "data"
FILES = (DATA / "rule_cases.jsonl", DATA / "law_cases.jsonl")
NOW = datetime(2026, 11, 18, 12, 0, tzinfo=CHINA)
MISSING = "MISSING"
TWO_HOURS = 7_200
PAID_FEN = 10_000
SETS = {
    "NONE": "",
    "PROOF": "error_screenshot seller_chat",
    "GUARDIAN": "guardian_relation minor_identity usage_record",
}
GOODS: dict[str, tuple[str, str, Facts]] = {
    "card_code": ("card", "delivered", {"revealed": True, "issuer_status": "unknown"}),
    "top_up": (
        "top_up",
        "delivered",
        {
            "ordered_fen": 10_000,
            "arrived_fen": None,
            "account_shown": "a",
            "account_actual": "a",
            "channel_status": "success",
        },
    ),
    "membership": ("membership", "delivered", {"days_total": 30, "days_used": 3, "activated": True}),
    "service": (
        "service",
        "in_progress",
        {"type": "custom_work", "progress_percent": 40, "progress_agreed": True},
    ),
}
SAID_NOTHING: Facts = {
    "delivered_ago": None,
    "evidence": "NONE",
    "reason_claimed": "not_received",
    "seller_response": {"status": "not_contacted", "hours_since_asked": None},
}


@dataclass(frozen=True, slots=True)
class RuleCase:
    """One situation and what must come of it."""

    name: str
    facts: Facts = field(repr=False)
    expected: Facts
    rule: str = ""
    grounds: tuple[str, ...] = ()
    basis: str = ""


def evidence_of(named: str) -> list[Facts]:
    """Evidence items from their types: all three elements on each, unless the name says otherwise."""
    whole = {"has_order_no": True, "has_timestamp": True, "has_key_info": True}
    special = {
        "FORGED": {"type": "error_screenshot", **whole, "tampered": True},
        "REUSED": {"type": "error_screenshot", **whole, "reused_from_order": "O20260912-7731"},
        "CROPPED": {"type": "error_screenshot", **whole, "has_timestamp": False},
    }
    return [special.get(name, {"type": name, **whole}) for name in SETS.get(named, named).split()]


def facts_of(kind: str, goods: Facts, changes: Facts) -> Facts:
    """Facts of an ordinary order of a third-party seller two hours after payment, with these changes."""
    changes = dict(changes)
    paid_ago = changes.pop("paid_ago", TWO_HOURS)
    delivered_ago = changes.pop("delivered_ago", paid_ago)
    part, state, usual = GOODS[kind]
    facts: Facts = {
        "now": NOW.isoformat(),
        "goods_kind": kind,
        "quantity": 1,
        "seller_type": "third_party",
        "delivery_mode": "auto",
        "delivery_state": state,
        "paid_at": (NOW - timedelta(seconds=paid_ago)).isoformat(),
        "seconds_since_paid": paid_ago,
        "promised_delivery_hours": None,
        "amount_paid_fen": PAID_FEN,
        "requested_fen": PAID_FEN,
        "reason_claimed": "item_invalid",
        "evidence": "PROOF",
        "seller_response": {"status": "refuse", "hours_since_asked": 2},
        "payment": {"channel": "alipay", "settled": False, "escrow_held": True, "refund_window_days": 365},
        "buyer": {"orders_90d": 6, "refunds_90d": 0, "is_minor": False},
        "terms": {"listed": "", "no_reason_excluded_confirmed": True},
        part: {name: value for name, value in {**usual, **goods}.items() if value != MISSING},
        "other": {},
    }
    if delivered_ago is not None and state != "in_progress":
        facts["delivered_at"] = (NOW - timedelta(seconds=delivered_ago)).isoformat()
        facts["seconds_since_delivered"] = delivered_ago
    for name, value in changes.items():
        had = facts.get(name)
        facts[name] = {**had, **value} if isinstance(had, dict) and isinstance(value, dict) else value
    return {**facts, "evidence": evidence_of(facts["evidence"])}


def rule_cases() -> Iterator[RuleCase]:
    """All situations of the files, and those it calls alike."""
    for line in (line for file in FILES for line in file.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        name = f"{row['basis']}: {row['what']}"
        changes = row.get("changes", {})
        if "undelivered" in row:
            changes = {**SAID_NOTHING, "delivery_state": row["undelivered"], **changes}
        facts = facts_of(row["kind"], row.get("goods", {}), changes)
        more = (row.get("decided_by", row["basis"]), tuple(row.get("grounds", ())), row["basis"])
        yield RuleCase(name, facts, row["expected"], *more)
        for path, values in row.get("alike", {}).items():
            for value in values:
                case = _with(facts, path, value)
                yield RuleCase(f"{name} [{path}={value}]", case, row["expected"], *more)


def _with(facts: Facts, path: str, value: object) -> Facts:
    """The facts with one field changed, in a part when the path has a dot."""
    part, _, name = path.rpartition(".")
    if part:
        changed = {**facts[part], name: value}
        return {**facts, part: {key: kept for key, kept in changed.items() if kept != MISSING}}
    return {**facts, name: evidence_of(value) if name == "evidence" and isinstance(value, str) else value}
