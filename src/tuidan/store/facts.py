"""Where facts for a decision are gathered: one place for commands and for the standing answer alike.

What the order itself holds is assembled by `domain/facts.py`; this adds the pinned policy, the calendar and
facts from outside the order (ADR facts-in-one-place).
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.conf import settings

from tuidan.domain.books.book import FUND_ID
from tuidan.domain.draft import Context
from tuidan.domain.facts import Outside
from tuidan.domain.order import Order
from tuidan.domain.retention_state import Keeping, Years
from tuidan.store import policies
from tuidan.store.books.load import load_headroom
from tuidan.store.orders.retention import ended_at

# What is not asked for, or not known, never lowers a claim.
UNKNOWN_OUTSIDE = Outside()


def gather(order: Order) -> Context:
    """The context in which any command on this order is decided. Raises NoPolicy.

    Only an order whose escrow has gone to the seller asks what the advance fund has left.
    """
    outside = UNKNOWN_OUTSIDE
    if order.released_at:
        left_fen, order_fen_max = load_headroom(FUND_ID)
        outside = Outside(fund_left_fen=left_fen, fund_order_fen_max=order_fen_max)
    return Context(policies.policy_by_sha256(order.policy_sha256), policies.calendar(), outside)


def gather_asking(order: Order, history: tuple[int, int, int]) -> Context:
    """The same for a new request, or the question what one would bring: with the buyer's last 90 days (R13, R24).

    The request freezes them into the order, where every later decision finds them.
    """
    context = gather(order)
    orders, refunds, misoperations = history
    outside = replace(
        context.outside, orders_90d=orders, refunds_90d=refunds, misoperations_90d=misoperations
    )
    return Context(context.policy, context.calendar, outside)


def without_fund(context: Context) -> Context:
    """The same context where the fund lays out nothing: it refused just now."""
    return replace(context, outside=replace(context.outside, fund_left_fen=0))


def years_kept() -> Years:
    """For how many years this site keeps records: what the law asks for, or more by setting."""
    return Years(settings.KEEP_TRADE_YEARS, settings.KEEP_PAYMENT_YEARS)


def gather_keeping(order_id: UUID, order: Order) -> Context:
    """The same for an erasure: with the time at which the trade ended, and for how long records are kept."""
    context = gather(order)
    keeping = Keeping(ended_at(order_id), years_kept())
    return replace(context, outside=replace(context.outside, keeping=keeping))
