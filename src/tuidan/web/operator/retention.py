"""What is kept and erased, for operators: holds with their reasons, what is due, what was done, people's wishes."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from tuidan.commands.order import NoSuchOrder
from tuidan.commands.retention import erase_due, lift_legal_hold, place_legal_hold
from tuidan.domain.commands import Actor
from tuidan.reads.retention import due, report
from tuidan.web.shared.access import operator_only
from tuidan.web.shared.kept_shown import day, show_act
from tuidan.web.shared.key import key_of, new_key
from tuidan.web.shared.language import current_language
from tuidan.web.shared.notices import Notice, tell, tell_outcome, told
from tuidan.web.shared.now import now_of
from tuidan.web.shared.viewing import person_id
from tuidan.web.shared.words import say

PATH = "/operator/retention/"
WORDS_MAX = 500


@operator_only
@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """The holds that stand, what is due, and the report."""
    language, found = current_language(), report()
    shown = {
        "lead": say("retention.lead", language, trade=found.trade_years, payment=found.payment_years),
        "holds": [show_act(act, language) for act in found.holds],
        "acts": [show_act(act, language) for act in found.acts],
        "due": [
            {
                "order_id": order.order_id,
                "ended": say("retention.due_line", language, at=day(order.ended_at)),
                "classes": [say(f"retention.class.{kept}", language) for kept in order.classes],
            }
            for order in due(now_of(request))
        ],
        "wishes": [
            {"w": wish, "text": say("mydata.wish", language, erased=wish.erased, kept=wish.kept)}
            for wish in found.requests
        ],
        "words_max": WORDS_MAX,
        "key": new_key(),
        "told": told(request),
    }
    return render(request, "operator/retention.html", shown)


@require_POST
@operator_only
def hold(request: HttpRequest) -> HttpResponse:
    """Place a hold on the order that is named."""
    words = request.POST.get("words", "")[:WORDS_MAX]
    try:
        order_id = UUID(request.POST.get("order", "").strip())
        outcome = place_legal_hold(order_id, person_id(request), words, key_of(request), now_of(request))
        tell_outcome(request, outcome.refusal, "retention.placed")
    except (ValueError, NoSuchOrder):
        tell(request, Notice("loss", say("retention.no_order", current_language())))
    return HttpResponseRedirect(PATH)


@require_POST
@operator_only
def lift(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """Lift one hold."""
    words = request.POST.get("words", "")[:WORDS_MAX]
    try:
        outcome = lift_legal_hold(order_id, person_id(request), n, words, key_of(request), now_of(request))
    except NoSuchOrder:
        raise Http404 from None
    tell_outcome(request, outcome.refusal, "retention.lifted")
    return HttpResponseRedirect(PATH)


@require_POST
@operator_only
def erase(request: HttpRequest) -> HttpResponse:
    """Order the erasure of what is due, of a batch of orders."""
    actor = Actor("operator", str(person_id(request)))
    count = erase_due(actor, now_of(request))
    tell(request, Notice("done", say("retention.due_done", current_language(), count=count)))
    return HttpResponseRedirect(PATH)
