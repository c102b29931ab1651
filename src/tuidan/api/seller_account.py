"""Sellers' books and the advance fund: read them, and what an operator records in them."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from pydantic import AwareDatetime

from tuidan.api import shapes_money as shapes
from tuidan.api.auth import caller_of
from tuidan.api.gate import idempotency_key, json_response, now
from tuidan.api.problems import Problem
from tuidan.commands.books import BookOutcome
from tuidan.commands.fund import set_limit
from tuidan.commands.seller_account import NoSuchShop, act_on_seller
from tuidan.domain.books import commands as q
from tuidan.domain.books.book import FUND_ID
from tuidan.domain.books.events import book_kind_of
from tuidan.reads import seller_account as reads

router = Router(tags=["money"])
fund_router = Router(tags=["money"])
SPAN = timedelta(days=31)
Moment = Annotated[AwareDatetime | None, Query()]


def _span(since: datetime | None, until: datetime | None) -> tuple[datetime, datetime]:
    """The last 31 days, where nothing else is asked."""
    end = until or now()
    return since or end - SPAN, end


def _operator(request: HttpRequest) -> UUID:
    viewer = caller_of(request).viewer
    if not viewer.is_operator:
        raise Problem("not_allowed")
    return viewer.person_id


def _told(owner: UUID, outcome: BookOutcome) -> HttpResponse:
    headers = {"Idempotent-Replay": "true"} if outcome.again else {}
    if outcome.refusal is not None:
        raise Problem(outcome.refusal.code, outcome.refusal.data, headers)
    body = {"owner_id": str(owner), "events": [book_kind_of(event) for event in outcome.events]}
    return json_response(body, 200, headers)


@router.get("/{uuid:shop_id}/account", response=shapes.SellerAccountTold, summary="A shop's account")
def show_seller_account(request: HttpRequest, shop_id: UUID) -> object:
    """For operators and the shop's own people."""
    account = reads.seller_account(shop_id, caller_of(request).viewer)
    if account is None:
        raise Problem("not_allowed")
    return account


@router.get("/{uuid:shop_id}/statement", response=shapes.StatementTold, summary="A shop's statement")
def show_seller_statement(
    request: HttpRequest, shop_id: UUID, since: Moment = None, until: Moment = None
) -> object:
    """For operators and the shop's own people: opening, lines, closing; 31 days where nothing else is asked."""
    found = reads.seller_statement(shop_id, caller_of(request).viewer, *_span(since, until))
    if found is None:
        raise Problem("not_allowed")
    return found


@router.post("/{uuid:shop_id}/deposits", response=shapes.BookedTold, summary="Record a deposit in or out")
def record_deposit(request: HttpRequest, shop_id: UUID, asked: shapes.DepositAsked) -> HttpResponse:
    """For operators."""
    fen = asked.amount_fen if asked.direction == "in" else -asked.amount_fen
    return _act(request, shop_id, q.PayDeposit(fen, asked.reference))


@router.post("/{uuid:shop_id}/payouts", response=shapes.BookedTold, summary="Record a payout to a shop")
def record_seller_payout(
    request: HttpRequest, shop_id: UUID, asked: shapes.SellerPayoutAsked
) -> HttpResponse:
    """For operators: never what is held, kept back, or owed."""
    return _act(request, shop_id, q.PayOut(asked.amount_fen, asked.reference))


@router.post(
    "/{uuid:shop_id}/reserve", response=shapes.BookedTold, summary="Keep some of a shop's money back"
)
def set_reserve(request: HttpRequest, shop_id: UUID, asked: shapes.ReserveAsked) -> HttpResponse:
    """For operators."""
    return _act(request, shop_id, q.SetReserve(asked.reserve_fen, asked.why))


@router.post(
    "/{uuid:shop_id}/naming", response=shapes.BookedTold, summary="Say whether a seller can be named"
)
def set_naming(request: HttpRequest, shop_id: UUID, asked: shapes.NamingAsked) -> HttpResponse:
    """For operators: where a seller cannot be named, the platform pays (消法44)."""
    return _act(request, shop_id, q.NameSeller(asked.named, asked.why))


def _act(
    request: HttpRequest, shop_id: UUID, command: q.PayDeposit | q.PayOut | q.SetReserve | q.NameSeller
) -> HttpResponse:
    operator = _operator(request)
    try:
        outcome = act_on_seller(shop_id, command, operator, idempotency_key(request), now())
    except NoSuchShop:
        raise Problem("not_found") from None
    return _told(shop_id, outcome)


@fund_router.get("", response=shapes.FundTold, summary="The advance fund")
def show_fund(request: HttpRequest) -> object:
    """For operators."""
    _operator(request)
    return reads.fund_view()


@fund_router.get("/statement", response=shapes.StatementTold, summary="The advance fund's statement")
def show_fund_statement(request: HttpRequest, since: Moment = None, until: Moment = None) -> object:
    """For operators: 31 days where nothing else is asked."""
    _operator(request)
    return reads.fund_statement(*_span(since, until))


@fund_router.post("/limit", response=shapes.BookedTold, summary="Set the advance fund's limits")
def set_fund_limit(request: HttpRequest, asked: shapes.LimitAsked) -> HttpResponse:
    """For operators: never below what is out or borne already."""
    operator = _operator(request)
    key = idempotency_key(request)
    outcome = set_limit(asked.limit_fen, asked.order_fen_max, asked.why, operator, key, now())
    return _told(FUND_ID, outcome)
