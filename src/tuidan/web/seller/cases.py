"""A shop's requests: what waits for its answer, and refunds decided lately, which it may still contest."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tuidan.reads.lists import cases_for_seller, cases_granted
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.notices import told
from tuidan.web.shared.paging import page_number, pages
from tuidan.web.shared.viewing import viewer


@signed_in
@require_safe
def cases(request: HttpRequest) -> HttpResponse:
    """Sorted by the time left; below, every refund that was granted, automatic ones too, with its way to contest."""
    shops = [UUID(shop) for shop in viewer(request).shops]
    if not shops:
        raise Http404
    page = page_number(request)
    waiting, granted = cases_for_seller(shops, page), cases_granted(shops, page)
    longest = max(len(waiting), len(granted))
    shown = {"waiting": waiting, "granted": granted, "pages": pages(page, longest), "told": told(request)}
    return render(request, "seller/cases.html", shown)
