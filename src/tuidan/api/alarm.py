"""Alarms for operators: the orders that have one, and acknowledging one with a reason."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tuidan.api import shapes_channel as out
from tuidan.api.auth import caller_of
from tuidan.api.gate import idempotency_key, now, told
from tuidan.api.problems import Problem
from tuidan.api.shapes_in import AcknowledgementAsked, Page
from tuidan.commands.alarm import acknowledge_alarm
from tuidan.reads.alarm import read_alarms
from tuidan.reads.lists import alarms
from tuidan.reads.viewer import visible_order

router = Router(tags=["alarms"])
list_router = Router(tags=["alarms"])


@list_router.get("", response=out.AlarmsTold, summary="Orders with an alarm")
def list_alarms(request: HttpRequest, page: Page = 0) -> dict[str, object]:
    """For operators: newest first, 100 a page, with the most urgent alarm of each."""
    if not caller_of(request).viewer.is_operator:
        raise Problem("not_allowed")
    lines = alarms(page)
    return {"orders": [{"order_id": line.order_id, "alarm": line.alarm} for line in lines], "page": page}


def _seen(request: HttpRequest, order_id: UUID) -> UUID:
    viewer = caller_of(request).viewer
    if visible_order(order_id, viewer) is None:
        raise Problem("not_found")
    if not viewer.is_operator:
        raise Problem("not_allowed")
    return viewer.person_id


@router.get("/{uuid:order_id}/alarms", response=out.OrderAlarmsTold, summary="The alarms of an order")
def list_order_alarms(request: HttpRequest, order_id: UUID) -> dict[str, object]:
    """For operators: each with its measure, fen or a count, that an acknowledgement must name."""
    _seen(request, order_id)
    return {"order_id": order_id, "alarms": read_alarms(order_id)}


@router.post(
    "/{uuid:order_id}/alarms/{slug:name}/acknowledge",
    response=out.AcknowledgementTold,
    summary="Acknowledge an alarm",
)
def create_acknowledgement(
    request: HttpRequest, order_id: UUID, name: str, asked: AcknowledgementAsked
) -> HttpResponse:
    """For operators: with a reason; refused when the alarm has grown since it was seen."""
    operator = _seen(request, order_id)
    key = idempotency_key(request)
    outcome = acknowledge_alarm(order_id, operator, name, asked.measure, asked.words, key, now())
    return told(outcome, lambda events: {"order_id": order_id, "alarm": name, "measure": asked.measure})
