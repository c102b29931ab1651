"""What callers send and get about evidence files. Sizes are bytes, lengths milliseconds, times RFC 3339."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from ninja import Schema
from pydantic import Field, StringConstraints

from tuidan.api.shapes_hearing import Sha256
from tuidan.api.shapes_in import NO_CONTROLS, Asked
from tuidan.domain.upload.kinds import BYTES_MAX


class UploadAsked(Asked):
    """A file to come: its name, for its own side and for reviewers, and its size."""

    name: Annotated[str, StringConstraints(min_length=1, max_length=255, pattern=NO_CONTROLS)]
    size: Annotated[int, Field(strict=True, ge=1, le=BYTES_MAX)]


class FinishAsked(Asked):
    """`sha256` of the whole file: where it is told, other bytes are refused."""

    sha256: Sha256 = ""


class UploadTold(Schema):
    """How far it is: go on from `received`. `state`: uploading, received (waits for its check), checked, refused."""

    n: int
    received: int
    size: int
    state: str


class FileTold(Schema):
    """One file. `facts` (what its metadata says) and `name` only for its own side and for reviewers.

    `refusal` says why a file was refused, in a code; `exhibit` 0: no exhibit names it yet.
    """

    n: int
    case: int
    role: str
    mine: bool
    name: str
    size: int
    received: int
    state: str
    refusal: str
    sha256: str
    media_type: str
    width: int
    height: int
    duration_ms: int
    pages: int
    cleaned_sha256: str
    cleaned_size: int
    cleaned_type: str
    frames: list[int]
    facts: dict[str, object]
    exhibit: int
    begun_at: datetime
    checked_at: datetime | None
