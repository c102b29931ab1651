"""The API put together: routers, the one parser and renderer, and which exception is which problem."""

from __future__ import annotations

import logging
from typing import Any
from uuid import UUID

import orjson
from django.db import OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.operation import Operation
from ninja.parser import Parser
from ninja.renderers import BaseRenderer

from tuidan.api import (
    alarm,
    bundle,
    channel_dispute,
    coupon,
    delivery,
    dispute,
    dossier,
    hearing,
    listing,
    membership,
    money,
    order,
    payment,
    policy,
    problem_list,
    reading,
    record,
    retention,
    seller_account,
    service,
    service_switch,
    talk,
    terms,
    upload,
)
from tuidan.api.auth import ApiKey, caller_of
from tuidan.api.log import log_router, proof_router
from tuidan.api.problems import Problem, respond
from tuidan.commands.order import NoSuchOrder
from tuidan.commands.runner import NotYours, OutcomeUnknown, TooBusy
from tuidan.reads.viewer import visible_order

# Not structlog: its tracebacks may print local values, and a request holds its caller's key.
log = logging.getLogger(__name__)
CHALLENGE = {"WWW-Authenticate": "Bearer"}


class Json(Parser):
    """Reads bodies strictly: no NaN, no half surrogate, no endless nesting."""

    def parse_body(self, request: HttpRequest) -> Any:
        return orjson.loads(request.body)


class Render(BaseRenderer):
    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:
        return orjson.dumps(data)


class Api(NinjaAPI):
    """Operations are named like their functions; JSON is UTF-8 by definition, so no charset is told."""

    def get_openapi_operation_id(self, operation: Operation) -> str:
        return operation.view_func.__name__

    def get_content_type(self) -> str:
        return "application/json"

    def create_temporal_response(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse(b"", content_type="application/json")


api = Api(
    title="Tuidan",
    version="1.0.0",
    description="Orders, refunds and cases for machines. Amounts are fen, times RFC 3339.",
    openapi_url=None,
    docs_url=None,
    urls_namespace="api",
    auth=ApiKey(),
    parser=Json(),
    renderer=Render(),
)
# In order of heat: an address is looked for from the top.
for router in (
    dispute.router,
    order.router,
    payment.router,
    delivery.router,
    talk.router,
    hearing.router,
    upload.router,
    reading.router,
    channel_dispute.router,
    alarm.router,
    service.router,
    membership.router,
    money.router,
    record.router,
    dossier.router,
    retention.router,
    bundle.router,
    proof_router,
):
    api.add_router("/orders", router)
api.add_router("/cases", dispute.queue_router)
api.add_router("/questions", talk.questions_router)
api.add_router("/alarms", alarm.list_router)
api.add_router("/shops", seller_account.router)
api.add_router("/shops", coupon.router)
api.add_router("/fund", seller_account.fund_router)
api.add_router("/me", retention.me_router)
api.add_router("/retention", retention.report_router)
api.add_router("/listings", listing.router)
api.add_router("/stock", record.stock_router)
api.add_router("/log", log_router)
api.add_router("/terms", terms.router)
api.add_router("/service-switches", service_switch.router)
api.add_router("/policies", policy.router)
api.add_router("/problems", problem_list.router)


@api.exception_handler(Problem)
def problem(request: HttpRequest, error: Problem) -> HttpResponse:
    return respond(request, error)


@api.exception_handler(AuthenticationError)
def no_key(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return respond(request, Problem("key_missing", {}, CHALLENGE))


@api.exception_handler(ValidationError)
def invalid(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Each field that is wrong: where it stands, its path, which rule it breaks."""
    fields = [
        {
            "in": fault["loc"][0],
            "field": ".".join(str(part) for part in fault["loc"][1:] if part != "asked"),
            "rule": fault["type"],
            "message": fault["msg"],
        }
        for fault in error.errors
    ]
    return respond(request, Problem("invalid_input", {"fields": fields}))


@api.exception_handler(NoSuchOrder)
@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Exception) -> HttpResponse:
    return respond(request, Problem("not_found"))


@api.exception_handler(NotYours)
def not_yours(request: HttpRequest, error: NotYours) -> HttpResponse:
    """403 only for those who may see the order anyway; to all others it does not exist."""
    match = request.resolver_match
    assert match is not None
    order = visible_order(UUID(match.kwargs["order_id"]), caller_of(request).viewer)
    return respond(request, Problem("not_allowed" if order else "not_found"))


@api.exception_handler(TooBusy)
def busy(request: HttpRequest, error: TooBusy) -> HttpResponse:
    return respond(request, Problem("busy"))


@api.exception_handler(OutcomeUnknown)
@api.exception_handler(OperationalError)
def unknown(request: HttpRequest, error: Exception) -> HttpResponse:
    log.warning("%s %s: outcome unknown: %s", request.method, request.path, error)
    return respond(request, Problem("outcome_unknown"))


@api.exception_handler(HttpError)
def unreadable(request: HttpRequest, error: HttpError) -> HttpResponse:
    return respond(request, Problem("unreadable"))


@api.exception_handler(Exception)
def broken(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("%s %s broke", request.method, request.path, exc_info=error)
    return respond(request, Problem("internal_error"))
