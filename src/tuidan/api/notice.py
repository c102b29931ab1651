"""Notices of channels and suppliers: verified, stored raw, answered; the worker applies them later.

A notice that does not verify, is for somebody else or names no order of ours gets 4xx and leaves a log line only.
"""

from __future__ import annotations

from uuid import UUID

import structlog
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.csrf import csrf_exempt

from tuidan.api.gate import body_fault, dressed, now
from tuidan.api.problems import Problem, respond
from tuidan.commands.channel_dispute import keep_channel_notice
from tuidan.commands.clock import wall_now
from tuidan.commands.outside import NotConnected, connected
from tuidan.commands.payment import keep_notice
from tuidan.connectors.contract.channel_dispute import DisputeNotice
from tuidan.connectors.contract.payment import NoticeRefused, PaymentNotice
from tuidan.domain.reference import PAYMENT, TOP_UP, BadReference, read_reference

log = structlog.get_logger()
Acknowledgement = tuple[int, str, bytes]


@csrf_exempt
def payment_notice(request: HttpRequest, channel: str) -> HttpResponseBase:
    """POST: a payment channel's notice."""
    return _answered(request, f"payment:{channel}", lambda: _take_payment(request, channel))


@csrf_exempt
def supplier_notice(request: HttpRequest, supplier: str) -> HttpResponseBase:
    """POST: a supplier's notice."""
    return _answered(request, f"supplier:{supplier}", lambda: _take_supply(request, supplier))


def _answered(request: HttpRequest, source: str, take) -> HttpResponseBase:  # type: ignore[no-untyped-def]
    if request.method != "POST":
        return dressed(respond(request, Problem("method_not_allowed", {}, {"Allow": "POST"})))
    fault = body_fault(request, json_only=False)
    if fault is not None:
        return dressed(respond(request, fault))
    try:
        status, media_type, body = take()
    except (NoticeRefused, BadReference) as refused:
        log.warning("notice_refused", source=source, why=str(refused))
        code = getattr(refused, "code", "notice_malformed")
        return dressed(respond(request, Problem("notice_refused", {"why": code})))
    except (NotConnected, _NoOrder) as unknown:
        log.warning("notice_unknown", source=source, why=str(unknown))
        return dressed(respond(request, Problem("not_found")))
    return dressed(HttpResponse(body, status=status, content_type=media_type))


class _NoOrder(LookupError):
    """A true notice that names no order of ours."""


def _take_payment(request: HttpRequest, name: str) -> Acknowledgement:
    channel = connected().channel(name)
    notice = channel.read_notice(request.headers, request.body)
    if isinstance(notice, DisputeNotice):
        keep_channel_notice(name, notice.number, request.body, now())
        return channel.acknowledge()
    reference = notice.reference if isinstance(notice, PaymentNotice) else notice.payment_reference
    _keep(reference, PAYMENT, f"payment:{name}", request.body)
    return channel.acknowledge()


def _take_supply(request: HttpRequest, name: str) -> Acknowledgement:
    supplier = connected().supplier(name)
    notice = supplier.read_notice(request.GET.dict(), request.body, wall_now())
    _keep(notice.reference, TOP_UP, f"supplier:{name}", request.body)
    return supplier.acknowledge()


def _keep(text: str, kind: str, source: str, body: bytes) -> None:
    reference = read_reference(text)
    if reference.kind != kind:
        raise BadReference(text)
    order_id: UUID = reference.order_id
    if keep_notice(order_id, source, text, body, now()) == "no_order":
        raise _NoOrder(text)
