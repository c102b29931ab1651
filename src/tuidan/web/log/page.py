"""The page about the log for people: what it is, its newest checkpoint, the proof of an order, and how to check it."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tuidan.domain.tlog.entry import read_entry
from tuidan.reads import log, log_witness
from tuidan.web.shared.language import current_language
from tuidan.web.shared.words import say


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The whole page; with `?order=` the proof of one order, for whoever knows its number."""
    note = log.newest_checkpoint()
    asked = request.GET.get("order", "").strip()
    proof, fault = _asked(asked)
    shown = {
        "checkpoint": note.decode() if note else "",
        "health": log.log_health(),
        "keys": log.read_keys(),
        "witnesses": log_witness.read_witnesses(),
        "token": log_witness.read_token(),
        "public_url": settings.PUBLIC_URL,
        "asked": asked[:80],
        "fault": fault,
        "proof": proof,
        "hash": read_entry(proof.entry).hash.hex() if proof else "",
    }
    return render(request, "log/page.html", shown, status=404 if fault else 200)


def _asked(asked: str) -> tuple[log.OrderProof | None, str]:
    """The proof of the order that was asked for, or the sentence that says why there is none."""
    if not asked:
        return None, ""
    try:
        found = log.proof_of(UUID(asked))
    except ValueError:
        return None, say("log.no_number", current_language())
    return found, "" if found else say("log.no_proof", current_language())
