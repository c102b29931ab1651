"""Payments: open the channel's cashier for an order."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja import Router

from tuidan.api import shapes_out as out
from tuidan.api.auth import caller_of
from tuidan.api.gate import idempotency_key, now, told
from tuidan.api.problems import Problem
from tuidan.api.shapes_in import PaymentAsked
from tuidan.commands.checkout import open_checkout
from tuidan.commands.outside import NotConnected, connected
from tuidan.connectors.contract.payment import ChannelRefused, ChannelUnavailable

router = Router(tags=["payments"])


@router.post("/{uuid:order_id}/payments", response={201: out.PaymentTold}, summary="Start a payment")
def create_payment(request: HttpRequest, order_id: UUID, asked: PaymentAsked) -> HttpResponse:
    """For the buyer: where to pay. One attempt a channel, so asking again pays nothing twice."""
    key, buyer_id = idempotency_key(request), caller_of(request).viewer.person_id
    return_url = f"{connected().public_url}/orders/{order_id}/"
    try:
        outcome, start = open_checkout(order_id, buyer_id, asked.channel, key, return_url, now(), asked.mode)
    except NotConnected as error:
        raise Problem("channel_unknown", {"channel": asked.channel}) from error
    except ChannelRefused as error:
        raise Problem("channel_refused", {"channel": asked.channel, "channel_code": error.code}) from error
    except ChannelUnavailable as error:
        raise Problem("channel_unavailable", {"channel": asked.channel}) from error
    return told(
        outcome,
        lambda events: {
            "order_id": order_id,
            "channel": asked.channel,
            "url": start.url if start else None,
            "qr_code": start.qr_code if start else None,
        },
        201,
    )
