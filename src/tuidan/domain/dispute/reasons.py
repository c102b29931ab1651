"""The reasons a buyer may choose from, and those that a reviewer may give."""

from __future__ import annotations

# The reasons a reviewer may give for either outcome.
APPROVING = ("seller_fault", "not_to_account", "evidence_supports_buyer", "service_not_done", "goodwill")
REJECTING = ("delivered", "insufficient_evidence", "used_by_buyer", "outside_rules")
# The buyer's own mistakes: the first in 90 days is forgiven without a fee (R24).
MISTAKES = frozenset({"wrong_account", "wrong_item_bought", "duplicate_order"})
# The reasons a buyer may choose from, by goods kind.
REASONS: dict[str, tuple[str, ...]] = {
    "card_code": (
        "no_reason",
        "item_invalid",
        "not_received",
        "amount_short",
        "not_as_described",
        "wrong_item_bought",
        "late",
        "minor",
        "other",
    ),
    "top_up": (
        "not_received",
        "amount_short",
        "wrong_account",
        "duplicate_order",
        "reversed",
        "account_banned",
        "late",
        "no_reason",
        "not_as_described",
        "minor",
        "other",
    ),
    "membership": (
        "not_received",
        "service_stopped",
        "not_as_described",
        "auto_renew",
        "wrong_account",
        "no_reason",
        "late",
        "minor",
        "other",
    ),
    "service": (
        "not_received",
        "late",
        "not_as_described",
        "service_stopped",
        "cannot_use",
        "account_banned",
        "no_reason",
        "minor",
        "other",
    ),
}
