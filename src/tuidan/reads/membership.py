"""A membership and its renewal, ready to show: the days in China, who stopped it, what is on offer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from tuidan.domain.calendar import china_day
from tuidan.domain.delivery import Unit
from tuidan.domain.membership import plan_of
from tuidan.domain.order import Order
from tuidan.domain.service_actions import plan_actions, renewal_actions
from tuidan.store.orders.story import Story


@dataclass(frozen=True, slots=True)
class PlanView:
    """The membership of a unit, in days of China; `months_opened` None until opened; `over`: last day passed."""

    days_total: int
    days_used: int
    months_ordered: int
    months_opened: int | None
    starts_on: date | None
    ends_on: date | None
    stopped_by: str
    stopped_on: date | None
    stop_note: str
    over: bool
    seller_may: tuple[str, ...]
    reviewer_may: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RenewalView:
    """What became of the renewal: `status` none, asked, offered, taken or cancelled; `of` and `next` name orders.

    `noticed_at` is when this order's renewal was announced, `until` when the offer ends; amounts fen.
    """

    status: str
    of: str
    next: str
    price_fen: int
    noticed_at: datetime | None
    until: datetime | None
    ends_on: date | None
    may: tuple[str, ...]


def _date(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def show_plan(order: Order, unit: Unit, story: Story, now: datetime) -> PlanView | None:
    """None where the unit is no membership, or was ordered before memberships had plans."""
    plan = plan_of(order.plans, unit.n)
    if plan is None:
        return None
    stopped = next(
        (row for row in story.rows if row.kind == "membership_stopped" and row.data["unit"] == unit.n), None
    )
    return PlanView(
        days_total=plan.days_total,
        days_used=plan.days_used(china_day(now)),
        months_ordered=plan.months_ordered,
        months_opened=plan.months_opened if plan.months_opened >= 0 else None,
        starts_on=_date(plan.starts_on),
        ends_on=_date(plan.ends_on),
        stopped_by=plan.stopped_by,
        stopped_on=_date(plan.stopped_on),
        stop_note=story.words.get(stopped.n, "") if stopped else "",
        over=bool(plan.ends_on) and china_day(now) > date.fromisoformat(plan.ends_on),
        seller_may=plan_actions(order, unit, "seller"),
        reviewer_may=plan_actions(order, unit, "reviewer"),
    )


def show_renewal(order: Order, story: Story, now: datetime) -> RenewalView | None:
    """None where nobody asked for a renewal and none is renewed."""
    if not order.renewals:
        return None
    renewal = order.renewals[0]
    noticed = next((row for row in story.rows if row.kind == "renewal_noticed"), None)
    return RenewalView(
        status=renewal.status,
        of=renewal.of,
        next=renewal.next,
        price_fen=renewal.price_fen,
        noticed_at=noticed.at if noticed else None,
        until=datetime.fromisoformat(renewal.until) if renewal.until else None,
        ends_on=_date(str(noticed.data["ends_on"])) if noticed else None,
        may=renewal_actions(order, now),
    )
