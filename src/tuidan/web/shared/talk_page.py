"""The talk on anybody's page: its part for the order pages, the live part that asks again, sending, the copy."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from tuidan.commands.talk import Message, send_message
from tuidan.domain import commands as c
from tuidan.reads.records import OrderView
from tuidan.reads.talk import read_copy, read_talk
from tuidan.web.shared.key import key_of
from tuidan.web.shared.language import current_language
from tuidan.web.shared.notices import refusal_notice
from tuidan.web.shared.now import now_of
from tuidan.web.shared.talk_shown import PAUSE_SECONDS_MAX, PAUSE_SECONDS_MIN, show_talk
from tuidan.web.shared.viewing import viewer

SENT = "talk_sent"


def talk_part(request: HttpRequest, order: OrderView, reader: str, case: int = 0) -> dict[str, Any]:
    """The talk for an order's page; after a message was sent, the words kept in the browser may go."""
    talk = read_talk(order.order_id, viewer(request))
    if talk is None:
        raise Http404
    shown = show_talk(talk, order, reader, current_language(), case)
    shown["was_sent"] = request.session.pop(SENT, "") == str(order.order_id)
    return shown


def live(request: HttpRequest, order: OrderView, reader: str) -> HttpResponse:
    """What is new since event `seen`, and when to ask again: at first soon, then less often, never after 5 s."""
    seen, pause = _number(request, "seen"), _number(request, "pause")
    talk = read_talk(order.order_id, viewer(request), seen)
    if talk is None:
        raise Http404
    again = PAUSE_SECONDS_MIN if talk.messages else min(PAUSE_SECONDS_MAX, max(PAUSE_SECONDS_MIN, pause + 1))
    shown = show_talk(talk, order, reader, current_language(), _number(request, "case"), again)
    return render(request, "shared/parts/talk_live.html", {"talk": shown})


def _number(request: HttpRequest, name: str) -> int:
    told = request.GET.get(name, "")
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else 0


def send(request: HttpRequest, order: OrderView, actor: c.Actor, reader: str, back: str) -> HttpResponse:
    """Say what the form holds, once for its key; what was refused is shown again with the words."""
    told = request.POST
    unit = told.get("unit", "0")
    message = Message(
        words=told.get("words", ""),
        asks="asks" in told,
        unit=int(unit) if unit.isascii() and unit.isdecimal() and len(unit) < 4 else 0,
        case=_case(told.get("case", "")),
    )
    outcome = send_message(order.order_id, actor, message, key_of(request), now_of(request))
    if outcome.refusal:
        return again(request, order, reader, message.words, back, outcome.refusal)
    request.session[SENT] = str(order.order_id)
    return HttpResponseRedirect(f"{back}#talk")


def _case(told: str) -> int:
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 4 else 0


def again(
    request: HttpRequest, order: OrderView, reader: str, words: str, back: str, refusal: Any
) -> HttpResponse:
    """The form once more, with what was written and why it was not sent."""
    talk = read_talk(order.order_id, viewer(request), order.version)
    assert talk is not None, "the order was just read for the same reader"
    shown = {
        "talk": show_talk(talk, order, reader, current_language()),
        "words": words,
        "back": back,
        "refusal": refusal_notice(refusal),
    }
    return render(request, "shared/talk_again.html", shown, status=422)


def copy(request: HttpRequest, order_id: UUID) -> HttpResponse:
    """The talk as lines of JSON to take along (S-049)."""
    told = read_copy(order_id, viewer(request), now_of(request))
    if told is None:
        raise Http404
    response = HttpResponse(told, content_type="application/x-ndjson")
    response["Content-Disposition"] = f'attachment; filename="talk-{str(order_id)[:8]}.jsonl"'
    return response
