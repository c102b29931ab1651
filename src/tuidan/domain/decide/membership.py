"""Deciders for memberships: opened with their days, stopped early, and what follows for the money (R9)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from tuidan.domain import commands as c
from tuidan.domain import effects
from tuidan.domain import events as e
from tuidan.domain.calendar import china_day, end_of_day
from tuidan.domain.decide.delivery import unit_of
from tuidan.domain.decide.ruling import request_by_system, rule_open_case
from tuidan.domain.delivery import Unit
from tuidan.domain.draft import Context, Draft, Refused
from tuidan.domain.membership import STOPPED_BY, STOPPED_BY_SIDE, last_day, plan_of
from tuidan.domain.renewal import NOTICE_DAYS


def check_plan(draft: Draft, unit: Unit, months: int) -> None:
    """Raise Refused where a plan is named that cannot have been opened on this unit."""
    plan = plan_of(draft.order.plans, unit.n)
    if months and (plan is None or not 1 <= months <= (plan.months_ordered or 0)):
        raise Refused("plan_unknown", months=plan.months_ordered if plan else 0)


def open_plan(draft: Draft, unit: Unit, months: int, context: Context) -> None:
    """Fix the days of a membership that was just handed over; a shorter plan than ordered pays the rest back."""
    order = draft.order
    plan = plan_of(order.plans, unit.n)
    if plan is None:
        return
    starts = china_day(draft.now)
    after = order.renewals[0].after if order.renewals else ""
    if after:
        starts = max(starts, date.fromisoformat(after))
    ends = last_day(starts, plan.days_total)
    opened = months or plan.months_ordered
    draft.add(e.MembershipActivated(unit.n, starts.isoformat(), ends.isoformat() if ends else "", opened))
    if opened < plan.months_ordered:
        request_by_system(draft, unit.n, "not_as_described", context)
    asked = order.renewals and order.renewals[0].status == "asked"
    if asked and ends:
        notice_at = end_of_day(ends - timedelta(days=NOTICE_DAYS + 1))
        draft.wake(effects.RENEWAL, max(0, int((notice_at - draft.now).total_seconds()) + 1))


def stop_membership(draft: Draft, command: c.StopMembership, context: Context) -> None:
    """It ended early: by whom and on which day. The seller's or the provider's stop pays back by itself (R9).

    What a shop said the platform may correct; a shop says it once.
    """
    unit = unit_of(draft.order, command.unit)
    plan = plan_of(draft.order.plans, unit.n)
    open_to = ("running",) if draft.actor.kind == "seller" else ("running", "stopped")
    if plan is None or plan.status not in open_to or unit.status != "delivered":
        raise Refused("membership_not_running", unit=unit.n)
    known = STOPPED_BY_SIDE if draft.actor.kind == "seller" else STOPPED_BY
    if command.by not in known:
        raise Refused("stop_cause_unknown", known=list(known))
    day, today = _day(command.stopped_on), china_day(draft.now)
    opened_on = min(date.fromisoformat(plan.starts_on), today)
    ended = date.fromisoformat(plan.ends_on) if plan.ends_on else today
    if day is None or not opened_on <= day <= min(today, ended):
        raise Refused(
            "stop_day_out_of_range", first=opened_on.isoformat(), last=min(today, ended).isoformat()
        )
    draft.add(e.MembershipStopped(unit.n, command.by, day.isoformat(), command.note_sha256))
    if command.by in STOPPED_BY_SIDE:
        request_by_system(draft, unit.n, "service_stopped", context)
    else:
        rule_open_case(draft, unit.n, context)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


DECIDERS: dict[type, Callable[..., None]] = {c.StopMembership: stop_membership}
