"""The platform's side of the talk, beside a case: read it, write to both parties, take a copy."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from tuidan.domain import commands as c
from tuidan.web.shared import talk_page
from tuidan.web.shared.access import reviewer_only
from tuidan.web.shared.viewing import person_id, reviewed_order, viewer


@reviewer_only
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """What is new, or a message; a reviewer who is a party of the order writes as the party they are."""
    order = reviewed_order(request, order_id)
    if request.method != "POST":
        return talk_page.live(request, order, "reviewer")
    who = viewer(request)
    actor = c.Actor("reviewer", str(person_id(request)))
    if order.buyer_id == who.person_id:
        actor = c.Actor("buyer", str(who.person_id))
    elif str(order.seller_id) in who.shops:
        actor = c.Actor("seller", str(order.seller_id))
    n = request.POST.get("case", "")
    known = [case.n for case in order.cases]
    back = f"/review/{order_id}/{n}/" if n.isdecimal() and int(n) in known else "/review/"
    return talk_page.send(request, order, actor, "reviewer", back)


@reviewer_only
@require_safe
def copy(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The talk to take along."""
    reviewed_order(request, order_id)
    return talk_page.copy(request, order_id)
