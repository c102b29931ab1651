"""The work of a service: begin, report on a milestone, answer, accept, stop, run the clock."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tuidan.api import shapes_service as shapes
from tuidan.api.auth import caller_of
from tuidan.api.gate import idempotency_key, now, told
from tuidan.api.problems import Problem
from tuidan.api.shapes_in import PathNumber
from tuidan.commands import service
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.reads.viewer import visible_order

router = Router(tags=["services"])
UNIT = "/{uuid:order_id}/units/{int:n}"
MILESTONE = f"{UNIT}/milestones/{{int:place}}"


def shop_of(request: HttpRequest, order_id: UUID) -> UUID:
    """The order's shop, for a member of it. Raises Problem `not_found` or `not_allowed`."""
    viewer = caller_of(request).viewer
    order = visible_order(order_id, viewer)
    if order is None:
        raise Problem("not_found")
    if not viewer.is_seller_of(order):
        raise Problem("not_allowed")
    return UUID(order.seller)


def done(order_id: UUID, unit: int, events: list[e.Event]) -> dict[str, object]:
    """What one act brought for the money, from its events alone."""
    return {
        "order_id": order_id,
        "unit": unit,
        "event": e.kind_of(events[0]),
        "released_fen": sum(each.amount_fen for each in events if isinstance(each, e.OrderReleased)),
        "refund_fen": sum(each.amount_fen for each in events if isinstance(each, e.RefundDecided)),
    }


@router.post(f"{UNIT}/start", response=shapes.WorkDoneTold, summary="Begin the work")
def start_work(request: HttpRequest, order_id: UUID, n: PathNumber, asked: shapes.NoteAsked) -> HttpResponse:
    """For members of the order's shop. From here on the work is paid by agreed progress."""
    key, shop, at = idempotency_key(request), shop_of(request, order_id), now()
    outcome = service.start_work(order_id, shop, n, asked.note, key, at)
    return told(outcome, lambda events: done(order_id, n, events))


@router.post(f"{MILESTONE}/report", response=shapes.ProgressTold, summary="Report on a milestone")
def report_progress(
    request: HttpRequest, order_id: UUID, n: PathNumber, place: shapes.PathPlace, asked: shapes.ReportAsked
) -> HttpResponse:
    """For members of the order's shop: how far it is, with a proof. It counts once the buyer agrees, or after 48 h."""
    key, shop, at = idempotency_key(request), shop_of(request, order_id), now()
    outcome = service.report_progress(
        order_id, shop, n, place, asked.percent, asked.note, asked.link, key, at
    )
    return told(outcome, lambda events: _progress(order_id, events))


@router.post(f"{MILESTONE}/answer", response=shapes.ProgressTold, summary="Agree to a report, or dispute it")
def answer_progress(
    request: HttpRequest, order_id: UUID, n: PathNumber, place: shapes.PathPlace, asked: shapes.AnswerAsked
) -> HttpResponse:
    """For the buyer. It is about progress only; a defect can still be claimed."""
    key, buyer = idempotency_key(request), caller_of(request).viewer.person_id
    answer = c.AnswerProgress(n, place, asked.percent, asked.accept, asked.own_percent)
    outcome = service.answer_progress(order_id, buyer, answer, asked.note, key, now())
    return told(outcome, lambda events: _progress(order_id, events))


def _progress(order_id: UUID, events: list[e.Event]) -> dict[str, object]:
    event = events[0]
    assert isinstance(event, e.ProgressReported | e.ProgressAccepted | e.ProgressDisputed)
    return {
        "order_id": order_id,
        "unit": event.unit,
        "milestone": event.milestone,
        "percent": event.percent,
        "status": e.kind_of(event).removeprefix("progress_"),
    }


@router.post(f"{UNIT}/accept", response=shapes.WorkDoneTold, summary="Accept the whole work")
def accept_work(request: HttpRequest, order_id: UUID, n: PathNumber) -> HttpResponse:
    """For the buyer. With the last unit the escrow goes to the seller; a defect can still be claimed."""
    key, buyer = idempotency_key(request), caller_of(request).viewer.person_id
    outcome = service.accept_work(order_id, buyer, n, key, now())
    return told(outcome, lambda events: done(order_id, n, events))


@router.post(f"{UNIT}/stop", response=shapes.WorkDoneTold, summary="Stop the work")
def stop_work(request: HttpRequest, order_id: UUID, n: PathNumber, asked: shapes.NoteAsked) -> HttpResponse:
    """For members of the order's shop. What is not done goes back by rule, with the displayed deposit."""
    key, shop, at = idempotency_key(request), shop_of(request, order_id), now()
    outcome = service.stop_work(order_id, shop, n, asked.note, key, at)
    return told(outcome, lambda events: done(order_id, n, events))


@router.post(f"{UNIT}/clock", response=shapes.ClockTold, summary="Start or stop the clock")
def run_clock(request: HttpRequest, order_id: UUID, n: PathNumber, asked: shapes.ClockAsked) -> HttpResponse:
    """For the buyer, who alone starts it; members of the order's shop may stop it."""
    key, viewer, at = idempotency_key(request), caller_of(request).viewer, now()
    if asked.act == "start":
        outcome = service.start_clock(order_id, viewer.person_id, n, key, at)
    else:
        order = visible_order(order_id, viewer)
        by_shop = order is not None and viewer.is_seller_of(order) and order.buyer != str(viewer.person_id)
        shop = c.Actor("seller", order.seller) if order and by_shop else None
        outcome = service.stop_clock(order_id, shop or c.Actor("buyer", str(viewer.person_id)), n, key, at)
    return told(outcome, lambda events: _clock(order_id, events[0]))


def _clock(order_id: UUID, event: e.Event) -> dict[str, object]:
    assert isinstance(event, e.ClockStarted | e.ClockStopped)
    minutes = event.minutes if isinstance(event, e.ClockStopped) else 0
    running = isinstance(event, e.ClockStarted)
    return {"order_id": order_id, "unit": event.unit, "running": running, "minutes": minutes}


@router.post(f"{UNIT}/logins", response=shapes.LoginTold, summary="Report a sign-in to a rented account")
def report_login(
    request: HttpRequest, order_id: UUID, n: PathNumber, asked: shapes.LoginAsked
) -> HttpResponse:
    """For the platform's login tool, which has an operator's key: each try goes on record, so nobody need prove it."""
    key, viewer, at = idempotency_key(request), caller_of(request).viewer, now()
    order = visible_order(order_id, viewer)
    if order is None:
        raise Problem("not_found")
    if not viewer.is_operator:
        raise Problem("not_allowed")
    if viewer.is_buyer_of(order) or viewer.is_seller_of(order):
        raise Problem("own_case")
    outcome = service.record_login(order_id, viewer.person_id, n, asked.result, key, at)
    return told(outcome, lambda events: {"order_id": order_id, "unit": n, "result": asked.result})
