"""The buyer's orders: the list, one order with its standing answer, confirming receipt."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from tuidan.commands.order import confirm_receipt
from tuidan.commands.reveal import note_masked
from tuidan.reads.lists import buyer_orders
from tuidan.reads.money import read_money
from tuidan.reads.records import OrderView
from tuidan.web.buyer.answer_shown import show_answer
from tuidan.web.buyer.order_shown import show_order
from tuidan.web.buyer.talk import questions_for
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.key import key_of
from tuidan.web.shared.language import current_language
from tuidan.web.shared.money_shown import show_money
from tuidan.web.shared.notices import tell_outcome, told
from tuidan.web.shared.now import now_of
from tuidan.web.shared.paging import page_number, pages
from tuidan.web.shared.talk_page import talk_part
from tuidan.web.shared.viewing import bought_order, person_id, viewer


@signed_in
@require_safe
def orders(request: HttpRequest) -> HttpResponse:
    """My orders, the newest first."""
    page = page_number(request)
    rows = buyer_orders(person_id(request), page)
    return render(request, "buyer/orders.html", {"rows": rows, "pages": pages(page, len(rows))})


@signed_in
@require_safe
def order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """One order. What a channel adds to the address on the way back says nothing we believe, so it goes."""
    if request.GET:
        return HttpResponseRedirect(f"/orders/{order_id}/")
    view = _seen(request, bought_order(request, order_id))
    language = current_language()
    shown = {"o": show_order(view, language), "answer": show_answer(view, language), "told": told(request)}
    money = read_money(order_id, viewer(request))
    shown |= {"money": show_money(money, language) if money else {}}
    shown |= {"talk": talk_part(request, view, "buyer"), "templates": questions_for(view, language)}
    return render(request, "buyer/order.html", shown)


def _seen(request: HttpRequest, view: OrderView) -> OrderView:
    """The first look at a masked code is put on record before it is shown (S-112); later looks change nothing."""
    tails = {unit.n: unit.tail for unit in view.units if unit.to_be_seen_masked()}
    if not tails:
        return view
    note_masked(view.order_id, person_id(request), tails, now_of(request))
    return bought_order(request, view.order_id)


@signed_in
@require_safe
def state(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Asked every few seconds while something moves: nothing new, or load the page again."""
    view = bought_order(request, order_id)
    if request.GET.get("seen") == str(view.version):
        return HttpResponse(status=204)
    return HttpResponse(status=200, headers={"HX-Refresh": "true"})


@signed_in
@require_POST
def confirm(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Confirm receipt: the seller is paid, defects are not cured (S-035)."""
    bought_order(request, order_id)
    outcome = confirm_receipt(order_id, person_id(request), key_of(request), now_of(request))
    tell_outcome(request, outcome.refusal, "order.confirmed")
    return HttpResponseRedirect(f"/orders/{order_id}/")
