"""One file: told by a line of JSON and three open files, looked into, and answered sealed.

The line: `key` of the file, `out_key` for what is made of it (hex), `cpu` and `wall` seconds. The files: the sealed
content, a place for the clean copy, a place for the answer (a line of JSON, then the small pictures).
"""

from __future__ import annotations

import os
import sys
from typing import Any

import orjson

from tuidan.domain.upload.kinds import KINDS
from tuidan.store.files.sealed import SealedWriter
from tuidan.worker.checking.copy import SealedCopy
from tuidan.worker.checking.finding import Finding, Refuse
from tuidan.worker.checking.limits import confine
from tuidan.worker.checking.media_type import media_type_of
from tuidan.worker.checking.pdf import check_pdf
from tuidan.worker.checking.picture import check_picture
from tuidan.worker.checking.source import Source
from tuidan.worker.checking.video import check_video

CHECKS = {"picture": check_picture, "pdf": check_pdf, "video": check_video}
# So deep that a reader which calls itself ends in a Python error and not in a broken stack.
DEPTH_MAX = 400


def do_job(told: dict[str, Any], files: list[int]) -> None:
    """Look into the file and write the answer. What goes wrong becomes an answer too, where that is possible."""
    confine(int(told["cpu"]))
    sys.setrecursionlimit(DEPTH_MAX)
    out_key = bytes.fromhex(told["out_key"])
    try:
        found, sha256, size = _look(Source(files[0], bytes.fromhex(told["key"])), files[1], out_key)
        answer = _told(found) | {"cleaned_sha256": sha256, "cleaned_size": size}
        pieces = [found.small, *(picture for _, picture in found.frames)]
    except Refuse as refused:
        answer, pieces = {"refusal": refused.code, "why": str(refused)[:200]}, []
    except (MemoryError, RecursionError) as error:
        answer, pieces = {"refusal": "too_heavy", "why": type(error).__name__}, []
    with os.fdopen(files[2], "wb", closefd=False) as file:
        sealing = SealedWriter(file, out_key)
        sealing.write(orjson.dumps(answer | {"pieces": [len(piece) for piece in pieces]}) + b"\n")
        for piece in pieces:
            sealing.write(piece)
        sealing.close()


def _look(source: Source, target: int, key: bytes) -> tuple[Finding, str, int]:
    media_type = media_type_of(source)
    kind = KINDS[media_type]
    if source.size > kind.bytes_max:
        raise Refuse("too_large", media_type)
    with os.fdopen(target, "wb", closefd=False) as file:
        cleaned = SealedCopy(file, key)
        found = CHECKS[kind.sort](source, media_type, cleaned)
        return found, cleaned.finish(), cleaned.size


def _told(found: Finding) -> dict[str, object]:
    return {
        "media_type": found.media_type,
        "cleaned_type": found.cleaned_type,
        "width": found.width,
        "height": found.height,
        "duration_ms": found.duration_ms,
        "pages": found.pages,
        "facts": found.facts,
        "frame_times": [at for at, _ in found.frames],
    }
