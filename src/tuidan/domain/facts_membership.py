"""The facts that only a membership has: its plan, its days, who ended it, and whether its renewal was announced."""

from __future__ import annotations

from datetime import UTC, datetime

from tuidan.domain.calendar import china_day
from tuidan.domain.delivery import Unit
from tuidan.domain.membership import plan_of
from tuidan.domain.order import Order
from tuidan.domain.renewal import NOTICE_DAYS_MIN

SECONDS_PER_DAY = 86_400


def membership_facts(order: Order, unit: Unit, moment: int) -> dict[str, object]:
    """Only what is known: the days and the plan, and what was opened once it was."""
    known: dict[str, object] = {"activated": unit.status == "delivered"}
    if order.duration_days:
        known["days_total"] = order.duration_days
    plan = plan_of(order.plans, unit.n)
    if plan is None:
        if unit.status == "delivered" and unit.done_at:
            known["days_used"] = max(0, moment - unit.done_at) // SECONDS_PER_DAY
        return known
    if plan.months_ordered:
        known["plan_ordered_months"] = plan.months_ordered
    if plan.starts_on:
        known["days_used"] = plan.days_used(china_day(datetime.fromtimestamp(moment, tz=UTC)))
        known["plan_opened_months"] = plan.months_opened
    if plan.revocable:
        known["provider_revocable"] = plan.revocable == "yes"
    if plan.stopped_by:
        known["stop_cause"] = plan.stopped_by
    if order.renewals and order.renewals[0].of:
        known["renewal_notice_sent"] = order.renewals[0].noticed_days >= NOTICE_DAYS_MIN
    return known
