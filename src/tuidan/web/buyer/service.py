"""What a buyer does with the work of a service: answer a report, accept the whole, run the clock."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from tuidan.commands.service import accept_work, answer_progress, start_clock, stop_clock
from tuidan.domain import commands as c
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.key import key_of
from tuidan.web.shared.notices import tell_outcome
from tuidan.web.shared.now import now_of
from tuidan.web.shared.viewing import bought_order, person_id

NOTE_CHARS_MAX = 500


def _percent(request: HttpRequest, name: str) -> int:
    """A whole number from 0 to 100 as typed; -1 for anything else, which the rules refuse."""
    typed = request.POST.get(name, "").strip()
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) <= 3 else -1


@signed_in
@require_POST
def answer(request: HttpRequest, order_id: UUID, n: int, place: int) -> HttpResponse:
    """Agree to a report, or say how far the work is in the buyer's own eyes."""
    bought_order(request, order_id)
    accept = request.POST.get("accept") == "yes"
    asked = c.AnswerProgress(n, place, _percent(request, "percent"), accept, _percent(request, "own_percent"))
    note = request.POST.get("note", "")[:NOTE_CHARS_MAX]
    outcome = answer_progress(order_id, person_id(request), asked, note, key_of(request), now_of(request))
    tell_outcome(request, outcome.refusal, "service.answered")
    return HttpResponseRedirect(f"/orders/{order_id}/#unit-{n}")


@signed_in
@require_POST
def accept(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """Accept the whole of a unit; with the last one the seller is paid."""
    bought_order(request, order_id)
    outcome = accept_work(order_id, person_id(request), n, key_of(request), now_of(request))
    tell_outcome(request, outcome.refusal, "service.accepted")
    return HttpResponseRedirect(f"/orders/{order_id}/#unit-{n}")


@signed_in
@require_POST
def clock(request: HttpRequest, order_id: UUID, n: int) -> HttpResponse:
    """Start or stop the clock of what is sold by time."""
    bought_order(request, order_id)
    buyer, key, now = person_id(request), key_of(request), now_of(request)
    if request.POST.get("act") == "start":
        outcome = start_clock(order_id, buyer, n, key, now)
    else:
        outcome = stop_clock(order_id, c.Actor("buyer", str(buyer)), n, key, now)
    tell_outcome(request, outcome.refusal, "service.clock_done")
    return HttpResponseRedirect(f"/orders/{order_id}/#unit-{n}")
