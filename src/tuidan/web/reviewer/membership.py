"""A reviewer notes that a membership ended early, also for the buyer's breach, which no shop may find itself."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tuidan.commands.membership import stop_membership
from tuidan.domain import commands as c
from tuidan.domain.calendar import china_day
from tuidan.domain.membership import STOPPED_BY
from tuidan.web.shared.access import reviewer_only
from tuidan.web.shared.membership_stop import MembershipStopForm
from tuidan.web.shared.notices import Notice, refusal_notice, tell_outcome
from tuidan.web.shared.now import now_of
from tuidan.web.shared.titles import title_of
from tuidan.web.shared.viewing import person_id, reviewed_order


@reviewer_only
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """By whom and on which day, as the platform finds."""
    order, now = reviewed_order(request, order_id), now_of(request)
    plan = next((unit.plan for unit in order.units if unit.n == n), None)
    if plan is None:
        raise Http404
    form = MembershipStopForm(STOPPED_BY, china_day(now), request.POST if request.method == "POST" else None)
    refusal: Notice | None = None
    if form.is_valid():
        told, actor = form.cleaned_data, c.Actor("reviewer", str(person_id(request)))
        outcome = stop_membership(
            order_id, actor, n, told["by"], told["stopped_on"], told["note"], told["key"], now
        )
        if outcome.ok:
            tell_outcome(request, None, "plan.stop_done")
            return HttpResponseRedirect("/review/")
        refusal = refusal_notice(outcome.refusal) if outcome.refusal else None
    shown = {"back": "/review/", "title": title_of(order), "n": n, "form": form, "refusal": refusal}
    return render(request, "shared/membership_stop.html", shown, status=422 if form.is_bound else 200)
