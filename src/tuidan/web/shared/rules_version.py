"""The versions of the public rules: all that were, the coming one, what each changed; comments on the coming one.

Rules are public with all their versions (S-090), and a change is open to comment before it takes effect (电商法34).
"""

from __future__ import annotations

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from tuidan.commands.policy_comment import COMMENT_CHARS_MAX, comment_on_policy
from tuidan.reads.policy import (
    NoSuchVersion,
    VersionView,
    changes_published,
    count_comments,
    follows,
    list_versions,
)
from tuidan.web.shared.access import signed_in
from tuidan.web.shared.difference import changes_text
from tuidan.web.shared.key import key_of, new_key
from tuidan.web.shared.language import current_language
from tuidan.web.shared.notices import tell_outcome, told
from tuidan.web.shared.now import now_of
from tuidan.web.shared.viewing import person_id

DIFFERENCES_KEPT_MAX = 64


@lru_cache(maxsize=DIFFERENCES_KEPT_MAX)
def sentences(before: str, after: str, language: str) -> tuple[str, ...]:
    """What changed from one published version to another. Both are named by their hashes, so it never changes."""
    return tuple(changes_text(changes_published(before, after), language))


def versions_shown(request: HttpRequest) -> dict[str, object]:
    """For the rules page: every version with its state, and the coming one with what it changes."""
    found = list_versions(now_of(request))
    coming, current = found.coming, found.in_force
    changes = sentences(current.sha256, coming.sha256, current_language()) if coming and current else ()
    return {"versions": found.listed, "coming": coming, "coming_changes": changes}


@require_safe
def version(request: HttpRequest, sha256: str) -> HttpResponse:
    """One version: its dates, its state, and how it differs from the one before."""
    now = now_of(request)
    listed = list_versions(now).listed
    found: VersionView | None = next((view for view in listed if view.version.sha256 == sha256), None)
    if found is None:
        raise Http404
    before = follows(sha256, now)
    try:
        changes = sentences(before, sha256, current_language()) if before else ()
    except NoSuchVersion as error:
        raise Http404 from error
    shown = {
        "view": found,
        "before": before,
        "changes": changes,
        "comments": count_comments(sha256),
        "comment_chars_max": COMMENT_CHARS_MAX,
        "key": new_key(),
        "told": told(request),
    }
    return render(request, "shared/rules_version.html", shown)


@require_POST
@signed_in
def comment(request: HttpRequest, sha256: str) -> HttpResponse:
    """Say what one thinks of the coming rules."""
    words = request.POST.get("words", "").replace("\0", "")
    refusal = comment_on_policy(sha256, person_id(request), words, key_of(request), now_of(request))
    tell_outcome(request, refusal, "rules.comment_done")
    return HttpResponseRedirect(f"/rules/versions/{sha256}/")
