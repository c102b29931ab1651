"""The public matrix of kinds and situations, computed from the policy in force, so that it cannot differ from it.

Each situation is a set of plain facts; the policy's own `decide` answers it. Amounts fen, times seconds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from tuidan.domain.calendar import Calendar
from tuidan.domain.policy import CompiledPolicy, decide

PAID_FEN = 5_000
DAY = 86_400
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)
Facts = dict[str, object]


@dataclass(frozen=True, slots=True)
class Line:
    """One situation of one goods kind with the policy's answer."""

    kind: str
    situation: str
    decision: str
    amount_fen: int
    rules: tuple[str, ...]


def matrix(policy: CompiledPolicy, calendar: Calendar) -> list[Line]:
    """Every situation, answered; raises FactsError only for a situation written wrongly here."""
    lines = []
    for name, facts in situations(policy).items():
        kind, _, situation = name.partition(".")
        verdict = decide(_whole(kind, facts), policy, calendar)
        lines.append(Line(kind, situation, verdict.decision, verdict.amount_fen, verdict.rules))
    return lines


def situations(policy: CompiledPolicy) -> Mapping[str, Facts]:
    """What each line of the matrix means in facts; the keys are the words' keys `case.<kind>.<situation>`."""
    window = policy.numbers.instant_window_seconds
    return {
        "card_code.undelivered_late": _late(),
        "card_code.window": _card("no_reason", window, revealed=False, status="unused"),
        "card_code.sealed": _card("no_reason", 2 * DAY, revealed=False, status="unused"),
        "card_code.revealed": _card("no_reason", DAY, revealed=True, status="unused"),
        "card_code.invalid": _card("item_invalid", DAY, revealed=True, status="invalid"),
        "card_code.before": _activated("before", "unknown"),
        "card_code.after_buyer": _activated("after", "buyer_bound_account"),
        "card_code.after_unknown": _activated("after", "unknown"),
        "top_up.failed": _top_up("not_received", "failed", arrived=0),
        "top_up.partial": _top_up("amount_short", "partial", arrived=1_000),
        "top_up.queued": _top_up("no_reason", "not_submitted", arrived=0),
        "top_up.credited": _top_up("no_reason", "success", arrived=PAID_FEN),
        "top_up.other_account": _top_up("not_received", "success", arrived=PAID_FEN, account="another"),
        "membership.undelivered_late": _late(),
        "membership.stopped": _member("service_stopped", 10, {"stop_cause": "seller"}),
        "membership.opened": _member("no_reason", 1, {}),
        "service.not_started": _service("no_reason", "not_started", {"progress_percent": 0}),
        "service.in_progress": _service(
            "no_reason", "in_progress", {"progress_percent": 40, "progress_agreed": True}
        ),
        "service.disputed": _service("not_as_described", "in_progress", {"progress_percent": None}),
    }


def _whole(kind: str, facts: Facts) -> Facts:
    base: Facts = {
        "now": NOON,
        "goods_kind": kind,
        "quantity": 1,
        "seller_type": "third_party",
        "delivery_mode": "auto" if kind in ("card_code", "top_up") else "manual",
        "amount_paid_fen": PAID_FEN,
        "requested_fen": PAID_FEN,
        "promised_delivery_hours": 1,
        "seller_response": {"status": "not_contacted"},
        "payment": {"settled": False, "escrow_held": True, "refund_window_days": 365},
        "buyer": {"orders_90d": 3, "refunds_90d": 0, "misoperations_90d": 0, "is_minor": False},
        "terms": {"no_reason_excluded_confirmed": True},
    }
    return base | facts


def _timed(reason: str, state: str, since_paid: int, delivered: bool) -> Facts:
    paid_at = NOON - timedelta(seconds=since_paid)
    times: Facts = {
        "reason_claimed": reason,
        "delivery_state": state,
        "paid_at": paid_at,
        "seconds_since_paid": since_paid,
    }
    if delivered:
        times |= {"delivered_at": paid_at, "seconds_since_delivered": since_paid}
    return times


def _late() -> Facts:
    return _timed("not_received", "not_delivered", 2 * DAY, delivered=False)


def _card(reason: str, since_paid: int, *, revealed: bool, status: str) -> Facts:
    return _timed(reason, "delivered", since_paid, delivered=True) | {
        "card": {"revealed": revealed, "issuer_status": status},
    }


def _activated(relative: str, by: str) -> Facts:
    revealed_at = NOON - timedelta(hours=2)
    shift = timedelta(hours=1 if relative == "after" else -1)
    return _timed("item_invalid", "delivered", DAY, delivered=True) | {
        "card": {
            "revealed": True,
            "revealed_at": revealed_at,
            "issuer_status": "activated",
            "activated_at": revealed_at + shift,
            "activated_relative_to_reveal": relative,
            "activated_by": by,
        },
    }


def _top_up(reason: str, status: str, *, arrived: int, account: str = "as_confirmed") -> Facts:
    state = {"failed": "failed", "partial": "partial", "not_submitted": "queued"}.get(status, "delivered")
    delivered = status in ("success", "partial")
    return _timed(reason, state, 600, delivered) | {
        "top_up": {
            "ordered_fen": PAID_FEN,
            "arrived_fen": arrived,
            "account_shown": "as_confirmed",
            "account_actual": account if delivered else None,
            "channel_status": status,
        },
    }


def _member(reason: str, days_used: int, more: Facts) -> Facts:
    return _timed(reason, "delivered", days_used * DAY, delivered=True) | {
        "membership": {"days_total": 30, "days_used": days_used, "activated": True, **more},
    }


def _service(reason: str, state: str, more: Facts) -> Facts:
    return _timed(reason, state, 600, delivered=False) | {"service": {"type": "boosting", **more}}
