"""Asking for money back: one tap where it is due, a form with reasons where it must be looked at, and withdrawing."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from tuidan.commands.dispute import request_refund, withdraw_request
from tuidan.reads.order import previews
from tuidan.reads.records import OrderView, UnitView
from tuidan.web.buyer.forms import RefundForm
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.case_shown import ReasonShown
from tuidan.web.shared.key import key_of
from tuidan.web.shared.language import current_language
from tuidan.web.shared.notices import Notice, refusal_notice, tell_outcome
from tuidan.web.shared.now import now_of
from tuidan.web.shared.preview_shown import preview_text
from tuidan.web.shared.titles import title_of
from tuidan.web.shared.viewing import bought_order, person_id, viewer
from tuidan.web.shared.words import say


def _unit(order: OrderView, n: int) -> UnitView:
    found = next((unit for unit in order.units if unit.n == n), None)
    if found is None:
        raise Http404
    return found


def held(order: OrderView, unit: UnitView, language: str) -> list[ReasonShown]:
    """The evidence the platform has itself, which nobody need prove again (R11)."""
    keys = ["order", "payment"]
    keys += ["delivery"] if unit.done_at else []
    keys += ["reveal"] if unit.revealed_at else []
    keys += ["issuer"] if order.goods_kind == "card_code" and unit.tail else []
    return [ReasonShown("yes", say(f"refund.held.{key}", language)) for key in keys]


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """The refund request for one unit."""
    order = bought_order(request, order_id)
    unit = _unit(order, n)
    data = request.POST if request.method == "POST" else None
    form = RefundForm(unit.reasons, unit.paid_fen - unit.refund_fen, data)
    if data is None and not unit.can_request:
        return HttpResponseRedirect(f"/orders/{order_id}/")
    if not form.is_valid():
        return _show(request, order, unit, form)
    told = form.cleaned_data
    buyer, now = person_id(request), now_of(request)
    outcome = request_refund(
        order_id, buyer, n, told["reason"], told["key"], now, told["amount"], told["text"]
    )
    if outcome.refusal:
        return _show(request, order, unit, form, refusal_notice(outcome.refusal))
    tell_outcome(request, None, "refund.sent")
    return HttpResponseRedirect(f"/orders/{order_id}/")


def _show(
    request: HttpRequest, order: OrderView, unit: UnitView, form: RefundForm, refusal: Notice | None = None
) -> HttpResponse:
    shown = {
        "o": order,
        "title": title_of(order),
        "n": unit.n,
        "form": form,
        "refusal": refusal,
        "held": held(order, unit, current_language()),
        "options": _options(request, order, unit, form),
    }
    return render(request, "buyer/refund.html", shown, status=422 if form.is_bound else 200)


def _options(
    request: HttpRequest, order: OrderView, unit: UnitView, form: RefundForm
) -> list[tuple[Any, str]]:
    """Each reason with what asking for it now would bring."""
    language = current_language()
    found = previews(order.order_id, unit.n, viewer(request), now_of(request))
    texts = {answer.reason: preview_text(answer, language) for answer in found}
    return [(option, texts.get(str(option.data["value"]), "")) for option in form["reason"]]


@signed_in
@require_POST
def ask_now(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """One tap, where the standing answer says that it is due; the same policy decides it."""
    order = bought_order(request, order_id)
    _unit(order, n)
    reason = request.POST.get("reason", "no_reason")
    outcome = request_refund(order_id, person_id(request), n, reason, key_of(request), now_of(request))
    tell_outcome(request, outcome.refusal, "refund.sent")
    return HttpResponseRedirect(f"/orders/{order_id}/")


@signed_in
@require_POST
def withdraw(request: HttpRequest, order_id: UUID, case: int) -> HttpResponse:
    """Take a request back."""
    bought_order(request, order_id)
    outcome = withdraw_request(order_id, person_id(request), case, key_of(request), now_of(request))
    tell_outcome(request, outcome.refusal, "refund.withdrawn")
    return HttpResponseRedirect(f"/orders/{order_id}/")
