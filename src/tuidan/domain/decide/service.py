"""Deciders for the work of a service: begin, report, answer, accept, stop, and the clock of what is sold by time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from tuidan.domain import commands as c
from tuidan.domain import effects
from tuidan.domain import events as e
from tuidan.domain.calendar import china_day, end_of_day
from tuidan.domain.decide.delivery import fail_unit, unit_of
from tuidan.domain.decide.order import release_if_free
from tuidan.domain.decide.ruling import request_by_system, rule_open_case
from tuidan.domain.delivery import Unit
from tuidan.domain.draft import Context, Draft, Refused
from tuidan.domain.service import ANSWER_SECONDS, Milestone, Work, milestones_of, progress_of, work_of

WORKABLE = frozenset({"waiting", "in_progress"})
IN_USE = frozenset({"in_progress", "delivered"})
LOGIN_RESULTS = ("failed", "signed_in")
LOGIN_FAILURES_MAX = 20


def _unit_in_work(draft: Draft, n: int, states: frozenset[str]) -> Unit:
    """The unit of a service that is still paid for, and that its seller has not given up; raises Refused."""
    unit = unit_of(draft.order, n)
    if draft.order.goods_kind != "service" or draft.order.status != "paid" or unit.status not in states:
        raise Refused("unit_not_deliverable", unit=n)
    if unit.refund_fen:
        raise Refused("refund_decided", unit=n)
    work = work_of(draft.order.works, n)
    if work is not None and work.stopped_by and unit.status in WORKABLE and states <= WORKABLE:
        raise Refused("work_stopped", unit=n)
    return unit


def start_work(draft: Draft, command: c.StartWork, context: Context) -> None:
    """The seller begins."""
    unit = _unit_in_work(draft, command.unit, frozenset({"waiting"}))
    draft.add(e.WorkStarted(unit.n, command.note_sha256))


def report_progress(draft: Draft, command: c.ReportProgress, context: Context) -> None:
    """The seller claims more than was agreed so far; the buyer's time to answer begins."""
    unit = _unit_in_work(draft, command.unit, WORKABLE)
    milestone = _milestone(draft, unit.n, command.milestone)
    if not milestone.agreed < command.percent <= 100:
        raise Refused("progress_not_more", agreed=milestone.agreed)
    proofs = (command.note_sha256, command.link_sha256)
    draft.add(e.ProgressReported(unit.n, command.milestone, command.percent, *proofs))
    draft.wake(effects.PROGRESS_ANSWER, ANSWER_SECONDS + 1, unit.n)


def _milestone(draft: Draft, unit: int, place: int) -> Milestone:
    found = next((each for each in milestones_of(draft.order.milestones, unit) if each.place == place), None)
    if found is None:
        raise Refused("no_such_milestone", milestone=place)
    return found


def report_rest(draft: Draft, unit: Unit, note_sha256: str) -> None:
    """Handing the whole over claims every milestone that is not agreed to the end."""
    rest = [each for each in milestones_of(draft.order.milestones, unit.n) if each.agreed < 100]
    for each in rest:
        draft.add(e.ProgressReported(unit.n, each.place, 100, note_sha256))
    if rest:
        draft.wake(effects.PROGRESS_ANSWER, ANSWER_SECONDS + 1, unit.n)


def answer_progress(draft: Draft, command: c.AnswerProgress, context: Context) -> None:
    """The buyer judges the claim that was shown; after the handover a dispute opens a request by itself."""
    unit = _unit_in_work(draft, command.unit, IN_USE)
    milestone = _milestone(draft, unit.n, command.milestone)
    if milestone.status != "reported" and not (command.accept and milestone.status == "disputed"):
        raise Refused("nothing_to_answer", milestone=command.milestone)
    if command.percent != milestone.claimed:
        raise Refused("progress_changed", percent=milestone.claimed)
    if command.accept:
        draft.add(e.ProgressAccepted(unit.n, milestone.place, milestone.claimed, "buyer"))
        rule_open_case(draft, unit.n, context)
        return
    if not 0 <= command.own_percent < milestone.claimed:
        raise Refused("progress_not_less", percent=milestone.claimed)
    own, proof = command.own_percent, command.note_sha256
    draft.add(e.ProgressDisputed(unit.n, milestone.place, milestone.claimed, own, proof))
    if unit.status == "delivered" and draft.order.open_case_of(unit.n) is None:
        request_by_system(draft, unit.n, "not_as_described", context)


def pass_answer(draft: Draft, command: c.PassAnswer, context: Context) -> None:
    """Silence agrees to the progress of what was reported long enough ago, not to its quality."""
    order = draft.order
    unit = unit_of(order, command.unit)
    if order.status != "paid" or unit.refund_fen or unit.status not in IN_USE:
        return
    over = int(draft.now.timestamp()) - ANSWER_SECONDS
    waits = [each for each in milestones_of(order.milestones, unit.n) if each.status == "reported"]
    due = [each for each in waits if each.reported_at < over]
    for each in due:
        draft.add(e.ProgressAccepted(unit.n, each.place, each.claimed, "silence"))
    if due:
        rule_open_case(draft, unit.n, context)


def accept_work(draft: Draft, command: c.AcceptWork, context: Context) -> None:
    """The buyer accepts the whole of a unit; with the last one the seller is paid (S-035: no defect is cured)."""
    order = draft.order
    unit = unit_of(order, command.unit)
    work = _work_of(draft, unit.n)
    if work.accepted_at or order.confirmed_at or order.status != "paid":
        raise Refused("already_confirmed" if order.paid_at else "order_not_paid")
    if unit.status != "delivered":
        raise Refused("not_delivered_yet")
    if order.open_case_of(unit.n):
        raise Refused("case_open", unit=unit.n)
    draft.add(e.WorkAccepted(unit.n))
    rest = [each for each in order.works if not each.accepted_at and order.units[each.unit - 1].left_fen()]
    if not rest and not any(case.is_open() for case in order.cases):
        draft.add(e.ReceiptConfirmed())
        release_if_free(draft, "confirmed")


def _work_of(draft: Draft, unit: int) -> Work:
    work = work_of(draft.order.works, unit)
    if work is None:
        raise Refused("unit_not_deliverable", unit=unit)
    return work


def stop_work(draft: Draft, command: c.StopWork, context: Context) -> None:
    """The seller gives up: all goes back where nothing was agreed or claimed, else the rest by policy (R10)."""
    unit = _unit_in_work(draft, command.unit, WORKABLE)
    _work_of(draft, unit.n)
    nothing_done = progress_of(milestones_of(draft.order.milestones, unit.n)).percent == 0
    draft.add(e.WorkStopped(unit.n, "seller", command.note_sha256))
    if nothing_done:
        fail_unit(draft, unit.n, "seller_stopped", context)
    else:
        request_by_system(draft, unit.n, "service_stopped", context)


def start_clock(draft: Draft, command: c.StartClock, context: Context) -> None:
    """The buyer begins to use what was sold by time."""
    unit, work = _unit_by_time(draft, command.unit)
    if work.clock == "on":
        raise Refused("clock_running", unit=unit.n)
    if work.minutes_used >= work.minutes_total or unit.status not in IN_USE:
        raise Refused("clock_unavailable", unit=unit.n)
    draft.add(e.ClockStarted(unit.n))


def stop_clock(draft: Draft, command: c.StopClock, context: Context) -> None:
    """Either side ends the use; a rental's owner who ends it before its time took the account back."""
    unit, work = _unit_by_time(draft, command.unit)
    if work.clock != "on":
        raise Refused("clock_not_running", unit=unit.n)
    used = work.minutes_at(int(draft.now.timestamp()))
    by_owner = work.type == "account_rental" and draft.actor.kind == "seller"
    draft.add(e.ClockStopped(unit.n, used - work.minutes_used, by_owner and used < work.minutes_total))


def record_login(draft: Draft, command: c.RecordLogin, context: Context) -> None:
    """What the platform's login tool met at a rented account: failures show that the lease never began (R10)."""
    unit, work = _unit_by_time(draft, command.unit)
    if work.type != "account_rental" or unit.status != "delivered" or unit.refund_fen:
        raise Refused("unit_not_deliverable", unit=unit.n)
    if command.result not in LOGIN_RESULTS:
        raise Refused("login_result_unknown", known=list(LOGIN_RESULTS))
    if work.login_failures < LOGIN_FAILURES_MAX or command.result != "failed":
        draft.add(e.LoginTried(unit.n, command.result))


def _unit_by_time(draft: Draft, n: int) -> tuple[Unit, Work]:
    unit = unit_of(draft.order, n)
    work = work_of(draft.order.works, n)
    if work is None or not work.minutes_total:
        raise Refused("clock_unavailable", unit=n)
    return unit, work


def set_due(draft: Draft, context: Context) -> None:
    """At payment: work that is due some working days later gets its due time, once and for all (R17)."""
    for work in draft.order.works:
        if work.working_days:
            last = context.calendar.add_working_days(china_day(draft.now), work.working_days)
            move_due(draft, work.unit, end_of_day(last), "paid")


def move_due(draft: Draft, unit: int, due_at: datetime, why: str) -> None:
    """Set a unit's due time, or move it as both sides agreed (`extended`), and look again when it passes."""
    draft.add(e.WorkDueSet(unit, due_at.astimezone(UTC).isoformat(), why))
    draft.wake(effects.PROMISE, max(0, int((due_at - draft.now).total_seconds())) + 1)


DECIDERS: dict[type, Callable[..., None]] = {
    c.StartWork: start_work,
    c.ReportProgress: report_progress,
    c.AnswerProgress: answer_progress,
    c.PassAnswer: pass_answer,
    c.AcceptWork: accept_work,
    c.StopWork: stop_work,
    c.StartClock: start_clock,
    c.StopClock: stop_clock,
    c.RecordLogin: record_login,
}
