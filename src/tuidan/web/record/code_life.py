"""A code's life on one page: for its shop, reviewers and operators; the code itself stays masked."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tuidan.reads.code_life import LifeStep, read_life
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.language import current_language
from tuidan.web.shared.timeline import event_text
from tuidan.web.shared.viewing import viewer
from tuidan.web.shared.words import WORDS, say


@signed_in
@require_safe
def life(request: HttpRequest, listing_id: UUID, code_id: UUID) -> HttpResponse:
    """From import to end."""
    found = read_life(listing_id, code_id, viewer(request))
    if found is None:
        raise Http404
    language = current_language()
    shown = {
        "life": found,
        "state": f"code.{found.state}",
        "rows": [{"step": step, "act": step_text(step, language)} for step in found.steps],
    }
    return render(request, "record/code_life.html", shown)


def step_text(step: LifeStep, language: str) -> str:
    """One sentence for one step: the stock's own steps, else the order's event."""
    key = f"life.{step.kind}"
    if key not in WORDS:
        return event_text(step.kind, step.data, language)
    variant = f"{key}.{step.data.get('result', '')}"
    if step.kind == "imported" and "line" in step.data:
        variant = "life.imported.line"
    return say(variant if variant in WORDS else key, language, **step.data)
