"""The reviewers' desk: the queue by time left, and one case with the facts, the claim and the policy's view."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from tuidan.commands.dispute import decide_case
from tuidan.reads.lists import last_done_opened_at, review_queue
from tuidan.reads.records import CaseView, OrderView
from tuidan.web.reviewer.case_facts import case_facts
from tuidan.web.reviewer.forms import DecideForm
from tuidan.web.shared.access import reviewer_only
from tuidan.web.shared.case_shown import reasons_shown, show_case
from tuidan.web.shared.channel_shown import show_channel
from tuidan.web.shared.language import current_language
from tuidan.web.shared.notices import Notice, refusal_notice, tell_outcome, told
from tuidan.web.shared.now import now_of
from tuidan.web.shared.order_timeline import timeline
from tuidan.web.shared.paging import page_number, pages
from tuidan.web.shared.record_shown import record_links
from tuidan.web.shared.service_shown import show_plan, show_work
from tuidan.web.shared.talk_page import talk_part
from tuidan.web.shared.titles import title_of
from tuidan.web.shared.viewing import person_id, reviewed_order


@reviewer_only
@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Cases that wait, the most urgent first."""
    page = page_number(request)
    rows = review_queue(page)
    closed_at = None if rows else last_done_opened_at()
    shown = {
        "rows": rows,
        "pages": pages(page, len(rows)),
        "told": told(request),
        "last_done_opened_at": closed_at,
    }
    return render(request, "reviewer/queue.html", shown)


def _case(order: OrderView, n: int) -> CaseView:
    found = next((case for case in order.cases if case.n == n), None)
    if found is None:
        raise Http404
    return found


@reviewer_only
@require_http_methods(["GET", "HEAD", "POST"])
def case(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """One case; a press decides it on what the page showed."""
    order = reviewed_order(request, order_id)
    asked = _case(order, n)
    unit = order.units[asked.unit - 1]
    left_fen = unit.paid_fen - unit.refund_fen
    data = request.POST if request.method == "POST" else None
    form = DecideForm(left_fen, min(asked.amount_fen, left_fen), order.version, data)
    refusal: Notice | None = None
    if request.method == "POST" and form.is_valid():
        key, judgement = form.cleaned_data["key"], form.judgement(n)
        outcome = decide_case(order_id, person_id(request), judgement, key, now_of(request))
        if outcome.ok:
            tell_outcome(request, None, "review.done")
            return HttpResponseRedirect("/review/")
        refusal = refusal_notice(outcome.refusal) if outcome.refusal else None
        order = reviewed_order(request, order_id)  # what came in meanwhile is on the page that is shown again
        asked, form = _case(order, n), form.again(order.version)
    return _show(request, order, asked, form, refusal)


def _show(
    request: HttpRequest, order: OrderView, asked: CaseView, form: DecideForm, refusal: Notice | None
) -> HttpResponse:
    language = current_language()
    shown = {
        "order_id": order.order_id,
        "title": title_of(order),
        "o": order,
        "case": show_case(asked, language),
        "facts": case_facts(order, asked.unit, language),
        "policy": reasons_shown(asked.verdict.get("policy_said") or asked.verdict, language),  # type: ignore[arg-type]
        "rows": timeline(order, language, "reviewer"),
        "record": record_links(order, language, codes=True),
        "form": form,
        "channel": show_channel(order, language),
        "refusal": refusal,
        "talk": talk_part(request, order, "reviewer", asked.n),
        "work": show_work(order.units[asked.unit - 1].work, language),
        "plan": show_plan(order.units[asked.unit - 1].plan, language),
        "is_open": asked.status in ("review", "escalated", "appeal"),
    }
    return render(request, "reviewer/case.html", shown, status=422 if request.method == "POST" else 200)
