"""Units: list them, have a code shown, hand one over as its seller."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tuidan.api import shapes_out as out
from tuidan.api.auth import caller_of
from tuidan.api.gate import idempotency_key, now, told
from tuidan.api.order import order_seen
from tuidan.api.problems import Problem
from tuidan.api.shapes_in import CopyAsked, DeliveryAsked, PathNumber
from tuidan.commands.delivery import deliver_by_seller
from tuidan.commands.reveal import CodeUnavailable, SeenFrom, note_copy, note_masked, show_code
from tuidan.domain import events as e
from tuidan.reads.viewer import visible_order

router = Router(tags=["units"])


@router.get("/{uuid:order_id}/units", response=out.UnitsTold, summary="The units of an order")
def list_units(request: HttpRequest, order_id: UUID) -> dict[str, object]:
    """Each code, top-up, membership or service with its own delivery and money. Codes stay masked."""
    return {"order_id": order_id, "units": order_seen(request, order_id).units}


@router.post("/{uuid:order_id}/units/{int:n}/reveal", response=out.CodeTold, summary="Show a code")
def reveal_unit(request: HttpRequest, order_id: UUID, n: PathNumber) -> HttpResponse:
    """For the buyer. Showing is logged and cannot be undone: it changes what a refund request will bring."""
    key, caller = idempotency_key(request), caller_of(request)
    try:
        shown = show_code(order_id, caller.viewer.person_id, n, caller.key_sha256, key, now(), _from(request))
    except CodeUnavailable as refused:
        raise Problem("code_unavailable", {"unit": n}) from refused
    code = shown.code
    return told(
        shown.outcome,
        lambda events: {
            "order_id": order_id,
            "unit": n,
            "number": code.number if code else "",
            "secret": code.secret if code else "",
        },
    )


def _from(request: HttpRequest) -> SeenFrom:
    return SeenFrom(str(request.META.get("REMOTE_ADDR", "")), str(request.META.get("HTTP_USER_AGENT", "")))


@router.post(
    "/{uuid:order_id}/units/seen", response=out.SeenTold, summary="Say that the masked codes were shown"
)
def see_units(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """For the buyer's app: the first look at each sealed code is put on record; asking again changes nothing."""
    key, viewer, at = idempotency_key(request), caller_of(request).viewer, now()
    order = order_seen(request, order_id)
    if order.buyer_id != viewer.person_id:
        raise Problem("not_allowed")
    tails = {unit.n: unit.tail for unit in order.units if unit.to_be_seen_masked()}
    outcome = note_masked(order_id, viewer.person_id, tails, at, key)
    return told(
        outcome, lambda events: {"order_id": order_id, "units": [_unit_of(event) for event in events]}
    )


def _unit_of(event: e.Event) -> int:
    assert isinstance(event, e.MaskedSeen | e.CodeCopied)
    return event.unit


@router.post(
    "/{uuid:order_id}/units/{int:n}/copied", response=out.SeenTold, summary="Say that a code was copied"
)
def copy_unit(request: HttpRequest, order_id: UUID, n: PathNumber, asked: CopyAsked) -> HttpResponse:
    """For the buyer's app: which part of the shown code was copied. The first few copies are kept."""
    key, caller = idempotency_key(request), caller_of(request)
    outcome = note_copy(order_id, caller.viewer.person_id, n, asked.part, key, now())
    return told(
        outcome, lambda events: {"order_id": order_id, "units": [_unit_of(event) for event in events]}
    )


@router.post("/{uuid:order_id}/units/{int:n}/deliver", response=out.DeliveryTold, summary="Hand a unit over")
def deliver_unit(request: HttpRequest, order_id: UUID, n: PathNumber, asked: DeliveryAsked) -> HttpResponse:
    """For members of the order's shop: deliver (100 percent), or tell how far a service is."""
    key, viewer, at = idempotency_key(request), caller_of(request).viewer, now()
    order = visible_order(order_id, viewer)
    if order is None:
        raise Problem("not_found")
    if not viewer.is_seller_of(order):
        raise Problem("not_allowed")
    outcome = deliver_by_seller(
        order_id,
        UUID(order.seller),
        n,
        asked.note,
        asked.progress_percent,
        key,
        at,
        asked.months,
        asked.trace_no,
    )
    return told(outcome, lambda events: _delivered(order_id, events[0]))


def _delivered(order_id: UUID, event: e.Event) -> dict[str, object]:
    assert isinstance(event, e.UnitDelivered | e.UnitStarted | e.ProgressReported)
    percent = 100
    if isinstance(event, e.UnitStarted):
        percent = event.progress_percent
    elif isinstance(event, e.ProgressReported):
        percent = event.percent
    status = "delivered" if percent == 100 else "in_progress"
    return {"order_id": order_id, "unit": event.unit, "status": status, "progress_percent": percent}
