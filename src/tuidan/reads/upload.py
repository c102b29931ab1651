"""The files of an order for whoever may see them: the list, and one opened for reading.

Others see the cleaned copy; the original is for the side that uploaded it and for reviewers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from tuidan.domain.order import Order
from tuidan.domain.upload.kinds import ending_of, sort_of
from tuidan.domain.upload.objects import MISSING, StoreTrouble
from tuidan.domain.upload.state import FileState
from tuidan.reads.viewer import Viewer, visible_order
from tuidan.store.files import blobs, rows
from tuidan.store.files.rows import FileRecord


@dataclass(frozen=True, slots=True)
class FileView:
    """One file as a viewer sees it. `sort` is picture, pdf, video or "" before the check; `mine`: my side's file.

    `facts` (what the metadata said) only for the uploader's side and for reviewers. `exhibit` 0: not filed yet.
    """

    n: int
    case: int
    role: str
    mine: bool
    may_original: bool
    name: str
    size: int
    received: int
    state: str
    refusal: str
    sha256: str
    sort: str
    media_type: str
    width: int
    height: int
    duration_ms: int
    pages: int
    cleaned_sha256: str
    cleaned_size: int
    cleaned_type: str
    has_small: bool
    frames: tuple[int, ...]
    facts: dict[str, object] = field(default_factory=dict)
    exhibit: int = 0
    begun_at: datetime | None = None
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class OpenFile:
    """A file ready to be read. `name` is for saving it; every read is checked by seal, a whole one by SHA-256 too."""

    name: str
    media_type: str
    size: int
    sha256: str
    content: blobs.Opened

    def read(self, start: int, length: int) -> bytes:
        """At most `length` bytes from `start`. Raises StoreTrouble."""
        return self.content.read(start, length)

    def chunks(self) -> Iterator[bytes]:
        """All of it, piece by piece. Raises StoreTrouble, at the end where the SHA-256 is another."""
        return self.content.chunks()

    def all(self) -> bytes:
        """All of it at once. Raises StoreTrouble."""
        return self.content.all()


def files_of(order_id: UUID, viewer: Viewer) -> list[FileView]:
    """The files of an order that this viewer may see, the first first; [] for an order that is not theirs.

    A side's files are the other side's only once an exhibit names them.
    """
    order = visible_order(order_id, viewer)
    if order is None:
        return []
    found = (_view(file, side_of(order, viewer)) for file in rows.of_order(order_id))
    return [view for view in found if view.mine or view.exhibit]


def file_of(order_id: UUID, n: int, viewer: Viewer) -> FileView | None:
    """One of them."""
    return next((view for view in files_of(order_id, viewer) if view.n == n), None)


def open_file(order_id: UUID, n: int, *, cleaned: bool = True) -> OpenFile:
    """File n opened, for whoever has checked that it may be: the cleaned copy, or the original as it came.

    Raises StoreTrouble: `missing` for a file that is not there, not checked (cleaned) or erased; or the store's own.
    """
    file = rows.find(order_id, n)
    if file is None or file.state not in (FileState.RECEIVED, FileState.CHECKED):
        raise StoreTrouble(MISSING, f"order {order_id} has no file {n} to read")
    sha256, media_type = file.sha256, file.media_type
    if cleaned:
        sha256, media_type = file.cleaned_sha256, file.cleaned_type
    return _opened(file, sha256, media_type)


def open_small(order_id: UUID, n: int, frame: int = 0) -> OpenFile:
    """A small picture of file n: of itself, or key frame 1, 2, … of a video. Raises StoreTrouble."""
    file = rows.find(order_id, n)
    if file is None or file.state != FileState.CHECKED or frame > len(file.frames):
        raise StoreTrouble(MISSING, f"file {n} of order {order_id} has no such picture")
    return _opened(file, file.frames[frame - 1][1] if frame else file.small_sha256, "image/jpeg")


@dataclass(frozen=True, slots=True)
class FileCounts:
    """How evidence files stand: (how many, bytes) by state; contents are kept once each."""

    by_state: dict[str, tuple[int, int]]
    contents: int
    content_bytes: int
    waiting_since: datetime | None


def count_files() -> FileCounts:
    """The counts over all orders, for operators."""
    by_state, waiting_since = rows.count_by_state()
    contents, size = blobs.count_contents()
    return FileCounts(by_state, contents, size, waiting_since)


def try_store() -> None:
    """Write, read and take away a small object. Raises StoreTrouble."""
    blobs.try_store()


def verify_newest(limit: int) -> tuple[int, list[tuple[str, str]]]:
    """Read the newest contents whole; gives how many, and (SHA-256, why) of those that are not what they were."""
    broken = []
    newest = blobs.newest(limit)
    for sha256 in newest:
        try:
            for _ in blobs.open_blob(sha256).chunks():
                pass
        except StoreTrouble as trouble:
            broken.append((sha256, f"{trouble.code}: {trouble}"))
    return len(newest), broken


def side_of(order: Order, viewer: Viewer) -> str:
    """On which side somebody looks at the files of an order."""
    if viewer.is_buyer_of(order):
        return "buyer"
    if viewer.is_seller_of(order):
        return "seller"
    return "reviewer" if viewer.is_reviewer else "other"


def _opened(file: FileRecord, sha256: str, media_type: str) -> OpenFile:
    if not sha256:
        raise StoreTrouble(MISSING, f"file {file.n} of order {file.order_id} has no such copy")
    content = blobs.open_blob(sha256)
    name = f"{file.role}-{file.n}.{ending_of(media_type)}"
    return OpenFile(name, media_type, content.size, sha256, content)


def _view(file: FileRecord, side: str) -> FileView:
    mine = file.role == side
    whole = mine or side == "reviewer"
    return FileView(
        n=file.n,
        case=file.case,
        role=file.role,
        mine=mine,
        may_original=whole and file.state == FileState.CHECKED,
        name=file.name if whole else "",
        size=file.size,
        received=file.received,
        state=file.state,
        refusal=file.refusal,
        sha256=file.sha256,
        sort=sort_of(file.media_type) or "",
        media_type=file.media_type,
        width=file.width,
        height=file.height,
        duration_ms=file.duration_ms,
        pages=file.pages,
        cleaned_sha256=file.cleaned_sha256,
        cleaned_size=file.cleaned_size,
        cleaned_type=file.cleaned_type,
        has_small=bool(file.small_sha256),
        frames=tuple(ms for ms, _ in file.frames),
        facts=file.facts if whole else {},
        exhibit=file.exhibit,
        begun_at=file.begun_at,
        checked_at=file.checked_at,
    )
