"""One order for an operator: its alarms with a reason to give, disputes at the channel with an answer to send."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from tuidan.commands.alarm import WORDS_MAX, acknowledge_alarm
from tuidan.commands.channel_dispute import WORDS_MAX as ANSWER_MAX
from tuidan.commands.channel_dispute import answer_channel_dispute
from tuidan.domain.commands import Actor
from tuidan.reads.alarm import read_alarms
from tuidan.reads.order import read_order
from tuidan.reads.records import OrderView
from tuidan.web.operator.payout import money_part
from tuidan.web.shared.access import operator_only
from tuidan.web.shared.channel_shown import show_channel
from tuidan.web.shared.key import key_of, new_key
from tuidan.web.shared.language import current_language
from tuidan.web.shared.moments import BEIJING
from tuidan.web.shared.notices import Notice, tell, tell_outcome, told
from tuidan.web.shared.now import now_of
from tuidan.web.shared.order_timeline import timeline
from tuidan.web.shared.record_shown import record_links
from tuidan.web.shared.titles import title_of
from tuidan.web.shared.viewing import person_id, viewer
from tuidan.web.shared.words import say


def _order(request: HttpRequest, order_id: UUID) -> OrderView:
    order = read_order(order_id, viewer(request), now_of(request))
    if order is None:
        raise Http404
    return order


@operator_only
@require_safe
def order(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The order's alarms, disputes and story."""
    view = _order(request, order_id)
    language = current_language()
    shown = {
        "o": view,
        "title": title_of(view),
        "alarms": [
            {
                "name": each.name,
                "word": say(f"alarm.{each.name}", language),
                "measure": each.measure,
                "is_fen": each.is_fen,
                "can_acknowledge": each.can_acknowledge,
            }
            for each in read_alarms(order_id)
        ],
        "channel": show_channel(view, language),
        "money": money_part(request, view),
        "draft": evidence_draft(view, language),
        "answer_max": ANSWER_MAX,
        "words_max": WORDS_MAX,
        "key": new_key(),
        "told": told(request),
        "rows": timeline(view, language, "reviewer"),
        "record": record_links(view, language, codes=True),
    }
    return render(request, "operator/order.html", shown)


def _exactly(moment: datetime) -> str:
    return moment.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")


def evidence_draft(view: OrderView, language: str) -> str:
    """What the platform's own log proves, as a first text of the answer; no personal data, at most ANSWER_MAX."""
    facts = []
    for unit in view.units:
        if unit.revealed_at:
            facts.append(say("channel.draft.revealed", language, at=_exactly(unit.revealed_at)))
        elif unit.done_at:
            facts.append(say("channel.draft.delivered", language, at=_exactly(unit.done_at)))
    said = "，".join(facts[:2]) if language == "zh" else ", ".join(facts[:2])
    paid = _exactly(view.paid_at) if view.paid_at else ""
    nothing = say("channel.draft.nothing", language)
    text = say("channel.draft", language, order=str(view.order_id), paid=paid, delivered=said or nothing)
    return text[:ANSWER_MAX]


@require_POST
@operator_only
def acknowledge(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """Take an alarm off the list, with a reason."""
    _order(request, order_id)
    measure = request.POST.get("measure", "")
    outcome = acknowledge_alarm(
        order_id,
        person_id(request),
        request.POST.get("alarm", ""),
        int(measure) if measure.isdecimal() and len(measure) < 16 else 0,
        request.POST.get("words", ""),
        key_of(request),
        now_of(request),
    )
    tell_outcome(request, outcome.refusal, "alarm.done")
    return HttpResponseRedirect(f"/operator/orders/{order_id}/")


@require_POST
@operator_only
def answer(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """Send our side of a dispute to the channel."""
    _order(request, order_id)
    words = request.POST.get("words", "").strip()
    if not words:
        tell(request, Notice("loss", say("channel.reply.empty", current_language())))
    else:
        actor = Actor("operator", str(person_id(request)))
        outcome = answer_channel_dispute(order_id, actor, n, words, key_of(request), now_of(request))
        tell_outcome(request, outcome.refusal, "channel.reply.sent")
    return HttpResponseRedirect(f"/operator/orders/{order_id}/")
