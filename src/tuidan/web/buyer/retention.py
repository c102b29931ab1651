"""A person's own data: what is kept until when and why, a copy to take along, and the wish to be erased."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from tuidan.commands.erasure_request import WORDS_MAX, ask_erasure
from tuidan.domain.refusals import Refusal
from tuidan.reads.retention import kept_orders, own_copy, wishes_of
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.kept_shown import day, kept_text
from tuidan.web.shared.key import key_of, new_key
from tuidan.web.shared.language import current_language
from tuidan.web.shared.notices import tell_outcome, told
from tuidan.web.shared.now import now_of
from tuidan.web.shared.paging import page_number, pages
from tuidan.web.shared.viewing import person_id, viewer
from tuidan.web.shared.words import say

PATH = "/me/data/"


@signed_in
@require_safe
def my_data(request: HttpRequest) -> HttpResponse:
    """What is kept of the reader, order by order."""
    language, now, page = current_language(), now_of(request), page_number(request)
    orders = kept_orders(person_id(request), page)
    shown = {
        "orders": [
            {
                "o": order,
                "classes": [
                    (say(f"mydata.{kept.kept}", language), kept_text(kept, now, language))
                    for kept in order.classes
                ],
            }
            for order in orders
        ],
        "wishes": [
            {
                "w": wish,
                "text": say("mydata.wish", language, erased=wish.erased, kept=wish.kept),
                "until": say("mydata.wish_until", language, until=day(wish.kept_until))
                if wish.kept_until
                else "",
                "state": say("mydata.wish_done" if wish.done_at else "mydata.wish_open", language),
                "account": _account(
                    wish.close_account and wish.done_at is not None, wish.account_closed, language
                ),
            }
            for wish in wishes_of(person_id(request))
        ],
        "pages": pages(page, len(orders)),
        "words_max": WORDS_MAX,
        "key": new_key(),
        "told": told(request),
    }
    return render(request, "buyer/my_data.html", shown)


def _account(asked: bool, closed: bool, language: str) -> str:
    if not asked:
        return ""
    return say("mydata.wish_closed" if closed else "mydata.wish_not_closed", language)


@require_POST
@signed_in
def erase(request: HttpRequest) -> HttpResponse:
    """Ask for erasure; it is carried out a little later."""
    person = person_id(request)
    close = request.POST.get("close_account", "") == "on"
    words = request.POST.get("words", "")
    outcome = ask_erasure(person, person, words, close, key_of(request), now_of(request))
    tell_outcome(request, outcome if isinstance(outcome, Refusal) else None, "mydata.sent")
    return HttpResponseRedirect(PATH)


@signed_in
@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """All that is kept of the reader, as one JSON file."""
    response = JsonResponse(
        own_copy(viewer(request), now_of(request)), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response
