"""How an uploaded file moves: its pieces come in, it is put together, checked by the worker, perhaps erased.

A file is evidence from the moment an exhibit names it, and only a checked one can be named.
"""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

from tuidan.domain.transitions import Table


class FileState(StrEnum):
    """Where a file stands. `refused` and `erased` hold no bytes any more."""

    UPLOADING = "uploading"
    RECEIVED = "received"
    CHECKED = "checked"
    REFUSED = "refused"
    ERASED = "erased"


class FileMove(StrEnum):
    """What can be done with a file."""

    FINISH = "finish"
    PASS = "pass"  # noqa: S105 - a check is passed
    REFUSE = "refuse"
    ERASE = "erase"


TRANSITIONS: Table = MappingProxyType(
    {
        (FileState.UPLOADING, FileMove.FINISH): FileState.RECEIVED,
        (FileState.UPLOADING, FileMove.ERASE): FileState.ERASED,
        (FileState.RECEIVED, FileMove.PASS): FileState.CHECKED,
        (FileState.RECEIVED, FileMove.REFUSE): FileState.REFUSED,
        (FileState.RECEIVED, FileMove.ERASE): FileState.ERASED,
        (FileState.CHECKED, FileMove.ERASE): FileState.ERASED,
        (FileState.REFUSED, FileMove.ERASE): FileState.ERASED,
    }
)
