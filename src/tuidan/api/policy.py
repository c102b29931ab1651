"""Published refund policies, for anyone: which was in force when, how two differ, the bytes that a SHA-256 names."""

from __future__ import annotations

from typing import Annotated

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router
from pydantic import StringConstraints

from tuidan.api import shapes_out as out
from tuidan.api.auth import caller_of
from tuidan.api.gate import idempotency_key, json_response, now
from tuidan.api.problems import Problem
from tuidan.api.shapes_in import CommentAsked
from tuidan.commands.policy_comment import comment_on_policy
from tuidan.domain.policy.difference import Change
from tuidan.domain.policy.life import Version
from tuidan.reads.policy import NoSuchVersion, changes_published, follows, list_versions
from tuidan.reads.rules import rules_document, rules_in_force

router = Router(tags=["policies"])
FOR_EVER = "public, max-age=31536000, immutable"
SHA256 = r"^[0-9a-f]{64}$"
Since = Annotated[str, StringConstraints(pattern=r"^([0-9a-f]{64})?$")]


@router.get("", response=out.PolicyVersionsTold, summary="All published policies", auth=None)
def list_policies(request: HttpRequest) -> dict[str, object]:
    """The latest first, with state and dates. One that is published and not yet effective binds later orders only."""
    found = list_versions(now()).listed
    return {"policies": [{**_named(view.version), **_dated(view.version, view.status)} for view in found]}


@router.get("/current", response=out.PolicyTold, summary="The policy in force", auth=None)
def show_current_policy(request: HttpRequest) -> dict[str, object]:
    """What an order placed now is pinned to."""
    try:
        policy, _ = rules_in_force(now())
    except LookupError as error:
        raise Problem("not_found") from error
    name = policy.name
    return {
        "id": name.id,
        "version": name.version,
        "sha256": policy.sha256,
        "address": f"/api/v1/policies/{policy.sha256}",
    }


@router.get("/{sha256}", summary="A policy's canonical bytes", auth=None)
def show_policy(request: HttpRequest, sha256: str = Path(..., pattern=SHA256)) -> HttpResponse:
    """RFC 8785 bytes: their SHA-256 is the name in the address."""
    document = rules_document(sha256)
    if document is None:
        raise Problem("not_found")
    return HttpResponse(document, content_type="application/json", headers={"Cache-Control": FOR_EVER})


@router.get("/{sha256}/changes", response=out.PolicyChangesTold, summary="How two policies differ", auth=None)
def list_policy_changes(
    request: HttpRequest, sha256: str = Path(..., pattern=SHA256), since: Since = ""
) -> dict[str, object]:
    """From the version `since` (or the one it followed) to this one; of the first version nothing differs."""
    before = since or follows(sha256, now()) or sha256
    try:
        changes = changes_published(before, sha256)
    except NoSuchVersion as error:
        raise Problem("not_found") from error
    return {"before": before, "after": sha256, "changes": [_change(change) for change in changes]}


@router.post("/{sha256}/comments", response={201: out.CommentTold}, summary="Comment on coming rules")
def create_policy_comment(
    request: HttpRequest, asked: CommentAsked, sha256: str = Path(..., pattern=SHA256)
) -> HttpResponse:
    """While a version's notice runs, everybody may say what they think of it; the same key is one comment."""
    key, person = idempotency_key(request), caller_of(request).viewer.person_id
    refusal = comment_on_policy(sha256, person, asked.words, key, now())
    if refusal is not None:
        raise Problem(refusal.code, refusal.data)
    return json_response({"sha256": sha256, "words": asked.words.strip()}, 201)


def _named(version: Version) -> dict[str, object]:
    return {
        "id": version.policy_id,
        "version": version.version,
        "sha256": version.sha256,
        "address": f"/api/v1/policies/{version.sha256}",
    }


def _dated(version: Version, status: str) -> dict[str, object]:
    return {
        "status": status,
        "published_at": version.published_at,
        "effective_at": version.effective_at,
        "withdrawn_at": version.withdrawn_at,
    }


def _change(change: Change) -> dict[str, object]:
    return {
        "what": change.what,
        "table": change.table,
        "row": change.row,
        "name": change.name,
        "before": change.before,
        "after": change.after,
        "rules": change.rules.split(),
        "conditions": [{"name": name, "value": value} for name, value in change.conditions],
        "outcome": [{"name": name, "value": value} for name, value in change.outcome],
    }
