"""A service: its terms, its milestones with their table, and how far the work is and by whose word.

Progress counts once both sides agree to it. What the seller reported and nobody answered is only stated; what the
buyer disputes is unknown, and an appraiser finds it (R10, S-030, S-031).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tuidan.domain import events as e
from tuidan.domain.transitions import Folds, Table, step

SERVICE_TYPES = ("custom_design", "custom_work", "coaching", "boosting", "account_rental")
# Off unless an operator switches them on, and never sold to minors (未成年人网络保护条例46).
SWITCHED_TYPES = frozenset({"boosting", "account_rental"})
# Sold by time; the platform's own clock counts the use.
TIMED_TYPES = frozenset({"coaching", "account_rental"})
WHOLE_BASIS_POINTS = 10_000
MILESTONES_MAX = 6
# An order's row stays small (ADR order-aggregate).
MILESTONES_PER_ORDER_MAX = 12
# A report that nobody answers counts as agreed after this; defects can still be claimed (S-035).
ANSWER_SECONDS = 48 * 3600

MILESTONE_TABLE: Table = {
    ("open", "progress_reported"): "reported",
    ("reported", "progress_reported"): "reported",
    ("accepted", "progress_reported"): "reported",
    ("disputed", "progress_reported"): "reported",
    ("reported", "progress_accepted"): "accepted",
    ("disputed", "progress_accepted"): "accepted",
    ("reported", "progress_disputed"): "disputed",
    ("open", "work_accepted"): "accepted",
    ("reported", "work_accepted"): "accepted",
    ("accepted", "work_accepted"): "accepted",
    ("disputed", "work_accepted"): "accepted",
}
CLOCK_TABLE: Table = {("off", "clock_started"): "on", ("on", "clock_stopped"): "off"}


@dataclass(frozen=True, slots=True)
class ServiceTerms:
    """What was sold: `shares` are the milestones' parts of the price in basis points, deposits fen.

    `working_days` after the payment day the work is due; 0: the listing's promise in seconds stands.
    """

    type: str
    shares: tuple[int, ...] = (WHOLE_BASIS_POINTS,)
    efficiency_deposit_fen: int = 0
    safety_deposit_fen: int = 0
    minutes_total: int = 0
    working_days: int = 0

    def to_event(self) -> dict[str, object]:
        """The form in the placing event; zeros are left out."""
        numbers = {
            "efficiency_deposit_fen": self.efficiency_deposit_fen,
            "safety_deposit_fen": self.safety_deposit_fen,
            "minutes_total": self.minutes_total,
            "working_days": self.working_days,
        }
        found: dict[str, object] = {"type": self.type, "shares": list(self.shares)}
        return found | {name: value for name, value in numbers.items() if value}


@dataclass(slots=True)
class Milestone:
    """Milestone `place` of a unit: `claimed` and `agreed` are percent of it, `reported_at` seconds since 1970."""

    unit: int
    place: int
    share: int
    status: str = "open"
    claimed: int = 0
    agreed: int = 0
    reported_at: int = 0


@dataclass(slots=True)
class Work:
    """What a unit of a service is and how it stands beside its milestones. Times are seconds since 1970, 0 not yet."""

    unit: int
    type: str
    efficiency_fen: int = 0
    safety_fen: int = 0
    minutes_total: int = 0
    working_days: int = 0
    work_due_at: int = 0
    started_at: int = 0
    accepted_at: int = 0
    stopped_by: str = ""
    minutes_used: int = 0
    clock_at: int = 0
    taken_back: bool = False
    clock: str = "off"
    login_failures: int = 0

    def minutes_at(self, moment: int) -> int:
        """Minutes used by then, a running use included; never above what was sold."""
        running = max(0, moment - self.clock_at) // 60 if self.clock_at else 0
        return min(self.minutes_total, self.minutes_used + running)


@dataclass(frozen=True, slots=True)
class Progress:
    """`percent` of the whole, None when the two sides disagree; `agreed` when both stand by it."""

    percent: int | None
    agreed: bool


def milestones_of(milestones: Sequence[Milestone], unit: int) -> list[Milestone]:
    """The milestones of one unit, in their order."""
    return [each for each in milestones if each.unit == unit]


def work_of(works: Sequence[Work], unit: int) -> Work | None:
    """The work of one unit; None for goods of another kind, and for orders from before there were terms of work."""
    return next((work for work in works if work.unit == unit), None)


def progress_of(milestones: Sequence[Milestone]) -> Progress:
    """How far one unit is: what is agreed, or what is claimed while an answer is open. Rounded down, as the price
    of unfinished work is the buyer's."""
    if any(each.status == "disputed" for each in milestones):
        return Progress(None, agreed=False)
    waits = any(each.status == "reported" for each in milestones)
    parts = (each.share * (each.claimed if each.status == "reported" else each.agreed) for each in milestones)
    return Progress(sum(parts) // WHOLE_BASIS_POINTS, agreed=not waits)


def _place_milestones(rows: list[Milestone], event: e.OrderPlaced, n: int, now: int) -> None:
    shares = event.service.get("shares", [])
    assert isinstance(shares, list)
    for unit in range(1, len(event.unit_paid_fen) + 1):
        rows.extend(Milestone(unit, place, share) for place, share in enumerate(shares, start=1))


def _find(rows: list[Milestone], unit: int, place: int) -> Milestone:
    found = next((each for each in rows if each.unit == unit and each.place == place), None)
    if found is None:
        raise LookupError(f"unit {unit} has no milestone {place}")
    return found


def _report(rows: list[Milestone], event: e.ProgressReported, n: int, now: int) -> None:
    row = _find(rows, event.unit, event.milestone)
    row.status = step(MILESTONE_TABLE, row.status, "progress_reported")
    row.claimed, row.reported_at = event.percent, now


def _agree(rows: list[Milestone], event: e.ProgressAccepted, n: int, now: int) -> None:
    row = _find(rows, event.unit, event.milestone)
    row.status = step(MILESTONE_TABLE, row.status, "progress_accepted")
    row.agreed = event.percent


def _disagree(rows: list[Milestone], event: e.ProgressDisputed, n: int, now: int) -> None:
    row = _find(rows, event.unit, event.milestone)
    row.status = step(MILESTONE_TABLE, row.status, "progress_disputed")


def _accept_all(rows: list[Milestone], event: e.WorkAccepted, n: int, now: int) -> None:
    for row in milestones_of(rows, event.unit):
        row.status = step(MILESTONE_TABLE, row.status, "work_accepted")
        row.claimed = row.agreed = 100


MILESTONE_FOLDS: Folds = {
    e.OrderPlaced: _place_milestones,
    e.ProgressReported: _report,
    e.ProgressAccepted: _agree,
    e.ProgressDisputed: _disagree,
    e.WorkAccepted: _accept_all,
}


def _place_works(rows: list[Work], event: e.OrderPlaced, n: int, now: int) -> None:
    terms: dict[str, object] = event.service
    if not terms:
        return
    names = ("efficiency_deposit_fen", "safety_deposit_fen", "minutes_total", "working_days")
    efficiency, safety, minutes, days = (int(str(terms.get(name, 0))) for name in names)
    for unit in range(1, len(event.unit_paid_fen) + 1):
        rows.append(Work(unit, str(terms["type"]), efficiency, safety, minutes, days))


def _work(rows: list[Work], unit: int) -> Work:
    found = work_of(rows, unit)
    if found is None:
        raise LookupError(f"unit {unit} is no work")
    return found


def _start(rows: list[Work], event: e.WorkStarted | e.ProgressReported, n: int, now: int) -> None:
    row = _work(rows, event.unit)
    row.started_at = row.started_at or now


def _accept(rows: list[Work], event: e.WorkAccepted, n: int, now: int) -> None:
    _work(rows, event.unit).accepted_at = now


def _stop(rows: list[Work], event: e.WorkStopped, n: int, now: int) -> None:
    _work(rows, event.unit).stopped_by = event.by


def _set_due(rows: list[Work], event: e.WorkDueSet, n: int, now: int) -> None:
    _work(rows, event.unit).work_due_at = int(datetime.fromisoformat(event.due_at).timestamp())


def _start_clock(rows: list[Work], event: e.ClockStarted, n: int, now: int) -> None:
    row = _work(rows, event.unit)
    row.clock = step(CLOCK_TABLE, row.clock, "clock_started")
    row.clock_at = now


def _stop_clock(rows: list[Work], event: e.ClockStopped, n: int, now: int) -> None:
    row = _work(rows, event.unit)
    row.clock = step(CLOCK_TABLE, row.clock, "clock_stopped")
    row.minutes_used += event.minutes
    row.taken_back = row.taken_back or event.taken_back
    row.clock_at = 0


def _log_in(rows: list[Work], event: e.LoginTried, n: int, now: int) -> None:
    row = _work(rows, event.unit)
    row.login_failures = row.login_failures + 1 if event.result == "failed" else 0


WORK_FOLDS: Folds = {
    e.OrderPlaced: _place_works,
    e.WorkStarted: _start,
    e.ProgressReported: _start,
    e.WorkAccepted: _accept,
    e.WorkStopped: _stop,
    e.WorkDueSet: _set_due,
    e.ClockStarted: _start_clock,
    e.ClockStopped: _stop_clock,
    e.LoginTried: _log_in,
}
