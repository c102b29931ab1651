"""The public rules: in plain words, as a matrix computed from the version in force, and as data."""

from __future__ import annotations

from itertools import groupby

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tuidan.reads.rules import rules_document, rules_in_force
from tuidan.web.shared.language import current_language
from tuidan.web.shared.matrix import Line, matrix
from tuidan.web.shared.moments import duration_text
from tuidan.web.shared.money import yuan
from tuidan.web.shared.now import now_of
from tuidan.web.shared.rules_version import versions_shown
from tuidan.web.shared.words import say

RULES = tuple(f"R{n}" for n in range(1, 25))
TONES = {"approve_full": "yes", "approve_partial": "yes", "reject": "no"}


@require_safe
def rules(request: HttpRequest) -> HttpResponse:
    """The rules page."""
    policy, calendar = rules_in_force(now_of(request))
    language = current_language()
    numbers = policy.numbers
    window = duration_text(numbers.instant_window_seconds, language)
    lines = [_shown(line, window, numbers.sealed_days, language) for line in matrix(policy, calendar)]
    shown = {
        "policy": policy.name,
        "window": window,
        "after": duration_text(numbers.instant_window_after_delivery_seconds, language),
        "kinds": [(kind, list(found)) for kind, found in groupby(lines, key=lambda line: line["kind"])],
        "rules": [(rule, say(f"rule.{rule}", language)) for rule in RULES],
        **versions_shown(request),
    }
    return render(request, "shared/rules.html", shown)


def _shown(line: Line, window: str, days: int, language: str) -> dict[str, object]:
    result = say(f"outcome.{line.decision}", language)
    if line.decision == "approve_partial":
        result += f" ¥{yuan(line.amount_fen)} / ¥50.00"
    when = say(f"case.{line.kind}.{line.situation}", language, window=window, days=days)
    return {
        "kind": line.kind,
        "when": when,
        "result": result,
        "side": TONES.get(line.decision, ""),
        "rules": line.rules,
    }


@require_safe
def document(request: HttpRequest, sha256: str) -> HttpResponse:
    """One version as data: the very bytes that its hash names."""
    body = rules_document(sha256)
    if body is None:
        raise Http404
    return HttpResponse(body, content_type="application/json; charset=utf-8")
