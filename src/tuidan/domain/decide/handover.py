"""The decider for what a seller hands over: a manual top-up, a membership with its days, the whole of a service."""

from __future__ import annotations

from tuidan.domain import commands as c
from tuidan.domain import effects
from tuidan.domain import events as e
from tuidan.domain.decide.delivery import unit_of
from tuidan.domain.decide.membership import check_plan, open_plan
from tuidan.domain.decide.order import arm_release
from tuidan.domain.decide.ruling import rule_open_case
from tuidan.domain.decide.service import report_progress, report_rest
from tuidan.domain.draft import Context, Draft, Refused
from tuidan.domain.service import milestones_of, work_of

TRACE_CHARS_MAX = 64


def deliver_by_seller(draft: Draft, command: c.DeliverBySeller, context: Context) -> None:
    """The seller hands over a membership, a service or a manual top-up, or tells how far the work is."""
    unit = unit_of(draft.order, command.unit)
    if draft.order.status != "paid" or draft.order.goods_kind == "card_code":
        raise Refused("unit_not_deliverable", unit=unit.n)
    if unit.refund_fen:
        raise Refused("refund_decided", unit=unit.n)
    if not 0 < command.progress_percent <= 100 or unit.status not in ("waiting", "in_progress"):
        raise Refused("unit_not_deliverable", unit=unit.n)
    if command.progress_percent < 100:
        _tell_progress(draft, command, context)
        return
    work = work_of(draft.order.works, unit.n)
    if work is not None and work.stopped_by:
        raise Refused("work_stopped", unit=unit.n)
    check_plan(draft, unit, command.months)
    trace_no = command.trace_no.strip()
    if len(trace_no) > TRACE_CHARS_MAX:
        raise Refused("reference_missing")
    draft.add(e.UnitDelivered(unit.n, "seller", note_sha256=command.note_sha256, trace_no=trace_no))
    if trace_no and draft.order.issuer and draft.order.goods_kind == "top_up":
        draft.effect(effects.CHECK_CREDIT, unit.n)
    report_rest(draft, unit, command.note_sha256)
    open_plan(draft, unit, command.months, context)
    rule_open_case(draft, unit.n, context)
    arm_release(draft)


def _tell_progress(draft: Draft, command: c.DeliverBySeller, context: Context) -> None:
    """A bare percentage is a report on the milestone, where there is one; with several it must be said on which."""
    found = milestones_of(draft.order.milestones, command.unit)
    if len(found) > 1:
        raise Refused("milestone_needed", milestones=len(found))
    if found:
        report = c.ReportProgress(command.unit, 1, command.progress_percent, command.note_sha256)
        report_progress(draft, report, context)
        return
    draft.add(e.UnitStarted(command.unit, command.progress_percent, command.note_sha256))
