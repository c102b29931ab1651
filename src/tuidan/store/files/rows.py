"""The files of an order as rows: begin one, find them, move one by the domain's table, list what is due."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Count, F, Max, Min, Q, Sum

from tuidan.domain.transitions import step
from tuidan.domain.upload.rules import LEASE
from tuidan.domain.upload.state import TRANSITIONS, FileMove, FileState
from tuidan.store.files.models import File
from tuidan.store.stock.claim import is_unique_violation

TRIES_MAX = 12
LIVE = (FileState.UPLOADING, FileState.RECEIVED, FileState.CHECKED)


@dataclass(frozen=True, slots=True)
class FileRecord:
    """One file as stored. `frames` are (milliseconds, SHA-256) of a video's key frames."""

    order_id: UUID
    n: int
    case: int
    by: UUID
    role: str
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
    small_sha256: str
    frames: tuple[tuple[int, str], ...]
    facts: dict[str, object]
    exhibit: int
    begun_at: datetime
    received_at: datetime | None
    checked_at: datetime | None
    erased_at: datetime | None
    tries: int


@dataclass(frozen=True, slots=True)
class Found:
    """What a check has found out about a file that passes."""

    media_type: str
    width: int = 0
    height: int = 0
    duration_ms: int = 0
    pages: int = 0
    cleaned_sha256: str = ""
    cleaned_size: int = 0
    cleaned_type: str = ""
    small_sha256: str = ""
    frames: tuple[tuple[int, str], ...] = ()
    facts: dict[str, object] = field(default_factory=dict)


def begin(
    order_id: UUID, case: int, by: UUID, role: str, name: str, size: int, key: str, now: datetime
) -> FileRecord:
    """A new file of the order, or the one that this side began with this key. Numbers go up from 1."""
    for _ in range(TRIES_MAX):
        known = begun(order_id, role, key)
        if known is not None:
            return known
        last = File.objects.filter(order_id=order_id).aggregate(last=Max("n"))["last"] or 0
        row = File(order_id=order_id, n=last + 1, case_n=case, by=by, role=role, name=name, begin_key=key)
        row.declared_size, row.state, row.begun_at, row.touched_at = size, FileState.UPLOADING, now, now
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            if not is_unique_violation(error):
                raise
            continue
        return _record(row)
    raise TimeoutError(f"no number for a file of order {order_id}")


def begun(order_id: UUID, role: str, key: str) -> FileRecord | None:
    """The file that this side began with this key."""
    row = File.objects.filter(order_id=order_id, role=role, begin_key=key).first()
    return _record(row) if row else None


def find(order_id: UUID, n: int) -> FileRecord | None:
    """File n of an order."""
    row = File.objects.filter(order_id=order_id, n=n).first()
    return _record(row) if row else None


def of_order(order_id: UUID) -> list[FileRecord]:
    """All files of an order, the first first."""
    return [_record(row) for row in File.objects.filter(order_id=order_id).order_by("n")]


def totals(order_id: UUID, role: str) -> tuple[int, int, int]:
    """How many live files an order has, their bytes, and how many of them this side has not finished."""
    live = File.objects.filter(order_id=order_id, state__in=LIVE)
    total = live.aggregate(bytes=Sum("declared_size"))["bytes"] or 0
    unfinished = live.filter(role=role, state=FileState.UPLOADING).count()
    return live.count(), total, unfinished


def take(order_id: UUID, n: int, state: FileState, now: datetime) -> bool:
    """Have the file for oneself for a while; False when it is in another state or somebody else has it."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    rows = File.objects.filter(free, order_id=order_id, n=n, state=state)
    return bool(rows.update(lease_until=now + LEASE, tries=F("tries") + 1))


def give_back(order_id: UUID, n: int) -> None:
    """Let others have the file again."""
    File.objects.filter(order_id=order_id, n=n).update(lease_until=None)


def move(order_id: UUID, n: int, before: str, by: FileMove, now: datetime, **columns: object) -> bool:
    """Move the file by the domain's table; False when it is not in the state `before` any more."""
    after = step(TRANSITIONS, before, by)
    rows = File.objects.filter(order_id=order_id, n=n, state=before)
    return bool(rows.update(state=after, touched_at=now, lease_until=None, tries=0, **columns))


def attach(order_id: UUID, n: int, exhibit: int) -> None:
    """Note which exhibit names a checked file."""
    File.objects.filter(order_id=order_id, n=n, state=FileState.CHECKED, exhibit=0).update(exhibit=exhibit)


def to_check(now: datetime, limit: int) -> list[tuple[UUID, int]]:
    """Files that wait for their check and that nobody has, the longest waiting first."""
    free = Q(lease_until__isnull=True) | Q(lease_until__lt=now)
    rows = File.objects.filter(free, state=FileState.RECEIVED).order_by("touched_at")
    return list(rows.values_list("order_id", "n")[:limit])


def untouched(state: FileState, before: datetime, limit: int) -> list[FileRecord]:
    """Files in this state that no exhibit names and that nobody has touched since."""
    rows = File.objects.filter(state=state, exhibit=0, touched_at__lt=before).order_by("touched_at")
    return [_record(row) for row in rows[:limit]]


def count_by_state() -> tuple[dict[str, tuple[int, int]], datetime | None]:
    """(how many, bytes) of each state, and since when the longest waits for its check."""
    counted = File.objects.values_list("state").annotate(n=Count("n"), bytes=Sum("received"))
    longest = File.objects.filter(state=FileState.RECEIVED).aggregate(since=Min("touched_at"))["since"]
    return {state: (n, size or 0) for state, n, size in counted}, longest


def _record(row: File) -> FileRecord:
    return FileRecord(
        order_id=row.order_id,
        n=row.n,
        case=row.case_n,
        by=row.by,
        role=row.role,
        name=row.name,
        size=row.declared_size,
        received=row.received,
        state=row.state,
        refusal=row.refusal,
        sha256=row.sha256,
        media_type=row.media_type,
        width=row.width,
        height=row.height,
        duration_ms=row.duration_ms,
        pages=row.pages,
        cleaned_sha256=row.cleaned_sha256,
        cleaned_size=row.cleaned_size,
        cleaned_type=row.cleaned_type,
        small_sha256=row.small_sha256,
        frames=tuple((int(ms), str(sha256)) for ms, sha256 in row.frames),
        facts=row.facts,
        exhibit=row.exhibit,
        begun_at=row.begun_at,
        received_at=row.received_at,
        checked_at=row.checked_at,
        erased_at=row.erased_at,
        tries=row.tries,
    )
