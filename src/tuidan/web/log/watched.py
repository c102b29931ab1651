"""What programs fetch about those who watch the log from outside: the policy for verifiers, and the timestamp token."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.views.decorators.http import require_safe

from tuidan.reads.log_witness import policy_text, read_token

TEXT = "text/plain; charset=utf-8"
# What may be fetched of the newest token: the checkpoint that was stamped, its token, the roots that it leads to.
PARTS = {
    "checkpoint": (TEXT, "checkpoint"),
    "token": ("application/timestamp-reply", "token"),
    "ca": ("application/x-pem-file", "ca_pem"),
}


@require_safe
def policy(request: HttpRequest) -> HttpResponse:
    """Whom a verifier may trust (c2sp.org/tlog-policy): our keys, and the witnesses that have cosigned."""
    return _told(policy_text(f"{settings.PUBLIC_URL}/log").encode(), TEXT)


@require_safe
def stamped(request: HttpRequest, part: str) -> HttpResponse:
    """One part of the newest timestamp token; 404 where no authority is configured."""
    kind, name = PARTS.get(part, ("", ""))
    found = read_token()
    if not kind or found is None:
        return HttpResponseNotFound(b"", content_type=TEXT)
    return _told(getattr(found, name), kind)


def _told(data: bytes, kind: str) -> HttpResponse:
    answer = HttpResponse(data, content_type=kind)
    answer["Cache-Control"] = "no-cache"
    return answer
