"""All that an order can ask of the outside or of later: effects for the worker, timers, attempts.

An effect leaves with the same append as the event that caused it, and is done at least once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

CLAIM_CODES = "claim_codes"
SUPPLY = "supply"
CANCEL_SUPPLY = "cancel_supply"
CHECK_CREDIT = "check_credit"
CHECK_CODE = "check_code"
RECHECK_CREDIT = "recheck_credit"
REFUND = "refund"
SETTLE_CODE = "settle_code"
QUERY_PAYMENT = "query_payment"
SETTLE_SELLER = "settle_seller"
HOLD_FUNDS = "hold_funds"
RECOVER_ADVANCE = "recover_advance"
CHARGE_DEPOSIT = "charge_deposit"
SETTLE_RECALL = "settle_recall"
RETURN_COUPON = "return_coupon"
QUERY_SETTLEMENT = "query_settlement"
WATCH_DISPUTE = "watch_dispute"
ANSWER_DISPUTE = "answer_dispute"
ERASE_WORDS = "erase_words"
CHECK_SEALED = "check_sealed"
CHECK_REVIEW = "check_review"
FEED = "feed"
EFFECT_KINDS = (
    CLAIM_CODES,
    SUPPLY,
    CANCEL_SUPPLY,
    CHECK_CREDIT,
    CHECK_CODE,
    RECHECK_CREDIT,
    REFUND,
    SETTLE_CODE,
    QUERY_PAYMENT,
    SETTLE_SELLER,
    HOLD_FUNDS,
    RECOVER_ADVANCE,
    CHARGE_DEPOSIT,
    SETTLE_RECALL,
    RETURN_COUPON,
    QUERY_SETTLEMENT,
    WATCH_DISPUTE,
    ANSWER_DISPUTE,
    ERASE_WORDS,
    CHECK_SEALED,
    CHECK_REVIEW,
    FEED,
)

EXPIRE = "expire"
RELEASE = "release"
PROMISE = "promise"
CHECK_OVERDUE = "check_overdue"
CONTACT_SILENT = "contact_silent"
CASE_DUE = "case_due"
CASE_ALARM = "case_alarm"
OFFER_DUE = "offer_due"
PROGRESS_ANSWER = "progress_answer"
RENEWAL = "renewal"
TIMER_KINDS = (
    EXPIRE,
    RELEASE,
    PROMISE,
    CHECK_OVERDUE,
    CONTACT_SILENT,
    CASE_DUE,
    CASE_ALARM,
    OFFER_DUE,
    PROGRESS_ANSWER,
    RENEWAL,
)


@dataclass(frozen=True, slots=True)
class Effect:
    """What the worker is to do; `target` is the unit, refund or payment attempt it is about."""

    kind: str
    target: int = 0
    delay_seconds: int = 0


@dataclass(frozen=True, slots=True)
class Timer:
    """Wake the order at `due_at`. Never cancelled: it fires and may find nothing to do."""

    kind: str
    due_at: datetime
    target: int = 0


@dataclass(frozen=True, slots=True)
class AttemptOpened:
    """One try at the outside: kind is payment, refund or top_up; its number makes its reference."""

    n: int
    kind: str
    target: int


@dataclass(frozen=True, slots=True)
class AttemptClosed:
    """The outside gave its final answer to an attempt; no row of it is open any more."""

    n: int
    status: str  # succeeded | failed
