"""The operators' page: outside work that does not move, and orders with an alarm. Empty when all is well."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tuidan.reads.audit import read_audit
from tuidan.reads.lists import alarms, stranded, stuck_work
from tuidan.reads.log import log_health
from tuidan.web.shared.access import operator_only
from tuidan.web.shared.now import now_of


@operator_only
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """What needs a person."""
    shown = {
        "stuck": stuck_work(now_of(request)),
        "alarms": alarms(),
        "stranded": stranded(),
        "audit": read_audit(),
        "log": log_health(),
    }
    return render(request, "operator/health.html", shown)
