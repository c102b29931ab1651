"""The operators' switches for kinds of service that are off by default: boosting and rented accounts."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tuidan.commands.service_switch import UnknownSwitch, switch_service
from tuidan.reads.service_switch import list_switches
from tuidan.web.shared.access import operator_only
from tuidan.web.shared.language import current_language
from tuidan.web.shared.notices import tell_outcome, told
from tuidan.web.shared.now import now_of
from tuidan.web.shared.viewing import person_id
from tuidan.web.shared.words import say


@operator_only
@require_http_methods(["GET", "HEAD", "POST"])
def switches(request: HttpRequest) -> HttpResponse:
    """Show the switches; turn one. Raises Http404 for a kind without a switch."""
    if request.method == "POST":
        try:
            turned_on = request.POST.get("on") == "yes"
            kind = request.POST.get("type", "")
            switch_service(kind, on=turned_on, by=person_id(request), now=now_of(request))
        except UnknownSwitch:
            raise Http404 from None
        tell_outcome(request, None, "switch.done")
        return HttpResponseRedirect("/operator/services/")
    language = current_language()
    rows = [
        {
            "type": each.type,
            "on": each.on,
            "word": say(f"service.type.{each.type}", language),
            "at": each.changed_at,
        }
        for each in list_switches()
    ]
    return render(request, "operator/services.html", {"rows": rows, "told": told(request)})
