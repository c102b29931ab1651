"""What buyer and seller may do now with the work of a unit, a membership or a renewal: one list for page and API."""

from __future__ import annotations

from datetime import datetime

from tuidan.domain.delivery import Unit
from tuidan.domain.membership import plan_of
from tuidan.domain.order import Order, seconds
from tuidan.domain.service import Work, milestones_of, work_of

WORKABLE = frozenset({"waiting", "in_progress"})
IN_USE = frozenset({"in_progress", "delivered"})


def work_actions(order: Order, unit: Unit, party: str) -> tuple[str, ...]:
    """Of a service's unit: start_work, report_progress, stop_work for its seller; answer_progress, accept_work and
    start_clock for the buyer; stop_clock for both."""
    work = work_of(order.works, unit.n)
    if work is None or order.status != "paid":
        return ()
    live = not unit.refund_fen
    found = (
        _seller(unit, live and not work.stopped_by) if party == "seller" else _buyer(order, unit, work, live)
    )
    if work.clock == "on":
        found.append("stop_clock")
    return tuple(found)


def _seller(unit: Unit, live: bool) -> list[str]:
    if not live or unit.status not in WORKABLE:
        return []
    return (
        ["start_work", "report_progress", "stop_work"]
        if unit.status == "waiting"
        else ["report_progress", "stop_work"]
    )


def _buyer(order: Order, unit: Unit, work: Work, live: bool) -> list[str]:
    found = []
    waits = any(each.status in ("reported", "disputed") for each in milestones_of(order.milestones, unit.n))
    if live and waits and unit.status in IN_USE:
        found.append("answer_progress")
    free = not order.open_case_of(unit.n) and not order.confirmed_at
    if unit.status == "delivered" and not work.accepted_at and free:
        found.append("accept_work")
    has_time = work.minutes_total and work.minutes_used < work.minutes_total
    if has_time and work.clock == "off" and unit.status in IN_USE:
        found.append("start_clock")
    return found


def plan_actions(order: Order, unit: Unit, party: str) -> tuple[str, ...]:
    """Of a membership's unit: stop_membership for its shop and for the platform's reviewers."""
    plan = plan_of(order.plans, unit.n)
    if plan is None or unit.status != "delivered":
        return ()
    open_to = {"seller": ("running",), "reviewer": ("running", "stopped")}.get(party, ())
    return ("stop_membership",) if plan.status in open_to else ()


def renewal_actions(order: Order, now: datetime) -> tuple[str, ...]:
    """Of the buyer with the renewal: take_renewal while the offer stands, cancel_renewal until it is taken."""
    renewal = order.renewals[0] if order.renewals else None
    if renewal is None or renewal.status not in ("asked", "offered"):
        return ()
    stands = renewal.status == "offered" and seconds(now) <= seconds(datetime.fromisoformat(renewal.until))
    return ("take_renewal", "cancel_renewal") if stands else ("cancel_renewal",)
