"""The public page where a person checks a text: what is void, what is risky, and what to write instead."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tuidan.domain.terms import CLAUSES
from tuidan.web.shared.language import current_language
from tuidan.web.shared.terms_shown import LEVELS, basis_text, show_terms
from tuidan.web.shared.words import say

TEXT_SIGNS_MAX = 10_000


@require_http_methods(["GET", "HEAD", "POST"])
def terms(request: HttpRequest) -> HttpResponse:
    """The form with all clauses; after a POST the findings above them. Nothing is stored."""
    language = current_language()
    text = request.POST.get("text", "").replace("\r\n", "\n")
    asked = request.method == "POST"
    fault = ""
    if asked and not text.strip():
        fault = say("terms.empty", language)
    elif len(text) > TEXT_SIGNS_MAX:
        fault = say("terms.too_long", language, n=TEXT_SIGNS_MAX)
    shown = {
        "text": text[:TEXT_SIGNS_MAX],
        "signs_max": TEXT_SIGNS_MAX,
        "fault": fault,
        "result": show_terms(text, language) if asked and not fault else None,
        "clauses": [
            {
                "id": clause.id,
                "mark": LEVELS[clause.level],
                "level_word": say(f"terms.level.{clause.level}", language),
                "title": say(clause.title_key, language),
                "basis": basis_text(clause.id, language),
                "rewrite": say(clause.rewrite_key, language),
                "depends": clause.depends,
                "of_page": clause.of_page,
            }
            for clause in CLAUSES.values()
        ],
    }
    return render(request, "shared/terms.html", shown, status=422 if fault else 200)
