"""What a shop does with the work it sold: begin, report on a milestone with a proof, stop, stop the clock."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from tuidan.commands import service
from tuidan.domain import commands as c
from tuidan.reads.records import OrderView
from tuidan.reads.service import MilestoneView, WorkView
from tuidan.web.seller.forms import ReportForm, StopForm
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.key import key_of
from tuidan.web.shared.language import current_language
from tuidan.web.shared.notices import Notice, refusal_notice, tell_outcome
from tuidan.web.shared.now import now_of
from tuidan.web.shared.service_shown import milestone_name, show_milestone
from tuidan.web.shared.titles import title_of
from tuidan.web.shared.viewing import sold_order


def _work(order: OrderView, n: int) -> WorkView:
    work = next((unit.work for unit in order.units if unit.n == n), None)
    if work is None:
        raise Http404
    return work


def _milestone(work: WorkView, place: int) -> MilestoneView:
    found = next((each for each in work.milestones if each.place == place), None)
    if found is None:
        raise Http404
    return found


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, order_id: UUID, n: int, place: int) -> HttpResponse:
    """Say how far a milestone is, with the proof."""
    order = sold_order(request, order_id)
    work = _work(order, n)
    milestone = _milestone(work, place)
    form = ReportForm(milestone.agreed, request.POST if request.method == "POST" else None)
    refusal: Notice | None = None
    if form.is_valid():
        told = form.cleaned_data
        percent, note, link = told["percent"], told["note"], told["link"]
        outcome = service.report_progress(
            order_id, order.seller_id, n, place, percent, note, link, told["key"], now_of(request)
        )
        if outcome.ok:
            tell_outcome(request, None, "service.reported")
            return HttpResponseRedirect(f"/seller/orders/{order_id}/")
        refusal = refusal_notice(outcome.refusal) if outcome.refusal else None
    elif not form.is_bound and ("report_progress" not in work.seller_may or milestone.agreed == 100):
        return HttpResponseRedirect(f"/seller/orders/{order_id}/")
    language = current_language()
    shown = {
        "o": order,
        "title": title_of(order),
        "n": n,
        "name": milestone_name(milestone, language),
        "m": show_milestone(milestone, work, language),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "seller/report.html", shown, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def start(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """Begin with a unit."""
    order = sold_order(request, order_id)
    outcome = service.start_work(order_id, order.seller_id, n, "", key_of(request), now_of(request))
    tell_outcome(request, outcome.refusal, "service.started")
    return HttpResponseRedirect(f"/seller/orders/{order_id}/")


@signed_in
@require_POST
def stop_clock(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """End the use of what is sold by time; for a rental that takes the account back."""
    order = sold_order(request, order_id)
    actor = c.Actor("seller", str(order.seller_id))
    outcome = service.stop_clock(order_id, actor, n, key_of(request), now_of(request))
    tell_outcome(request, outcome.refusal, "service.clock_done")
    return HttpResponseRedirect(f"/seller/orders/{order_id}/")


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """Give the work up; the rules decide at once what goes back."""
    order = sold_order(request, order_id)
    work = _work(order, n)
    form = StopForm(request.POST if request.method == "POST" else None)
    refusal: Notice | None = None
    if form.is_valid():
        told = form.cleaned_data
        outcome = service.stop_work(order_id, order.seller_id, n, told["note"], told["key"], now_of(request))
        if outcome.ok:
            tell_outcome(request, None, "service.stop_done")
            return HttpResponseRedirect(f"/seller/orders/{order_id}/")
        refusal = refusal_notice(outcome.refusal) if outcome.refusal else None
    elif not form.is_bound and "stop_work" not in work.seller_may:
        return HttpResponseRedirect(f"/seller/orders/{order_id}/")
    shown = {"o": order, "title": title_of(order), "n": n, "form": form, "refusal": refusal}
    return render(request, "seller/stop.html", shown, status=422 if form.is_bound else 200)
