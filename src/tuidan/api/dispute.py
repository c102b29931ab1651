"""Refund requests and cases: ask, withdraw, the reviewers' queue, a reviewer's decision."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tuidan.api import shapes_out as out
from tuidan.api.auth import caller_of
from tuidan.api.gate import idempotency_key, now, told
from tuidan.api.order import order_seen
from tuidan.api.problems import Problem
from tuidan.api.shapes_in import DecisionAsked, Page, PathNumber, RefundAsked
from tuidan.commands.dispute import decide_case, request_refund, withdraw_request
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.dispute.case import CASE_TABLE, STEP_OF_ROUTE
from tuidan.reads.lists import review_queue
from tuidan.reads.viewer import visible_order

STATUS_OF_ROUTE = {route: CASE_TABLE["checking", step] for route, step in STEP_OF_ROUTE.items()}
router = Router(tags=["refunds"])
queue_router = Router(tags=["refunds"])


@router.post("/{uuid:order_id}/refund-requests", response={201: out.RequestTold}, summary="Ask for a refund")
def create_refund_request(request: HttpRequest, order_id: UUID, asked: RefundAsked) -> HttpResponse:
    """For the buyer. What the published policy can decide is decided in this very call."""
    outcome = request_refund(
        order_id,
        caller_of(request).viewer.person_id,
        asked.unit,
        asked.reason,
        idempotency_key(request),
        now(),
        asked.amount_fen,
        asked.words,
    )
    return told(outcome, lambda events: _requested(order_id, events), 201)


def _requested(order_id: UUID, events: list[e.Event]) -> dict[str, object]:
    asked = events[0]
    assert isinstance(asked, e.RefundRequested)
    body: dict[str, object] = {
        "order_id": order_id,
        "case": asked.case,
        "unit": asked.unit,
        "reason": asked.reason,
        "status": "checking",
        "waits_for": asked.waits_for,
        "route": "",
        "due_at": None,
        "amount_fen": 0,
        "refund": None,
        "verdict": {},
    }
    for event in events[1:]:
        if isinstance(event, e.CaseOpened):
            body |= {
                "status": STATUS_OF_ROUTE[event.route],
                "route": event.route,
                "due_at": event.due_at,
                "verdict": event.verdict,
            }
        elif isinstance(event, e.RequestRejected):
            body |= {"status": "rejected", "verdict": event.verdict}
        elif isinstance(event, e.RefundDecided):
            body |= {
                "status": "approved",
                "due_at": event.due_at or None,
                "amount_fen": event.amount_fen,
                "refund": event.refund,
                "verdict": event.verdict,
            }
    return body


@router.get("/{uuid:order_id}/cases", response=out.CasesTold, summary="The cases of an order")
def list_cases(request: HttpRequest, order_id: UUID) -> dict[str, object]:
    """Every request with what became of it and the verdict that stands in its event."""
    view = order_seen(request, order_id)
    return {"order_id": order_id, "version": view.version, "cases": view.cases}


@router.post(
    "/{uuid:order_id}/cases/{int:n}/withdraw", response=out.WithdrawalTold, summary="Withdraw a request"
)
def withdraw_case(request: HttpRequest, order_id: UUID, n: PathNumber) -> HttpResponse:
    """For the buyer, while the case is open."""
    key = idempotency_key(request)
    outcome = withdraw_request(order_id, caller_of(request).viewer.person_id, n, key, now())
    return told(outcome, lambda events: {"order_id": order_id, "case": n, "status": "withdrawn"})


@router.post("/{uuid:order_id}/cases/{int:n}/decision", response=out.DecisionTold, summary="Decide a case")
def create_decision(
    request: HttpRequest, order_id: UUID, n: PathNumber, asked: DecisionAsked
) -> HttpResponse:
    """For reviewers who are no party of the order; refused when something material came after `seen_version`."""
    key, viewer, at = idempotency_key(request), caller_of(request).viewer, now()
    order = visible_order(order_id, viewer)
    if order is None:
        raise Problem("not_found")
    if not viewer.is_reviewer:
        raise Problem("not_allowed")
    if viewer.is_buyer_of(order) or viewer.is_seller_of(order):
        raise Problem("own_case")
    command = c.DecideCase(n, asked.approve, asked.amount_fen, tuple(asked.reasons), asked.seen_version)
    outcome = decide_case(order_id, viewer.person_id, command, key, at)
    return told(outcome, lambda events: _decided(order_id, n, events))


def _decided(order_id: UUID, case: int, events: list[e.Event]) -> dict[str, object]:
    granted = next((event for event in events if isinstance(event, e.RefundDecided)), None)
    return {
        "order_id": order_id,
        "case": case,
        "status": "approved" if granted else "rejected",
        "amount_fen": granted.amount_fen if granted else 0,
        "refund": granted.refund if granted else None,
    }


@queue_router.get("", response=out.QueueTold, summary="The reviewers' queue")
def list_queue(request: HttpRequest, page: Page = 0) -> dict[str, object]:
    """For reviewers: cases that wait for a person, the least time left first, 100 a page."""
    if not caller_of(request).viewer.is_reviewer:
        raise Problem("not_allowed")
    return {"cases": review_queue(page), "page": page}
