"""Publishing a draft with notice, in two steps: look once more, then write the version again; and withdrawing."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST

from tuidan.commands import policy as life
from tuidan.reads.policy import changes_between, find_draft, follows, list_versions
from tuidan.web.operator.policy import PLACE, gone
from tuidan.web.operator.policy_forms import PublishForm
from tuidan.web.operator.policy_shown import show_replay
from tuidan.web.shared.access import operator_only
from tuidan.web.shared.difference import changes_text, obstacle_text
from tuidan.web.shared.language import current_language
from tuidan.web.shared.notices import tell_outcome
from tuidan.web.shared.now import now_of
from tuidan.web.shared.viewing import person_id
from tuidan.web.shared.words import say


@require_POST
@operator_only
def publish(request: HttpRequest, sha256: str) -> HttpResponse:
    """Publish where the version was written again; until then show what would happen, and what is in the way."""
    draft, now, language = find_draft(sha256), now_of(request), current_language()
    if draft is None:
        return gone(request)
    proved = life.prove_draft(sha256)
    latest_n = list_versions(now).latest_n
    form = PublishForm(settings.POLICY_NOTICE_DAYS, latest_n, proved.proof.uncovered, request.POST)
    blocked: list[str] = []
    if form.is_valid():
        asked, seen_n = form.publication(now), form.cleaned_data["seen_n"]
        written = form.cleaned_data["confirm"].strip()
        if written == draft.version:
            try:
                life.publish_draft(sha256, asked, person_id(request), now, seen_n)
            except life.NotPublished as error:
                blocked = [obstacle_text(obstacle, language) for obstacle in error.obstacles]
            except life.NoSuchPolicy:
                return gone(request)
            else:
                tell_outcome(request, None, "policies.published")
                return HttpResponseRedirect(f"{PLACE}{sha256}/")
        elif "confirm" in request.POST:
            form.add_error("confirm", say("policies.confirm_bad", language, version=draft.version))
    before = follows(sha256, now)
    shown = {
        "draft": draft,
        "form": form,
        "effective_at": form.publication(now).effective_at if "days" in form.cleaned_data else None,
        "changes": changes_text(changes_between(before, sha256), language) if before else [],
        "replay": show_replay(draft.replay, language),
        "blocked": blocked,
    }
    failed = bool(blocked or form.errors)
    return render(request, "operator/policy_confirm.html", shown, status=422 if failed else 200)


@require_POST
@operator_only
def withdraw(request: HttpRequest, sha256: str) -> HttpResponse:
    """Take a version back before it takes effect."""
    try:
        life.withdraw_version(sha256, person_id(request), now_of(request))
    except life.NoSuchPolicy:
        return gone(request)
    tell_outcome(request, None, "policies.withdrawn")
    return HttpResponseRedirect(f"{PLACE}{sha256}/")
