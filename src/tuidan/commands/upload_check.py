"""What the check of an uploaded file came to: it passes with what was found, or is refused and leaves no bytes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tuidan.domain.upload.state import FileMove, FileState
from tuidan.domain.upload.verdict import FILE_REFUSALS
from tuidan.store.files import blobs, rows
from tuidan.store.files.rows import Found


def pass_file(order_id: UUID, n: int, found: Found, now: datetime) -> bool:
    """The file can be shown and named in an exhibit; False when it is gone meanwhile, and nothing is kept then.

    The caller has kept the contents that `found` names for this file.
    """
    columns: dict[str, object] = {
        "media_type": found.media_type,
        "width": found.width,
        "height": found.height,
        "duration_ms": found.duration_ms,
        "pages": found.pages,
        "cleaned_sha256": found.cleaned_sha256,
        "cleaned_size": found.cleaned_size,
        "cleaned_type": found.cleaned_type,
        "small_sha256": found.small_sha256,
        "frames": [list(frame) for frame in found.frames],
        "facts": found.facts,
        "checked_at": now,
    }
    passed = rows.move(order_id, n, FileState.RECEIVED, FileMove.PASS, now, **columns)
    if not passed:
        _let_go_of_gone(order_id, n, now)
    return passed


def refuse_file(order_id: UUID, n: int, code: str, now: datetime) -> None:
    """The file is not taken: its bytes go, its row says why. Raises KeyError for a code that nobody wrote."""
    assert code in FILE_REFUSALS, code
    rows.move(order_id, n, FileState.RECEIVED, FileMove.REFUSE, now, refusal=code, checked_at=now)
    _let_go_of_gone(order_id, n, now)


def _let_go_of_gone(order_id: UUID, n: int, now: datetime) -> None:
    file = rows.find(order_id, n)
    if file is None or file.state in (FileState.REFUSED, FileState.ERASED):
        blobs.let_go(order_id, n, now)
