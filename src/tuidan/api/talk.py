"""The talk about an order: read it, say something, answer by one tap, take a copy along; a shop's open questions."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tuidan.api import shapes_talk as told_shapes
from tuidan.api.auth import caller_of
from tuidan.api.gate import idempotency_key, now, told
from tuidan.api.problems import Problem
from tuidan.api.shapes_in import Page
from tuidan.api.shapes_talk import ContactAnswerAsked, MessageAsked, Seen
from tuidan.commands.picture_codes import UnreadablePicture, read_codes
from tuidan.commands.talk import Message, answer_contact, send_message
from tuidan.domain import events as e
from tuidan.reads.lists import open_questions
from tuidan.reads.talk import TalkView, read_copy, read_talk
from tuidan.reads.viewer import visible_order

router = Router(tags=["talk"])
questions_router = Router(tags=["talk"])


@router.get("/{uuid:order_id}/messages", response=told_shapes.TalkTold, summary="The talk of an order")
def list_messages(request: HttpRequest, order_id: UUID, after: Seen = 0) -> TalkView:
    """For its buyer, members of its shop, reviewers and operators; `after` leaves out what was seen already."""
    view = read_talk(order_id, caller_of(request).viewer, after)
    if view is None:
        raise Problem("not_found")
    return view


@router.post(
    "/{uuid:order_id}/messages", response={201: told_shapes.MessageSentTold}, summary="Send a message"
)
def create_message(request: HttpRequest, order_id: UUID, asked: MessageAsked) -> HttpResponse:
    """As buyer or shop of the order, else as the platform. What the words hold is flagged and never blocked."""
    key, viewer, at = idempotency_key(request), caller_of(request).viewer, now()
    order = visible_order(order_id, viewer)
    if order is None:
        raise Problem("not_found")
    pictured = (*asked.pictured, *_read(asked.pictures))
    message = Message(asked.words, asked.template, asked.asks, asked.unit, asked.case, pictured)
    outcome = send_message(order_id, viewer.speaks_as(order), message, key, at)
    return told(outcome, lambda events: _sent(order_id, events), 201)


def _read(pictures: list[bytes]) -> list[str]:
    """What the codes of the pictures say. Raises Problem `invalid_input` for what is no picture."""
    try:
        return [text for picture in pictures for text in read_codes(picture)]
    except UnreadablePicture as error:
        fields = [{"in": "body", "field": "pictures", "rule": "unreadable_picture", "message": str(error)}]
        raise Problem("invalid_input", {"fields": fields}) from error


def _sent(order_id: UUID, events: list[e.Event]) -> dict[str, object]:
    event = events[0]
    assert isinstance(event, e.MessageSent)
    return {
        "order_id": order_id,
        "n": event.n,
        "by": event.by,
        "flags": event.flags,
        "asks": event.asks,
        "unit": event.unit,
        "due_at": event.due_at or None,
    }


@router.post(
    "/{uuid:order_id}/contact-answers",
    response=told_shapes.ContactAnsweredTold,
    summary="Answer the buyer's question",
)
def create_contact_answer(request: HttpRequest, order_id: UUID, asked: ContactAnswerAsked) -> HttpResponse:
    """For the shop. It stops the clock of silence; an agreement becomes money only when the buyer takes it."""
    key, viewer, at = idempotency_key(request), caller_of(request).viewer, now()
    order = visible_order(order_id, viewer)
    if order is None:
        raise Problem("not_found")
    if not viewer.is_seller_of(order):
        raise Problem("not_allowed")
    outcome = answer_contact(order_id, UUID(order.seller), asked.kind, key, at, asked.unit, asked.amount_fen)
    return told(outcome, lambda events: _answered(order_id, events))


def _answered(order_id: UUID, events: list[e.Event]) -> dict[str, object]:
    event = events[0]
    assert isinstance(event, e.ContactAnswered)
    return {
        "order_id": order_id,
        "unit": event.unit,
        "response": event.response,
        "offered_fen": event.offered_fen,
    }


@router.get(
    "/{uuid:order_id}/messages/copy",
    response=told_shapes.CopyTold,
    summary="A copy of the talk that verifies",
)
def copy_messages(request: HttpRequest, order_id: UUID) -> dict[str, object]:
    """Each event as hashed with its words; the lines, joined by newlines, check against the chain of events."""
    copy = read_copy(order_id, caller_of(request).viewer, now())
    if copy is None:
        raise Problem("not_found")
    return {"order_id": order_id, "lines": copy.decode().removesuffix("\n").split("\n")}


@questions_router.get("", response=told_shapes.QuestionsTold, summary="Questions that wait for a shop")
def list_questions(request: HttpRequest, page: Page = 0) -> dict[str, object]:
    """For members of a shop: the least time left first, 100 a page."""
    viewer = caller_of(request).viewer
    if not viewer.shops:
        raise Problem("not_allowed")
    return {"questions": open_questions([UUID(shop) for shop in viewer.shops], page), "page": page}
