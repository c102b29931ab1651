"""The shop's side of the talk: questions that wait, writing, and the answer by one tap that stops the clock."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tuidan.commands.talk import answer_contact
from tuidan.domain import commands as c
from tuidan.reads.lists import open_questions
from tuidan.web.shared import talk_page
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.key import key_of
from tuidan.web.shared.money import read_yuan
from tuidan.web.shared.notices import tell_outcome, told
from tuidan.web.shared.now import now_of
from tuidan.web.shared.paging import page_number, pages
from tuidan.web.shared.viewing import sold_order, viewer


@signed_in
@require_safe
def questions(request: HttpRequest) -> HttpResponse:
    """What buyers wait to hear, the least time left first."""
    shops = [UUID(shop) for shop in viewer(request).shops]
    if not shops:
        raise Http404
    page = page_number(request)
    rows = open_questions(shops, page)
    shown = {"rows": rows, "pages": pages(page, len(rows)), "told": told(request)}
    return render(request, "seller/questions.html", shown)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """What is new, or a message."""
    order = sold_order(request, order_id)
    if request.method != "POST":
        return talk_page.live(request, order, "seller")
    actor = c.Actor("seller", str(order.seller_id))
    return talk_page.send(request, order, actor, "seller", f"/seller/orders/{order_id}/")


@signed_in
@require_safe
def copy(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The talk to take along."""
    sold_order(request, order_id)
    return talk_page.copy(request, order_id)


@signed_in
@require_POST
def answer(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Answer the buyer's question about a unit."""
    order = sold_order(request, order_id)
    unit = request.POST.get("unit", "0")
    n = int(unit) if unit.isascii() and unit.isdecimal() and len(unit) < 4 else 0
    amount_fen = read_yuan(request.POST.get("amount", "").strip()) or 0
    kind, key, now = request.POST.get("kind", ""), key_of(request), now_of(request)
    outcome = answer_contact(order_id, order.seller_id, kind, key, now, n, amount_fen)
    tell_outcome(request, outcome.refusal, "talk.answered")
    return HttpResponseRedirect(f"/seller/orders/{order_id}/")
