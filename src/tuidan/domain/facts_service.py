"""The facts that only a service has: how far it is and by whose word, when it is due, what was used of its time."""

from __future__ import annotations

from datetime import UTC, datetime

from tuidan.domain.delivery import Unit
from tuidan.domain.order import Order
from tuidan.domain.service import TIMED_TYPES, Progress, Work, milestones_of, progress_of, work_of


def service_facts(order: Order, unit: Unit, moment: int) -> dict[str, object]:
    """Only what is known. A stated null would mean that the two sides disagree about the progress."""
    work = work_of(order.works, unit.n)
    accepted = bool(order.confirmed_at or (work and work.accepted_at))
    known: dict[str, object] = {"accepted_by_buyer": accepted}
    progress = unit_progress(order, unit, moment)
    if progress is not None:
        known["progress_percent"] = progress.percent
        if progress.percent is not None:
            known["progress_agreed"] = progress.agreed
    due = due_at(order, unit)
    if due:
        known["deadline_passed"] = moment > due
        known["due_at"] = datetime.fromtimestamp(due, tz=UTC).isoformat()
    if work is not None:
        known.update(_terms(work, moment))
    return known


def reason_heard(order: Order, unit: Unit, reason: str) -> str:
    """The claimed reason, as far as the platform's own log bears it out.

    That the seller stopped shows in the log, because stopping is an act of the seller; a buyer's word for it costs
    no deposit. Without that act it is a question of being late: before the due time the seller is asked (R10, R11).
    """
    work = work_of(order.works, unit.n)
    if reason != "service_stopped" or work is None or work.stopped_by or work.taken_back:
        return reason
    return "late"


def due_at(order: Order, unit: Unit) -> int:
    """Seconds since 1970 at which the work is due; 0 where nothing was promised but the policy's usual time."""
    work = work_of(order.works, unit.n)
    if work is not None and work.work_due_at:
        return work.work_due_at
    promised = order.promised_seconds and order.paid_at and not order.usual_promise
    return order.paid_at + order.promised_seconds if promised else 0


def unit_progress(order: Order, unit: Unit, moment: int) -> Progress | None:
    """How far the unit is; None where nothing is known, as for orders from before there were milestones.

    Use by the platform's own clock needs nobody's agreement, unless the buyer disputes what was reported on it.
    """
    milestones = milestones_of(order.milestones, unit.n)
    if unit.status in ("waiting", "queued"):
        return Progress(0, agreed=False)
    if not milestones:
        old = 100 if unit.status == "delivered" else unit.progress_percent
        return Progress(old, agreed=False) if old else None
    told = progress_of(milestones)
    work = work_of(order.works, unit.n)
    if work is None or work.type != "coaching" or told.percent is None or unit.status == "delivered":
        return told
    used = work.minutes_at(moment)
    return Progress(used * 100 // work.minutes_total, agreed=True) if used else told


def _terms(work: Work, moment: int) -> dict[str, object]:
    told: dict[str, object] = {"type": work.type}
    if work.efficiency_fen:
        told["efficiency_deposit_fen"] = work.efficiency_fen
    if work.safety_fen:
        told["safety_deposit_fen"] = work.safety_fen
    if work.working_days:
        told["promise_working_days"] = work.working_days
    if work.type in TIMED_TYPES and work.minutes_total:
        told["hours_total"] = work.minutes_total // 60
        told["minutes_used"] = work.minutes_at(moment)
        told["kicked_by_owner"] = work.taken_back
    if work.login_failures:
        told["login_failures"] = work.login_failures
    if work.stopped_by:
        told["stopped_by"] = work.stopped_by
    return told
