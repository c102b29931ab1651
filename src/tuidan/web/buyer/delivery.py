"""Showing a code: committed as a one-way event first, then shown once by the answer to a POST, never by a link."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from tuidan.commands.reveal import CodeUnavailable, note_copy, show_code
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.key import key_of
from tuidan.web.shared.language import current_language
from tuidan.web.shared.notices import Notice, refusal_notice, tell
from tuidan.web.shared.now import now_of
from tuidan.web.shared.seen_from import seen_from
from tuidan.web.shared.titles import title_of
from tuidan.web.shared.viewing import bought_order, person_id
from tuidan.web.shared.words import say


@signed_in
@never_cache
@require_POST
def reveal(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """Show the code of unit n to its buyer."""
    order = bought_order(request, order_id)
    session = request.session.session_key or ""
    try:
        shown = show_code(
            order_id, person_id(request), n, session, key_of(request), now_of(request), seen_from(request)
        )
    except CodeUnavailable:
        tell(request, Notice("loss", say("reveal.unavailable", current_language())))
        return HttpResponseRedirect(f"/orders/{order_id}/")
    if shown.outcome.refusal or shown.code is None:
        if shown.outcome.refusal:
            tell(request, refusal_notice(shown.outcome.refusal))
        return HttpResponseRedirect(f"/orders/{order_id}/")
    page = {"o": order, "title": title_of(order), "n": n, "code": shown.code, "now_shown": now_of(request)}
    page["revealed_at"] = order.units[n - 1].revealed_at or now_of(request)
    return render(request, "buyer/reveal.html", page)


@signed_in
@never_cache
@require_POST
def copied(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """The copy button reports what it copied; without a script nothing is reported and nothing is missing."""
    bought_order(request, order_id)
    part = request.POST.get("part", "")
    outcome = note_copy(order_id, person_id(request), n, part, key_of(request), now_of(request))
    if outcome.refusal is not None:
        raise Http404
    return HttpResponse(status=204)
