"""The operators' pages about the refund policy: all versions, drafts, and what stands for a draft."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from tuidan.commands import policy as life
from tuidan.domain.policy.compiled import describe
from tuidan.domain.policy.life import Publication, earliest_effect, obstacles
from tuidan.policies import load_standard_examples
from tuidan.reads.policy import (
    NoSuchVersion,
    Versions,
    changes_between,
    find_draft,
    follows,
    list_comments,
    list_drafts,
    list_versions,
    policy_of,
)
from tuidan.reads.replay import NoSuchDraft, NothingPublished, replay_draft
from tuidan.web.operator.policy_forms import FileForm, PublishForm
from tuidan.web.operator.policy_shown import problems_shown, show_replay
from tuidan.web.shared.access import operator_only
from tuidan.web.shared.difference import changes_text, obstacle_text
from tuidan.web.shared.language import current_language
from tuidan.web.shared.notices import Notice, tell, tell_outcome, told
from tuidan.web.shared.now import now_of
from tuidan.web.shared.viewing import person_id
from tuidan.web.shared.words import say

PLACE = "/operator/policies/"
# A request waits for a replay of so many orders; more are the command's task.
REPLAY_ORDERS_MAX = 2_000


@operator_only
@require_safe
def policies(request: HttpRequest) -> HttpResponse:
    """Drafts and versions, with the form to import a draft."""
    found = list_versions(now_of(request))
    shown = {
        "versions": found.listed,
        "drafts": list_drafts(),
        "form": FileForm(life.DRAFT_BYTES_MAX),
        "told": told(request),
    }
    return render(request, "operator/policies.html", shown)


@operator_only
@require_safe
def policy(request: HttpRequest, sha256: str) -> HttpResponse:
    """One draft with everything that stands for and against it, or one version with what was proved then."""
    now = now_of(request)
    found = list_versions(now)
    shown = draft_shown(sha256, found, now) or _version_shown(sha256, found)
    if shown is None:
        raise Http404
    before, language = follows(sha256, now), current_language()
    shown |= {
        "sha256": sha256,
        "before": before,
        "changes": changes_text(changes_between(before, sha256), language) if before else [],
        "told": told(request),
    }
    return render(request, "operator/policy.html", shown)


def draft_shown(sha256: str, found: Versions, now: datetime) -> dict[str, object] | None:
    """What the page says of a draft; None when it is none."""
    draft, language = find_draft(sha256), current_language()
    if draft is None:
        return None
    proved = life.prove_draft(sha256)
    days_min = settings.POLICY_NOTICE_DAYS
    at_best = Publication(earliest_effect(now, days_min), frozenset(proved.proof.uncovered), False, days_min)
    versions = [view.version for view in found.listed]
    blocked = obstacles(proved.proof, at_best, versions, now)
    return {
        "draft": draft,
        "name": draft.version,
        "status": "draft",
        "problems": problems_shown(proved),
        "run": proved.examples,
        "covered": proved.examples.rows - len(proved.examples.uncovered) if proved.examples else 0,
        "replay": show_replay(draft.replay, language),
        "replay_max": REPLAY_ORDERS_MAX,
        "blocked": [obstacle_text(obstacle, language) for obstacle in blocked],
        "examples_form": FileForm(life.EXAMPLES_BYTES_MAX),
        "publish_form": PublishForm(days_min, found.latest_n, proved.proof.uncovered),
    }


def _version_shown(sha256: str, found: Versions) -> dict[str, object] | None:
    view = next((view for view in found.listed if view.version.sha256 == sha256), None)
    if view is None:
        return None
    replay = view.version.record.get("replay")
    return {
        "version": view.version,
        "name": view.version.version,
        "status": view.status,
        "record": view.version.record,
        "comments": list_comments(sha256),
        "replay": show_replay(replay, current_language()) if isinstance(replay, dict) else None,
    }


@require_POST
@operator_only
def import_draft(request: HttpRequest) -> HttpResponse:
    """Keep a file as a draft."""
    form = FileForm(life.DRAFT_BYTES_MAX, request.POST, request.FILES)
    if not form.is_valid():
        return _back(request, PLACE, str(form.errors["file"][0]))
    try:
        sha256 = life.import_draft(form.content(), person_id(request), now_of(request))
    except life.NotADraft as error:
        problem = "; ".join(describe(one) for one in error.problems[:5])
        return _back(request, PLACE, say("policies.not_a_policy", current_language(), problem=problem))
    tell_outcome(request, None, "policies.imported")
    return HttpResponseRedirect(f"{PLACE}{sha256}/")


@require_POST
@operator_only
def give_examples(request: HttpRequest, sha256: str) -> HttpResponse:
    """Keep test cases with a draft and run them: those of a file, or those that ship with the standard policy."""
    form, place = FileForm(life.EXAMPLES_BYTES_MAX, request.POST, request.FILES), f"{PLACE}{sha256}/"
    shipped = "shipped" in request.POST
    if not shipped and not form.is_valid():
        return _back(request, place if find_draft(sha256) else PLACE, str(form.errors["file"][0]))
    try:
        life.give_examples(sha256, load_standard_examples() if shipped else form.content())
    except life.ExamplesError as error:
        return _back(request, place, say("policies.examples_bad", current_language(), problem=str(error)))
    except life.NoSuchPolicy:
        return gone(request)
    tell_outcome(request, None, "policies.examples_kept")
    return HttpResponseRedirect(place)


@require_POST
@operator_only
def run_replay(request: HttpRequest, sha256: str) -> HttpResponse:
    """Replay a draft on the newest orders and keep the summary."""
    try:
        summary = replay_draft(sha256, now_of(request), orders_max=REPLAY_ORDERS_MAX)
        life.keep_replay(sha256, summary)
    except (NoSuchDraft, NothingPublished, life.NoSuchPolicy):
        return _back(request, PLACE, say("policies.replay_empty", current_language()))
    tell_outcome(request, None, "policies.replay_done")
    return HttpResponseRedirect(f"{PLACE}{sha256}/#replay")


@require_POST
@operator_only
def drop(request: HttpRequest, sha256: str) -> HttpResponse:
    """Forget a draft."""
    try:
        life.drop_draft(sha256)
    except life.NoSuchPolicy:
        return gone(request)
    tell_outcome(request, None, "policies.dropped")
    return HttpResponseRedirect(PLACE)


@operator_only
@require_safe
def export(request: HttpRequest, sha256: str) -> HttpResponse:
    """A draft or version as one file whose SHA-256 is its name."""
    try:
        body = policy_of(sha256).canonical
    except NoSuchVersion as error:
        raise Http404 from error
    response = HttpResponse(body, content_type="application/json; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{sha256}.json"'
    return response


def gone(request: HttpRequest) -> HttpResponse:
    """Back to the list: the draft or version is not there any more."""
    return _back(request, PLACE, say("policies.gone", current_language()))


def _back(request: HttpRequest, place: str, words: str) -> HttpResponse:
    tell(request, Notice("loss", words))
    return HttpResponseRedirect(place)
