"""Memberships: one that ended early, and the renewal that is an offer of a new order."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tuidan.api import shapes_out as out
from tuidan.api import shapes_service as shapes
from tuidan.api.auth import caller_of
from tuidan.api.gate import idempotency_key, now, told
from tuidan.api.order import placed
from tuidan.api.problems import Problem
from tuidan.api.service import UNIT, done
from tuidan.api.shapes_in import PathNumber
from tuidan.commands.membership import stop_membership
from tuidan.commands.renewal import RenewalTicks, cancel_renewal, take_renewal
from tuidan.domain import commands as c
from tuidan.reads.viewer import visible_order

router = Router(tags=["memberships"])


@router.post(
    f"{UNIT}/membership-stop", response=shapes.WorkDoneTold, summary="Note that a membership ended early"
)
def stop_plan(
    request: HttpRequest, order_id: UUID, n: PathNumber, asked: shapes.MembershipStopAsked
) -> HttpResponse:
    """For members of the order's shop and for reviewers, who alone may find a buyer's breach (R9)."""
    key, viewer, at = idempotency_key(request), caller_of(request).viewer, now()
    order = visible_order(order_id, viewer)
    if order is None:
        raise Problem("not_found")
    if viewer.is_seller_of(order):
        actor = c.Actor("seller", order.seller)
    elif viewer.is_reviewer:
        actor = c.Actor("reviewer", str(viewer.person_id))
    else:
        raise Problem("not_allowed")
    outcome = stop_membership(order_id, actor, n, asked.by, asked.stopped_on, asked.note, key, at)
    return told(outcome, lambda events: done(order_id, n, events))


@router.post("/{uuid:order_id}/renewal", response={201: out.OrderPlacedTold}, summary="Order the next term")
def renew_order(request: HttpRequest, order_id: UUID, asked: shapes.RenewalAsked) -> HttpResponse:
    """For the buyer, while the offer stands. One offer makes one order, which is paid like any other or expires."""
    idempotency_key(request)
    ticks = RenewalTicks(asked.no_reason_excluded_confirmed, asked.auto_renew)
    outcome = take_renewal(order_id, caller_of(request).viewer.person_id, ticks, now())
    response = told(outcome, lambda events: placed(outcome.order_id, events[0]), 201)
    response["Location"] = f"/api/v1/orders/{outcome.order_id}"
    return response


@router.post(
    "/{uuid:order_id}/renewal/cancel", response=shapes.RenewalCancelledTold, summary="Call the renewal off"
)
def stop_renewal(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """For the buyer, at any time before it is taken. The present term runs on to its end."""
    key = idempotency_key(request)
    outcome = cancel_renewal(order_id, caller_of(request).viewer.person_id, key, now())
    return told(outcome, lambda events: {"order_id": order_id, "cancelled": True})
