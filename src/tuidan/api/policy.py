"""Published refund policies, for anyone: the canonical bytes that a SHA-256 names."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Path, Router

from tuidan.api import shapes_out as out
from tuidan.api.gate import now
from tuidan.api.problems import Problem
from tuidan.reads.rules import rules_document, rules_in_force

router = Router(tags=["policies"])
FOR_EVER = "public, max-age=31536000, immutable"


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
def show_policy(request: HttpRequest, sha256: str = Path(..., pattern=r"^[0-9a-f]{64}$")) -> HttpResponse:
    """RFC 8785 bytes: their SHA-256 is the name in the address."""
    document = rules_document(sha256)
    if document is None:
        raise Problem("not_found")
    return HttpResponse(document, content_type="application/json", headers={"Cache-Control": FOR_EVER})
