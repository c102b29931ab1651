"""The shop's desk: what waits to be delivered, all that was sold, one order with the form to hand a unit over."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from tuidan.commands.delivery import deliver_by_seller
from tuidan.reads.lists import shop_orders
from tuidan.reads.records import OrderView
from tuidan.web.seller.forms import DeliverForm
from tuidan.web.seller.order_shown import show_sale
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.language import current_language
from tuidan.web.shared.notices import refusal_notice, tell_outcome, told
from tuidan.web.shared.now import now_of
from tuidan.web.shared.paging import page_number, pages
from tuidan.web.shared.talk_page import talk_part
from tuidan.web.shared.viewing import sold_order, viewer

DELIVERABLE = frozenset({"waiting", "in_progress"})


def _shops(request: HttpRequest) -> list[UUID]:
    """The shops this person acts for. Raises Http404 for someone without one."""
    shops = [UUID(shop) for shop in viewer(request).shops]
    if not shops:
        raise Http404
    return shops


def _list(request: HttpRequest, to_deliver: bool) -> HttpResponse:
    page = page_number(request)
    rows = shop_orders(_shops(request), to_deliver, page)
    shown = {"rows": rows, "to_deliver": to_deliver, "pages": pages(page, len(rows)), "told": told(request)}
    return render(request, "seller/orders.html", shown)


@signed_in
@require_safe
def to_deliver(request: HttpRequest) -> HttpResponse:
    """What waits for this shop."""
    return _list(request, to_deliver=True)


@signed_in
@require_safe
def sales(request: HttpRequest) -> HttpResponse:
    """All orders of this shop."""
    return _list(request, to_deliver=False)


def waits(order: OrderView) -> list[int]:
    """The units that the shop can hand over now."""
    by_hand = order.goods_kind != "card_code" and (
        order.delivery_mode == "manual" or order.goods_kind != "top_up"
    )
    live = order.status == "paid" and by_hand
    return [unit.n for unit in order.units if live and unit.status in DELIVERABLE and not unit.refund_fen]


@signed_in
@require_safe
def order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """One order as its shop sees it."""
    view = sold_order(request, order_id)
    shown = {"o": show_sale(view, waits(view), current_language()), "told": told(request)}
    shown["talk"] = talk_part(request, view, "seller")
    return render(request, "seller/order.html", shown)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def deliver(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """Hand one unit over, or tell how far a service is."""
    view = sold_order(request, order_id)
    unit = next((unit for unit in view.units if unit.n == n), None)
    months = unit.plan.months_ordered if unit and unit.plan else 0
    milestones = len(unit.work.milestones) if unit and unit.work else 0
    form = DeliverForm(
        view.goods_kind, request.POST if request.method == "POST" else None, months, milestones
    )
    refusal = None
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        outcome = deliver_by_seller(
            order_id,
            view.seller_id,
            n,
            data["note"],
            data.get("progress", 100),
            data["key"],
            now_of(request),
            data.get("months") or 0,
            data.get("trace_no", ""),
        )
        if outcome.ok:
            tell_outcome(request, None, "sell.done")
            return HttpResponseRedirect(f"/seller/orders/{order_id}/")
        refusal = outcome.refusal and refusal_notice(outcome.refusal)
    elif n not in waits(view):
        return HttpResponseRedirect(f"/seller/orders/{order_id}/")
    shown = {"o": show_sale(view, waits(view), current_language()), "n": n, "form": form, "refusal": refusal}
    return render(request, "seller/deliver.html", shown, status=422 if request.method == "POST" else 200)
