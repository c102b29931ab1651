"""Disputes at the payment channel: our answer to one, and the question whether the channel can still stop the money."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tuidan.api import shapes_channel as out
from tuidan.api.auth import caller_of
from tuidan.api.gate import idempotency_key, now, told
from tuidan.api.problems import Problem
from tuidan.api.shapes_in import ChannelAnswerAsked, PathNumber
from tuidan.commands.channel_dispute import answer_channel_dispute, ask_settlement
from tuidan.domain import commands as c
from tuidan.reads.viewer import visible_order

router = Router(tags=["channel disputes"])


@router.post(
    "/{uuid:order_id}/channel-disputes/{int:n}/answer",
    response=out.ChannelAnswerTold,
    summary="Answer a channel's dispute",
)
def create_channel_answer(
    request: HttpRequest, order_id: UUID, n: PathNumber, asked: ChannelAnswerAsked
) -> HttpResponse:
    """For operators: our side with its evidence in words, sent to the channel; may be added to until it decides."""
    key, viewer = idempotency_key(request), caller_of(request).viewer
    if visible_order(order_id, viewer) is None:
        raise Problem("not_found")
    if not viewer.is_operator:
        raise Problem("not_allowed")
    actor = c.Actor("operator", str(viewer.person_id))
    outcome = answer_channel_dispute(order_id, actor, n, asked.words, key, now())
    return told(outcome, lambda events: {"order_id": order_id, "dispute": n, "sent": True})


@router.post(
    "/{uuid:order_id}/settlement-check", response=out.SettlementAskedTold, summary="Ask about settlement"
)
def create_settlement_check(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """For the buyer, reviewers and operators: have the channel asked; the answer stands in the order soon after."""
    key, viewer = idempotency_key(request), caller_of(request).viewer
    order = visible_order(order_id, viewer)
    if order is None:
        raise Problem("not_found")
    if viewer.is_seller_of(order) and not viewer.is_buyer_of(order):
        raise Problem("not_allowed")
    kind = "buyer" if viewer.is_buyer_of(order) else "reviewer" if viewer.is_reviewer else "operator"
    outcome = ask_settlement(order_id, c.Actor(kind, str(viewer.person_id)), key, now())
    return told(outcome, lambda events: {"order_id": order_id, "asked": bool(events)})
