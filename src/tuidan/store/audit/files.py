"""Hold the rows of files against the exhibits that name them, and notices of the outside against their own hash.

An exhibit's event holds the SHA-256 of every file that was filed with it, as it came and as others see it. A file may
be gone where an event erased it; it may not be another. What no exhibit names yet is no evidence.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

import orjson

from tuidan.domain.events import ExhibitFiled, WordsErased, read_event
from tuidan.domain.retention import is_erased
from tuidan.domain.upload.objects import StoreTrouble
from tuidan.domain.upload.state import FileState
from tuidan.store import connection
from tuidan.store.audit.difference import Difference
from tuidan.store.audit.read import OrderRows
from tuidan.store.files.blobs import open_blob

FILES = """
SELECT order_id, n, case_n, role, state, sha256, cleaned_sha256, exhibit FROM files_file
WHERE order_id = ANY(%s) ORDER BY order_id, n
"""
NOTICES = "SELECT order_id, digest, body, source FROM orders_notice WHERE order_id = ANY(%s)"
FILED = "exhibit_filed"


@dataclass(frozen=True, slots=True)
class FileRow:
    """A file as its row says."""

    n: int
    case_n: int
    role: str
    state: str
    sha256: str
    cleaned_sha256: str
    exhibit: int


def find_file_differences(read: Sequence[OrderRows]) -> Iterator[Difference]:
    """What the files and notices of these orders are not, though their events say so."""
    ids = [rows.order_id for rows in read]
    for order_id, digest, body, source in connection.fetch_all(NOTICES, (ids,)):
        if hashlib.sha256(bytes(body)).digest() != bytes(digest):
            yield Difference(order_id, "notice_changed", 0, {"source": source})
    files: dict[UUID, list[FileRow]] = {}
    for order_id, *row in connection.fetch_all(FILES, (ids,)):
        files.setdefault(order_id, []).append(FileRow(*row))
    for rows in read:
        kept = files.get(rows.order_id, [])
        if kept or any(event.kind == FILED for event in rows.events):
            yield from _of_order(rows, kept)


def find_content_differences(read: Sequence[OrderRows]) -> Iterator[Difference]:
    """Read every file that an exhibit names, and hold its bytes against its hash: slow, and only when asked for."""
    ids = [rows.order_id for rows in read]
    for order_id, *told in connection.fetch_all(FILES, (ids,)):
        row = FileRow(*told)
        if not row.exhibit or row.state == FileState.ERASED:
            continue
        for column in ("sha256", "cleaned_sha256"):
            wanted = getattr(row, column)
            if wanted and _digest(wanted) != wanted:
                yield Difference(order_id, "file_changed", row.n, {"column": f"content of {column}"})


def _of_order(rows: OrderRows, kept: Sequence[FileRow]) -> Iterator[Difference]:
    try:
        filed, erasures = _told(rows)
    except (ValueError, LookupError, TypeError):
        return  # an event that cannot be read is named by the replay
    by_exhibit = {event.exhibit: (n, event) for n, event in filed}
    for row in kept:
        if row.exhibit:
            yield from _of_row(rows.order_id, row, by_exhibit.get(row.exhibit), erasures)
    known = {row.sha256 for row in kept}
    for _, event in filed:
        if set(event.files) - known:
            yield Difference(rows.order_id, "file_missing", event.exhibit)


def _of_row(
    order_id: UUID,
    row: FileRow,
    filed: tuple[int, ExhibitFiled] | None,
    erasures: Sequence[tuple[int, WordsErased]],
) -> Iterator[Difference]:
    """A row that says it was filed, against the exhibit that it names."""
    if filed is None:
        yield Difference(order_id, "file_changed", row.n, {"column": "exhibit"})
        return
    n, event = filed
    pairs = dict(zip(event.files, event.cleaned, strict=False))
    if row.sha256 not in pairs:
        yield Difference(order_id, "file_changed", row.n, {"column": "sha256"})
    elif pairs[row.sha256] != row.cleaned_sha256:
        yield Difference(order_id, "file_changed", row.n, {"column": "cleaned_sha256"})
    for column, have, want in (("role", row.role, event.by), ("case_n", row.case_n, event.case)):
        if have != want:
            yield Difference(order_id, "file_changed", row.n, {"column": column})
    if row.state == FileState.ERASED and not is_erased(FILED, row.role, n, erasures):
        yield Difference(order_id, "file_missing", row.exhibit)
    elif row.state not in (FileState.CHECKED, FileState.ERASED):
        yield Difference(order_id, "file_changed", row.n, {"column": "state"})


def _told(rows: OrderRows) -> tuple[list[tuple[int, ExhibitFiled]], list[tuple[int, WordsErased]]]:
    """The exhibits with files and the erasures among the events, each with its number."""
    filed: list[tuple[int, ExhibitFiled]] = []
    erasures: list[tuple[int, WordsErased]] = []
    for event in rows.events:
        if event.kind not in (FILED, "words_erased"):
            continue
        told = read_event(event.kind, orjson.loads(event.body)["data"])
        if isinstance(told, ExhibitFiled) and told.files:
            filed.append((event.n, told))
        elif isinstance(told, WordsErased):
            erasures.append((event.n, told))
    return filed, erasures


def _digest(sha256: str) -> str:
    """The hash of what is kept under this one; empty where it cannot be read."""
    found = hashlib.sha256()
    try:
        for chunk in open_blob(sha256).chunks():
            found.update(chunk)
    except (StoreTrouble, ValueError):
        return ""
    return found.hexdigest()
