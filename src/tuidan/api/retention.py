"""What is kept and erased: a person's own copy and wish, an order's holds and erasures, the operators' report."""

from __future__ import annotations

from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from ninja import Router

from tuidan.api import shapes_retention as out
from tuidan.api.auth import caller_of
from tuidan.api.gate import idempotency_key, json_response, now, told
from tuidan.api.problems import Problem
from tuidan.commands.erasure_request import ask_erasure
from tuidan.commands.retention import erase_due, erase_words, lift_legal_hold, place_legal_hold
from tuidan.domain import events as e
from tuidan.domain.commands import Actor
from tuidan.domain.order import Order
from tuidan.domain.refusals import Refusal
from tuidan.reads.retention import acts_of, due, kept_of, own_copy, report
from tuidan.reads.viewer import Viewer, visible_order

router = Router(tags=["retention"])
me_router = Router(tags=["retention"])
report_router = Router(tags=["retention"])


def _order(request: HttpRequest, order_id: UUID) -> tuple[Order, Viewer]:
    viewer = caller_of(request).viewer
    order = visible_order(order_id, viewer)
    if order is None:
        raise Problem("not_found")
    return order, viewer


def _operator(request: HttpRequest) -> UUID:
    viewer = caller_of(request).viewer
    if not viewer.is_operator:
        raise Problem("not_allowed")
    return viewer.person_id


@me_router.get("/data", response=out.OwnCopyTold, summary="All that is kept of me")
def show_my_data(request: HttpRequest) -> HttpResponse:
    """The caller's own fields, orders with their words and files, and wishes to be erased."""
    copy = own_copy(caller_of(request).viewer, now())
    return json_response(orjson.loads(orjson.dumps(copy)))


@me_router.post("/erasure", response={202: out.WishTold}, summary="Ask to be erased")
def create_my_erasure(request: HttpRequest, asked: out.WishAsked) -> HttpResponse:
    """Carried out a little later, as far as the law lets go; `close_account` takes the account's own fields too."""
    person = caller_of(request).viewer.person_id
    wish = ask_erasure(person, person, asked.words, asked.close_account, idempotency_key(request), now())
    if isinstance(wish, Refusal):
        raise Problem(wish.code, wish.data)
    return json_response({"id": wish.id, "asked_at": wish.asked_at, "done": wish.done_at is not None}, 202)


@router.get("/{uuid:order_id}/retention", response=out.OrderKeptTold, summary="What is kept of an order")
def show_retention(request: HttpRequest, order_id: UUID) -> dict[str, object]:
    """Each class with why and until when, for the caller's own side; operators see holds and erasures too."""
    order, viewer = _order(request, order_id)
    of = "buyer" if viewer.is_buyer_of(order) else "seller" if viewer.is_seller_of(order) else "all"
    return {
        "order_id": order_id,
        "of": of,
        "classes": kept_of(order_id, order, of),
        "acts": acts_of(order_id, viewer) or [],
    }


@router.post("/{uuid:order_id}/erasures", response={202: out.ErasureTold}, summary="Erase words of an order")
def create_erasure(request: HttpRequest, order_id: UUID, asked: out.ErasureAsked) -> HttpResponse:
    """A party for its own side; an operator for any, with a reason. Refused with a day where the law keeps it."""
    order, viewer = _order(request, order_id)
    key = idempotency_key(request)
    if viewer.is_buyer_of(order):
        actor, of = Actor("buyer", str(viewer.person_id)), "buyer"
    elif viewer.is_seller_of(order):
        actor, of = Actor("seller", order.seller), "seller"
    elif viewer.is_operator:
        actor, of = Actor("operator", str(viewer.person_id)), asked.of
        if not asked.words.strip():
            raise Problem("reason_needed")
    else:
        raise Problem("not_allowed")
    outcome = erase_words(order_id, actor, of, "request", key, now(), asked.words)
    return told(outcome, lambda events: _erased(order_id, events), 202)


def _erased(order_id: UUID, events: list[e.Event]) -> dict[str, object]:
    event = next(each for each in events if isinstance(each, e.WordsErased))
    return {"order_id": order_id, "erasure": event.erasure, "of": event.of, "classes": event.classes}


@router.post("/{uuid:order_id}/legal-holds", response={201: out.HoldTold}, summary="Place a legal hold")
def create_legal_hold(request: HttpRequest, order_id: UUID, asked: out.HoldAsked) -> HttpResponse:
    """For operators, with a reason: nothing of the order is erased until it is lifted."""
    _order(request, order_id)
    operator, key = _operator(request), idempotency_key(request)
    outcome = place_legal_hold(order_id, operator, asked.words, key, now())
    return told(outcome, lambda events: {"order_id": order_id, "hold": _hold(events)}, 201)


@router.post("/{uuid:order_id}/legal-holds/{int:n}/lift", response=out.HoldTold, summary="Lift a legal hold")
def lift_hold(request: HttpRequest, order_id: UUID, n: int, asked: out.HoldAsked) -> HttpResponse:
    """For operators, with a reason."""
    _order(request, order_id)
    operator, key = _operator(request), idempotency_key(request)
    outcome = lift_legal_hold(order_id, operator, n, asked.words, key, now())
    return told(outcome, lambda events: {"order_id": order_id, "hold": n})


def _hold(events: list[e.Event]) -> int:
    return next(event.hold for event in events if isinstance(event, e.LegalHoldPlaced))


@report_router.get("", response=out.ReportTold, summary="What is held and was erased")
def show_report(request: HttpRequest) -> object:
    """For operators: holds that stand, acts, people's wishes, the years of keeping."""
    _operator(request)
    return report()


@report_router.get("/due", response=out.DueTold, summary="Whose time of keeping is over")
def list_due(request: HttpRequest) -> dict[str, object]:
    """For operators: the oldest orders of which something may go now, at most 100."""
    _operator(request)
    return {"orders": due(now())}


@report_router.post("/due/erase", response={202: out.DueErasedTold}, summary="Erase what is due")
def erase_what_is_due(request: HttpRequest) -> HttpResponse:
    """For operators: a batch of orders; ask again until `orders` is 0."""
    operator = _operator(request)
    idempotency_key(request)
    return json_response({"orders": erase_due(Actor("operator", str(operator)), now())}, 202)
