"""Orders: place one, list them, look at one, ask the standing answer, confirm receipt, read its chain of events."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tuidan.api import shapes_out as out
from tuidan.api.auth import caller_of
from tuidan.api.gate import idempotency_key, json_response, now, told
from tuidan.api.problems import Problem
from tuidan.api.shapes_in import OrderAsked, Page, PathNumber
from tuidan.commands.order import Basket, confirm_receipt, place_order
from tuidan.domain import events as e
from tuidan.reads.chain import read_chain
from tuidan.reads.lists import buyer_orders, shop_orders
from tuidan.reads.order import previews, read_order
from tuidan.reads.records import OrderLine, OrderView

router = Router(tags=["orders"])


def order_seen(request: HttpRequest, order_id: UUID) -> OrderView:
    """The order with its story. Raises Problem `not_found` for an unknown and for a foreign order alike."""
    view = read_order(order_id, caller_of(request).viewer, now())
    if view is None:
        raise Problem("not_found")
    return view


@router.post("", response={201: out.OrderPlacedTold}, summary="Place an order")
def create_order(request: HttpRequest, asked: OrderAsked) -> HttpResponse:
    """The key yields the order: asking twice with one key places one order."""
    key = idempotency_key(request)
    basket = Basket(
        asked.listing_id,
        asked.quantity,
        asked.account,
        asked.own_account,
        asked.no_reason_excluded_confirmed,
        asked.seen_price_fen,
        asked.declared_adult,
        asked.auto_renew,
        asked.coupon_id,
    )
    outcome = place_order(caller_of(request).viewer.person_id, basket, key, now())
    response = told(outcome, lambda events: placed(outcome.order_id, events[0]), 201)
    response["Location"] = f"/api/v1/orders/{outcome.order_id}"
    return response


def placed(order_id: UUID, event: e.Event) -> dict[str, object]:
    """What a new order is told as."""
    assert isinstance(event, e.OrderPlaced)
    return {
        "order_id": order_id,
        "status": "awaiting_payment",
        "currency": event.currency,
        "price_fen": sum(event.unit_paid_fen),
        "units": [{"n": n, "paid_fen": fen} for n, fen in enumerate(event.unit_paid_fen, 1)],
        "expires_at": event.expires_at,
        "policy_sha256": event.policy_sha256,
    }


@router.get("", response=out.OrdersTold, summary="My orders, or those of a shop of mine")
def list_orders(
    request: HttpRequest, shop: UUID | None = None, to_deliver: bool = False, page: Page = 0
) -> dict[str, object]:
    """Newest first, 100 a page. `shop` is for its members; `to_deliver` leaves only what waits for the seller."""
    viewer = caller_of(request).viewer
    found: list[OrderLine]
    if shop is None:
        found = buyer_orders(viewer.person_id, page)
    elif str(shop) in viewer.shops:
        found = shop_orders([shop], to_deliver, page)
    else:
        raise Problem("not_allowed")
    return {"orders": found, "page": page}


@router.get("/{uuid:order_id}", response=out.OrderTold, summary="One order with its story")
def show_order(request: HttpRequest, order_id: UUID) -> OrderView:
    """For its buyer, members of its shop, reviewers and operators."""
    return order_seen(request, order_id)


@router.get("/{uuid:order_id}/answer", response=out.AnswersTold, summary="The standing answer")
def show_answer(request: HttpRequest, order_id: UUID) -> dict[str, object]:
    """Can each unit be refunded now, how much, until when, on which facts, and what is the next step."""
    asked_at = now()
    view = read_order(order_id, caller_of(request).viewer, asked_at)
    if view is None:
        raise Problem("not_found")
    answers = [unit.answer for unit in view.units if unit.answer is not None]
    return {
        "order_id": order_id,
        "version": view.version,
        "asked_at": asked_at,
        "policy_sha256": view.policy_sha256,
        "answers": answers,
    }


@router.get("/{uuid:order_id}/units/{int:n}/preview", response=out.AnswersTold, summary="Before asking")
def show_preview(request: HttpRequest, order_id: UUID, n: PathNumber) -> dict[str, object]:
    """What a request for each reason would bring for this unit now; nothing is asked by it."""
    view, asked_at = order_seen(request, order_id), now()
    return {
        "order_id": order_id,
        "version": view.version,
        "asked_at": asked_at,
        "policy_sha256": view.policy_sha256,
        "answers": previews(order_id, n, caller_of(request).viewer, asked_at),
    }


@router.post("/{uuid:order_id}/confirm", response=out.ReceiptTold, summary="Confirm receipt")
def confirm_order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """For the buyer. Releases the escrow; a defect found later can still be claimed."""
    key = idempotency_key(request)
    outcome = confirm_receipt(order_id, caller_of(request).viewer.person_id, key, now())
    return told(outcome, lambda events: _confirmed(order_id, events))


def _confirmed(order_id: UUID, events: list[e.Event]) -> dict[str, object]:
    released = sum(event.amount_fen for event in events if isinstance(event, e.OrderReleased))
    return {"order_id": order_id, "confirmed": True, "released_fen": released}


@router.get("/{uuid:order_id}/events", response=out.EventsTold, summary="The chain of events")
def list_events(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Each event byte for byte: hash = SHA-256(prev + body), the first `prev` is 32 zero bytes."""
    links = read_chain(order_id, caller_of(request).viewer)
    if links is None:
        raise Problem("not_found")
    events = [
        {"n": link.n, "prev": link.prev.hex(), "hash": link.hash.hex(), "body": link.body.decode()}
        for link in links
    ]
    return json_response({"order_id": order_id, "events": events})
