"""How long what lies beside the events is kept, and what an erasure takes away (ADR what-is-kept).

Records of a trade are kept three years after it ended (电商法31, 网络交易办法31), records of its payments five;
settings may ask for more, never for less. A legal hold keeps everything. What was never paid for is no trade, and no
law asks for it. Events are kept for ever: they hold no words, only salted proofs of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime

from tuidan.domain import events as e
from tuidan.domain.calendar import china_day, end_of_day
from tuidan.domain.order import Order
from tuidan.domain.retention_state import PAYMENT, TRADE, Keeping, Years

# Words whose event is about paying by bank: name and account of who was paid.
PAYMENT_KINDS = frozenset({"payout_consented"})
# Why something is kept or gone is itself kept: without these words nobody could answer for it.
NEVER_ERASED = frozenset({"legal_hold_placed", "legal_hold_lifted", "words_erased"})
# Events that belong to no trade, or only talk about it: they do not make it longer.
NO_TRADE = (
    *sorted(NEVER_ERASED),
    "command_refused",
    "message_sent",
    "alarm_acknowledged",
    "legal_limit_near",
)
ENDED = frozenset({"expired", "released", "refunded"})
MOVING_REFUNDS = frozenset({"decided", "sent", "parked", "by_bank"})
MOVING_PAYOUTS = frozenset({"charging", "wanted", "consented", "entered"})
LAWS: Mapping[str, str] = {TRADE: "电商法31", PAYMENT: "支付机构条例实施细则"}


def class_of(kind: str) -> str:
    """The class of the words beside an event of this kind; "" for words that are never erased."""
    if kind in NEVER_ERASED:
        return ""
    return PAYMENT if kind in PAYMENT_KINDS else TRADE


def open_why(order: Order) -> str:
    """Why the trade is not over: trade, case, channel_dispute or money; "" when it is."""
    if any(case.is_open() for case in order.cases):
        return "case"
    if order.channel_dispute_open():
        return "channel_dispute"
    moving = any(refund.status in MOVING_REFUNDS for refund in order.refunds)
    moving = moving or any(payout.status in MOVING_PAYOUTS for payout in order.payouts)
    moving = moving or any(recall.left_fen() for recall in order.recalls)
    if moving or order.totals.escrow or order.totals.refunding or order.totals.suspense:
        return "money"
    return "" if order.status in ENDED else "trade"


def was_traded(order: Order) -> bool:
    """Whether any money ever came in; an order that nobody paid is no trade."""
    return order.totals.received > 0


def years_after(day: date, years: int) -> date:
    """The day that answers to this one so many years on; the last of the month where there is none (民法典202)."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def kept_until(order: Order, ended_at: datetime, kept: str, years: Years) -> datetime:
    """The last second for which a class must be kept, aware UTC; the time of the end itself where nothing was paid."""
    if not was_traded(order):
        return ended_at
    return end_of_day(years_after(china_day(ended_at), years.of(kept))).astimezone(UTC)


def open_holds(order: Order) -> list[int]:
    """The numbers of the legal holds that stand."""
    return [hold.n for hold in order.legal_holds if not hold.lifted]


def erased_classes(order: Order, of: str) -> frozenset[str]:
    """Which classes of one side are erased already."""
    return frozenset(
        kept for erasure in order.erasures if erasure.of in (of, "all") for kept in erasure.classes.split()
    )


def erasable(order: Order, of: str, keeping: Keeping, now: datetime) -> list[str]:
    """The classes of one side that may go now and are not gone, of an order that is over and under no hold."""
    gone = erased_classes(order, of)
    return [
        kept
        for kept in (TRADE, PAYMENT)
        if kept not in gone
        and (not was_traded(order) or now > kept_until(order, keeping.ended_at, kept, keeping.years))
    ]


def is_erased(kind: str, author: str, n: int, erasures: Iterable[tuple[int, e.WordsErased]]) -> bool:
    """Whether an erasure covers the words that `author` (buyer, seller, reviewer …) wrote beside event n."""
    kept = class_of(kind)
    return bool(kept) and any(
        at > n and erased.of in ("all", author) and kept in erased.classes for at, erased in erasures
    )


def is_account_erased(erasures: Iterable[e.WordsErased]) -> bool:
    """Whether the account that the buyer gave at placing may be gone: it is the buyer's and of the trade."""
    return any(erased.of in ("all", "buyer") and TRADE in erased.classes for erased in erasures)
