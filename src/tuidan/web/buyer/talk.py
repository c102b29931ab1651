"""The buyer's side of the talk: write, ask with facts (S-051), accept what the seller agreed to, take a copy."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tuidan.commands.dispute import request_refund
from tuidan.commands.talk import Message, send_message
from tuidan.domain import commands as c
from tuidan.domain.talk import AGREEING, TEMPLATES
from tuidan.reads.records import OrderView, UnitView
from tuidan.reads.talk import read_talk
from tuidan.web.buyer.question import QuestionForm, known_facts, question_text
from tuidan.web.shared import talk_page
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.key import key_of
from tuidan.web.shared.language import current_language
from tuidan.web.shared.notices import refusal_notice, tell_outcome
from tuidan.web.shared.now import now_of
from tuidan.web.shared.titles import title_of
from tuidan.web.shared.viewing import bought_order, person_id, viewer
from tuidan.web.shared.words import say

# The reason under which an agreement is claimed: what decides is the seller's own word.
AGREED_REASON = "other"


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def talk(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """What is new, or a message."""
    order = bought_order(request, order_id)
    if request.method != "POST":
        return talk_page.live(request, order, "buyer")
    actor = c.Actor("buyer", str(person_id(request)))
    return talk_page.send(request, order, actor, "buyer", f"/orders/{order_id}/")


@signed_in
@require_safe
def copy(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The talk to take along."""
    bought_order(request, order_id)
    return talk_page.copy(request, order_id)


def questions_for(order: OrderView, language: str) -> list[dict[str, object]]:
    """The questions with facts that fit this order, for its first unit that has money left."""
    unit = next((each for each in order.units if each.refund_fen < each.paid_fen), None)
    if unit is None or order.paid_at is None:
        return []
    return [
        {"template": name, "unit": unit.n, "word": say(f"ask.{name}", language)}
        for name in TEMPLATES[order.goods_kind]
    ]


def _unit(order: OrderView, n: int) -> UnitView:
    found = next((unit for unit in order.units if unit.n == n), None)
    if found is None:
        raise Http404
    return found


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def question(request: HttpRequest, order_id: UUID, n: int, template: str) -> HttpResponse:
    """A question to the seller from a template: the platform fills in what it knows."""
    order = bought_order(request, order_id)
    unit = _unit(order, n)
    if template not in TEMPLATES[order.goods_kind] or order.paid_at is None:
        raise Http404
    language = current_language()
    form = QuestionForm(template, unit, request.POST if request.method == "POST" else None)
    refusal = None
    if form.is_valid():
        words = question_text(order, unit, template, form.cleaned_data, language)
        actor = c.Actor("buyer", str(person_id(request)))
        message = Message(words, template, True, n)
        outcome = send_message(order_id, actor, message, form.cleaned_data["key"], now_of(request))
        if outcome.ok:
            return HttpResponseRedirect(f"/orders/{order_id}/#talk")
        refusal = refusal_notice(outcome.refusal) if outcome.refusal else None
    shown = {
        "o": order,
        "title": title_of(order),
        "n": n,
        "word": say(f"ask.{template}", language),
        "known": known_facts(order, unit, template, language),
        "form": form,
        "refusal": refusal,
    }
    return render(request, "buyer/question.html", shown, status=422 if form.is_bound else 200)


@signed_in
@require_POST
def accept(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """Take what the seller agreed to (S-054): the request for that sum, decided by the same policy."""
    order = bought_order(request, order_id)
    unit = _unit(order, n)
    told = read_talk(order_id, viewer(request), order.version)
    found = [each for each in told.contacts if each.unit == n and each.response in AGREEING] if told else []
    if not found:
        raise Http404
    amount_fen = min(found[0].offered_fen, unit.paid_fen - unit.refund_fen)
    key, now = key_of(request), now_of(request)
    outcome = request_refund(order_id, person_id(request), n, AGREED_REASON, key, now, amount_fen)
    tell_outcome(request, outcome.refusal, "refund.sent")
    return HttpResponseRedirect(f"/orders/{order_id}/")
