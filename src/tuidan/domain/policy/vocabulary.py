"""The words of a policy: what a table may ask about and what it may answer, each with its possible values.

An input whose domain is None is a whole number. `unknown` stands for everything missing or null. Titles, ids and
what the parties wrote (claim_text, seller text, listing text) are no inputs and cannot become any.
"""

from collections.abc import Mapping
from typing import TypeAlias

Domain: TypeAlias = tuple[str, ...] | None

YES_NO: Domain = ("yes", "no")
TRI: Domain = ("yes", "no", "unknown")

GOODS_KINDS = ("card_code", "top_up", "membership", "service")
SELLER_TYPES = ("self_operated", "third_party")
DELIVERY_MODES = ("auto", "manual")
DELIVERY_STATES = (
    "not_delivered", "not_started", "queued", "processing", "in_progress",
    "partial", "delivered", "completed", "failed", "cancelled",
)  # fmt: skip
# what delivery came to: nothing sent yet, sent without a result, work going on, all or part handed over, …
DELIVERIES = (
    "not_delivered", "processing", "in_progress", "delivered", "failed", "cancelled", "reversed", "unknown",
)  # fmt: skip
REASONS = (
    "no_reason", "not_received", "item_invalid", "amount_short", "not_as_described", "wrong_account",
    "wrong_item_bought", "duplicate_order", "duplicate_payment", "late", "service_stopped", "cannot_use",
    "account_banned", "reversed", "auto_renew", "minor", "off_platform", "other",
)  # fmt: skip
RESPONSES = (
    "not_applicable", "not_contacted", "waiting", "silent", "blocked", "refuse", "claims_fulfilled",
    "agree_full", "agree_partial", "offer_replacement",
)  # fmt: skip
ISSUER_STATUSES = ("unused", "activated", "invalid", "locked", "mixed", "unknown")
ACTIVATIONS = ("before", "same_second", "after")
CHANNEL_STATUSES = ("success", "failed", "partial", "processing", "not_submitted", "reversed")
SERVICE_TYPES = ("boosting", "account_rental", "custom_design", "custom_work", "coaching")

COMMON: Mapping[str, Domain] = {
    "goods_kind": (*GOODS_KINDS, "unknown"),
    "seller_type": (*SELLER_TYPES, "unknown"),
    "delivery": DELIVERIES,
    "reason": (*REASONS, "unknown"),
    "response": (*RESPONSES, "unknown"),
    # partial agreement: the sum is settled, still open, or there is none
    "settled_sum": YES_NO,
    "channel_dispute": YES_NO,
    "money": ("paid", "off_platform", "all_returned", "unknown"),
    "second_payment": YES_NO,
    "seller_led_out": YES_NO,
    "order_closed": YES_NO,
    "previous": ("none", "same_facts", "new_facts", "new_facts_late"),
    # the promise of delivery while nothing (or not all) is delivered; and whether a delivery came after it
    "promise": ("within", "passed", "unknown"),
    "delivered_late": TRI,
    "misoperations": None,
    "exclusion": ("confirmed", "missing"),
    "seven_days": ("within", "after", "unknown"),
    "risk": ("normal", "abnormal"),
    "evidence": ("none", "incomplete", "complete"),
    "evidence_forged": YES_NO,
    "evidence_time": ("running", "over"),
    "official_record": YES_NO,
    "login_record": YES_NO,
    "listing_record": YES_NO,
    "chat_record": YES_NO,
    # what the platform's, issuer's or supplier's log says about the delivery that the buyer disputes
    "log": ("delivered", "silent"),
    "minor_proof": ("complete", "incomplete"),
    "age_band": ("under_8", "minor", "earner", "adult", "unknown"),
    "proportion": ("above", "within"),
    "face_verified": YES_NO,
    "minor_claims": None,
    "is_minor": TRI,
}

CARD_CODE: Mapping[str, Domain] = {
    "window": ("open", "closed", "none"),
    "reveal": ("sealed", "failed", "revealed", "unknown"),
    "issuer": ISSUER_STATUSES,
    "activation": ("none", *ACTIVATIONS, "unknown"),
    "activated_by": ("buyer", "other", "unknown"),
    "codes_bad": ("none", "some", "unknown"),
    "codes_undelivered": YES_NO,
    "face_value": ("short", "ok", "unknown"),
    "sold_twice": YES_NO,
    "replaced": YES_NO,
    "eu_withdrawal": ("none", "lost", "kept", "expired"),
}

TOP_UP: Mapping[str, Domain] = {
    "arrival": ("none", "short", "full", "unknown"),
    "channel": (*CHANNEL_STATUSES, "unknown"),
    "account": ("same", "different", "unknown"),
}

MEMBERSHIP: Mapping[str, Domain] = {
    "activated": TRI,
    "plan": ("short", "ok", "unknown"),
    "stopped_by": ("seller", "buyer", "unknown"),
    "term": ("counted", "open_ended"),
    "use": ("unused", "partly", "all", "unknown"),
    "renewal_notice": TRI,
    "revocable": TRI,
}

SERVICE: Mapping[str, Domain] = {
    "service_type": (*SERVICE_TYPES, "unknown"),
    "progress": ("none", "agreed", "stated", "done", "disputed", "unknown"),
    "accepted_by_buyer": YES_NO,
    "login_failures": None,
    "rental_use": ("unused", "partly", "all", "unknown"),
    "kicked_by_owner": YES_NO,
}

PROCEDURE: Mapping[str, Domain] = {
    "proposed": (
        "approve", "reject", "needs_evidence", "to_seller", "to_appraisal", "to_platform",
    ),
    "proof": ("log", "agreement", "evidence", "law", "none"),
    "channel_window": ("open", "closed"),
    "payer_account": ("open", "closed", "unknown"),
}  # fmt: skip

INPUTS: Mapping[str, Domain] = {**COMMON, **CARD_CODE, **TOP_UP, **MEMBERSHIP, **SERVICE, **PROCEDURE}

DECISIONS = ("approve", "reject", "needs_evidence", "to_seller", "to_appraisal", "to_platform")
LIABLE = ("fault", "seller", "platform", "buyer", "shared", "none", "undetermined")
CAUSES = ("fault", "seller", "supplier", "platform", "buyer", "unknown")
COMPENSATIONS = ("none", "efficiency_deposit", "safety_deposit")
DESTINATIONS = ("original_path", "same_name_payout")

# outcome columns of a table that decides, and of the two tables that follow every decision
DECIDING_OUTPUTS = (
    "next", "decision", "amount", "compensation", "liable", "cause", "proof", "deadline", "rules", "reasons",
)  # fmt: skip
AUTHORITY_OUTPUTS = ("decision", "deadline", "rules", "reasons")
DESTINATION_OUTPUTS = ("refund_to", "deadline", "rules", "reasons")
