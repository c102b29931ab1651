"""Paying an order: the amount and the time left, the way to the channel's own page, the wait for its word."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from tuidan.commands.checkout import open_checkout
from tuidan.commands.outside import NotConnected, connected
from tuidan.connectors.contract.payment import ChannelError
from tuidan.reads.records import OrderView
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.key import key_of, new_key
from tuidan.web.shared.language import current_language
from tuidan.web.shared.notices import Notice, refusal_notice, tell
from tuidan.web.shared.now import now_of
from tuidan.web.shared.titles import title_of
from tuidan.web.shared.viewing import bought_order, person_id
from tuidan.web.shared.words import say

CHANNEL = "alipay"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Show what is to be paid; on a press open an attempt and lead to the channel."""
    order = bought_order(request, order_id)
    if not order.can_pay:
        return HttpResponseRedirect(f"/orders/{order_id}/")
    if request.method != "POST":
        return _show(request, order)
    back = f"{connected().public_url}/orders/{order_id}/"
    try:
        outcome, start = open_checkout(
            order_id, person_id(request), CHANNEL, key_of(request), back, now_of(request)
        )
    except (ChannelError, NotConnected):
        return _show(request, order, is_broken=True)
    if outcome.refusal:
        tell(request, refusal_notice(outcome.refusal))
        return HttpResponseRedirect(f"/orders/{order_id}/")
    address = start.url if start else None
    return _show(request, order, cashier_url=address or "", is_broken=not address)


def _show(
    request: HttpRequest, order: OrderView, cashier_url: str = "", is_broken: bool = False
) -> HttpResponse:
    pay_until = next(clock.at for clock in order.deadlines if clock.what == "pay")
    shown = {
        "o": order,
        "title": title_of(order),
        "quantity": len(order.units),
        "pay_until": pay_until,
        "cashier_url": cashier_url,
        "broken": Notice("loss", say("pay.no_channel", current_language())) if is_broken else None,
        "key": new_key(),
    }
    return render(request, "buyer/pay.html", shown)


@signed_in
@require_safe
def state(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Asked every two seconds by the pay page: nothing new, or go to the order."""
    order = bought_order(request, order_id)
    if order.can_pay:
        return HttpResponse(status=204)
    return HttpResponse(status=200, headers={"HX-Redirect": f"/orders/{order_id}/"})
