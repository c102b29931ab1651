"""The public page where a bundle is checked in the browser, its sentences as data, and the single-file verifier."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tuidan.commands.receipt import receipt_vkeys
from tuidan.reads.log import log_keys
from tuidan.verifier.notes import read_key
from tuidan.verifier.sentences import CHECKED, FAILS, FAULTS, HOLDS, MARKS, NOTES, THINGS
from tuidan.verifier.single import single_file, single_sha256
from tuidan.web.shared.language import current_language

COLUMN = {"zh": 0, "en": 1}


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Drop or choose a bundle; nothing is sent here. The platform's keys are shown to be compared elsewhere."""
    vkeys = [*log_keys(), *receipt_vkeys()]
    keys = [{"vkey": vkey, "fingerprint": read_key(vkey).fingerprint()} for vkey in vkeys]
    log_vkey = next(iter(log_keys()), "")
    shown = {
        "keys": keys,
        "log_vkey": log_vkey,
        "verifier_sha256": single_sha256(),
        "verifier_bytes": len(single_file()),
    }
    return render(request, "shared/verify.html", shown)


@require_safe
def sentences(request: HttpRequest) -> HttpResponse:
    """What the verifier says, in the reader's language: the browser's check uses the words of verify.py."""
    column = COLUMN[current_language()]
    told = {
        "sentences": {code: pair[column] for code, pair in {**CHECKED, **NOTES, **FAULTS}.items()},
        "marks": {kind: pair[column] for kind, pair in MARKS.items()},
        "things": [(pattern.pattern, pair[column]) for pattern, pair in THINGS],
        "file": ("文件", "the file")[column],
        "holds": HOLDS[column],
        "fails": FAILS[column],
    }
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False})


@require_safe
def single(request: HttpRequest) -> HttpResponse:
    """verify.py: one file, to be read and run anywhere."""
    response = HttpResponse(single_file(), content_type="text/x-python; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="verify.py"'
    return response
