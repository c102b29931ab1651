"""A membership: the plan that was sold, the days it runs, and who ended it early (R9, S-104).

Days are days in China. The day of opening is not counted and the last day runs to 24:00 (民法典201, 203), so a
month opened on the 1st is unused all that day.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tuidan.domain import events as e
from tuidan.domain.transitions import Folds, Table, step

STOPPED_BY = ("seller", "provider", "buyer_breach")
# Who of them the seller may name: a buyer's breach is for the platform to find.
STOPPED_BY_SIDE = ("seller", "provider")
MONTHS_MAX = 120
PLAN_TABLE: Table = {
    ("sold", "membership_activated"): "running",
    ("running", "membership_stopped"): "stopped",
    ("stopped", "membership_stopped"): "stopped",
}


@dataclass(frozen=True, slots=True)
class MembershipTerms:
    """What was sold: days (0: no end) and the plan in months (0: none named); and what the renewal hangs on.

    `auto_renew`: the buyer asked to be told and offered the next term. `renewal_of` is the earlier order, `after` the
    last day of its term, `noticed_days` how long before it the renewal was announced (-1: this is no renewal).
    """

    days: int = 0
    months: int = 0
    auto_renew: bool = False
    renewal_of: str = ""
    after: str = ""
    noticed_days: int = -1

    def to_event(self) -> dict[str, object]:
        """The form in the placing event; what is not set is left out."""
        found: dict[str, object] = {"days": self.days}
        if self.months:
            found["months"] = self.months
        if self.auto_renew:
            found["auto_renew"] = True
        if self.renewal_of:
            found |= {"renewal_of": self.renewal_of, "after": self.after, "noticed_days": self.noticed_days}
        return found


@dataclass(slots=True)
class Plan:
    """The membership of one unit. Days are ISO dates in China; `months_opened` -1 means not opened yet."""

    unit: int
    days_total: int = 0
    months_ordered: int = 0
    starts_on: str = ""
    ends_on: str = ""
    months_opened: int = -1
    stopped_by: str = ""
    stopped_on: str = ""
    status: str = "sold"
    revocable: str = ""

    def days_used(self, today: date) -> int:
        """Whole days since the opening, to the day it was stopped or today; never above the days sold."""
        if not self.starts_on:
            return 0
        last = date.fromisoformat(self.stopped_on) if self.stopped_on else today
        used = max(0, (last - date.fromisoformat(self.starts_on)).days)
        return min(used, self.days_total) if self.days_total else used


def plan_of(plans: Sequence[Plan], unit: int) -> Plan | None:
    """The plan of one unit; None for goods of another kind, and for orders from before there were plans."""
    return next((plan for plan in plans if plan.unit == unit), None)


def last_day(starts_on: date, days_total: int) -> date | None:
    """The last day of a term of so many days; None where no end was sold."""
    return starts_on + timedelta(days=days_total) if days_total else None


def _place(rows: list[Plan], event: e.OrderPlaced, n: int, now: int) -> None:
    told = event.membership
    if told:
        days, months = int(str(told["days"])), int(str(told.get("months", 0)))
        rows.extend(Plan(unit, days, months) for unit in range(1, len(event.unit_paid_fen) + 1))


def _open(rows: list[Plan], event: e.MembershipActivated, n: int, now: int) -> None:
    plan = _move(rows, event)
    plan.starts_on, plan.ends_on, plan.months_opened = event.starts_on, event.ends_on, event.months


def _stop(rows: list[Plan], event: e.MembershipStopped, n: int, now: int) -> None:
    plan = _move(rows, event)
    plan.stopped_by, plan.stopped_on = event.by, event.stopped_on


def _move(rows: list[Plan], event: e.MembershipActivated | e.MembershipStopped) -> Plan:
    plan = plan_of(rows, event.unit)
    if plan is None:
        raise LookupError(f"unit {event.unit} is no membership")
    plan.status = step(PLAN_TABLE, plan.status, e.kind_of(event))
    return plan


def _hear(rows: list[Plan], event: e.IssuerAnswered, n: int, now: int) -> None:
    plan = plan_of(rows, event.unit)
    if plan is not None and event.revocable:
        plan.revocable = event.revocable


PLAN_FOLDS: Folds = {
    e.OrderPlaced: _place,
    e.MembershipActivated: _open,
    e.MembershipStopped: _stop,
    e.IssuerAnswered: _hear,
}
