"""The operators' switches for kinds of service that are off by default."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tuidan.api import shapes_service as shapes
from tuidan.api.auth import caller_of
from tuidan.api.gate import idempotency_key, json_response, now
from tuidan.api.problems import Problem
from tuidan.commands.service_switch import UnknownSwitch, switch_service
from tuidan.reads.service_switch import list_switches as read_switches

router = Router(tags=["services"])


def _operator(request: HttpRequest) -> None:
    if not caller_of(request).viewer.is_operator:
        raise Problem("not_allowed")


@router.get("", response=shapes.SwitchesTold, summary="Kinds of service with a switch")
def list_switches(request: HttpRequest) -> dict[str, object]:
    """For operators: boosting and rented accounts, and whether this site offers them."""
    _operator(request)
    return {"switches": read_switches()}


@router.post("/{service_type}", response=shapes.SwitchTold, summary="Switch a kind of service on or off")
def set_switch(
    request: HttpRequest, service_type: shapes.ServiceType, asked: shapes.SwitchAsked
) -> HttpResponse:
    """For operators. Off takes no new orders and listings; orders that exist go on."""
    idempotency_key(request)
    _operator(request)
    at = now()
    try:
        switch_service(service_type, on=asked.on, by=caller_of(request).viewer.person_id, now=at)
    except UnknownSwitch:
        raise Problem("not_found") from None
    return json_response({"type": service_type, "on": asked.on, "changed_at": at.isoformat()})
