"""Readings as rows: which files wait to be read, taking one, keeping what was read, forgetting it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F

from tuidan.store import connection
from tuidan.store.readings.models import Band, Reading

LEASE = timedelta(minutes=5)
TRIES_MAX = 3
LOOK_BACK = timedelta(days=2)
UNREAD = """
SELECT f.order_id, f.n FROM files_file f
WHERE f.state = 'checked' AND f.touched_at > %s AND f.media_type = ANY(%s) AND NOT EXISTS (
    SELECT 1 FROM readings_reading r WHERE r.order_id = f.order_id AND r.n = f.n
        AND (r.state <> 'reading' OR r.lease_until > %s))
ORDER BY f.touched_at LIMIT %s
"""
UNTOLD = """
SELECT r.order_id, r.n, f.exhibit, f.case_n FROM readings_reading r
JOIN files_file f ON f.order_id = r.order_id AND f.n = r.n
WHERE NOT r.told AND r.state IN ('done', 'failed') AND f.exhibit > 0 LIMIT %s
"""
# A band that so many pictures share is a part of an app's page: it tells nothing, and is not kept any more.
COMMON_MAX = 200
LOOK_UP = "SELECT order_id, n FROM readings_band WHERE band = %s LIMIT %s"


@dataclass(frozen=True, slots=True)
class ReadingRecord:
    """One reading as stored; see the model."""

    order_id: UUID
    n: int
    state: str
    sha256: str
    read_at: datetime | None
    trouble: str
    pages: list[dict[str, Any]]
    signs: list[dict[str, Any]]
    found: list[dict[str, Any]]
    told: bool


def unread(media_types: Sequence[str], now: datetime, limit: int) -> list[tuple[UUID, int]]:
    """Checked files of these types that nobody has read and nobody is reading."""
    return [
        (order_id, n)
        for order_id, n in connection.fetch_all(UNREAD, (now - LOOK_BACK, list(media_types), now, limit))
    ]


def take(order_id: UUID, n: int, sha256: str, now: datetime) -> bool:
    """Have the file to oneself; False when somebody else has it. After TRIES_MAX it is put down as failed."""
    _, is_new = Reading.objects.get_or_create(
        order_id=order_id,
        n=n,
        defaults={
            "state": "reading",
            "sha256": sha256,
            "begun_at": now,
            "lease_until": now + LEASE,
            "tries": 1,
        },
    )
    if is_new:
        return True
    mine = Reading.objects.filter(order_id=order_id, n=n, state="reading", lease_until__lte=now)
    if mine.filter(tries__gte=TRIES_MAX).update(state="failed", trouble="ended", read_at=now):
        return False
    return bool(mine.update(lease_until=now + LEASE, tries=F("tries") + 1))


def keep(order_id: UUID, n: int, now: datetime, **columns: object) -> bool:
    """What was read takes its place, once; False where the file was erased meanwhile."""
    mine = Reading.objects.filter(order_id=order_id, n=n, state="reading")
    return bool(mine.update(state="done", read_at=now, lease_until=None, **columns))


def find(order_id: UUID, n: int) -> ReadingRecord | None:
    """The reading of a file; None while there is none."""
    row = Reading.objects.filter(order_id=order_id, n=n).first()
    return _record(row) if row else None


def of_order(order_id: UUID) -> dict[int, ReadingRecord]:
    """All readings of an order, by the number of the file."""
    return {row.n: _record(row) for row in Reading.objects.filter(order_id=order_id)}


def untold(limit: int) -> list[tuple[UUID, int, int, int]]:
    """Readings whose file an exhibit names by now, and whose event is not written: order, file, exhibit, case."""
    return [(row[0], row[1], row[2], row[3]) for row in connection.fetch_all(UNTOLD, (limit,))]


def mark_told(order_id: UUID, numbers: Iterable[int]) -> None:
    """The exhibit's event is there."""
    Reading.objects.filter(order_id=order_id, n__in=list(numbers)).update(told=True)


def keep_bands(order_id: UUID, n: int, bands: Sequence[int]) -> None:
    """From now on the picture is found by these. Their list comes first, so that none is left when it is erased."""
    Reading.objects.filter(order_id=order_id, n=n).update(bands=list(bands))
    rows = [Band(band=band, order_id=order_id, n=n) for band in bands]
    Band.objects.bulk_create(rows, ignore_conflicts=True)


def alike(order_id: UUID, bands: Iterable[int]) -> tuple[dict[tuple[UUID, int], int], list[int]]:
    """Pictures of other orders with the number of bands they share, and the bands worth keeping."""
    counted: dict[tuple[UUID, int], int] = {}
    rare = []
    for band in bands:
        found = connection.fetch_all(LOOK_UP, (band, COMMON_MAX))
        if len(found) >= COMMON_MAX:
            continue
        rare.append(band)
        for other, n in found:
            if other != order_id:
                counted[(other, n)] = counted.get((other, n), 0) + 1
    return counted, rare


def erase(order_id: UUID, n: int) -> None:
    """Forget the words of a file and by what it was found; that it was read, and its SHA-256, stay."""
    row = Reading.objects.filter(order_id=order_id, n=n).first()
    if row is None:
        return
    Band.objects.filter(band__in=row.bands, order_id=order_id, n=n).delete()
    nothing: list[object] = []
    Reading.objects.filter(order_id=order_id, n=n).update(
        state="erased", pages=nothing, signs=nothing, found=nothing, bands=nothing, lease_until=None
    )


def _record(row: Reading) -> ReadingRecord:
    return ReadingRecord(
        order_id=row.order_id,
        n=row.n,
        state=row.state,
        sha256=row.sha256,
        read_at=row.read_at,
        trouble=row.trouble,
        pages=row.pages,
        signs=row.signs,
        found=row.found,
        told=row.told,
    )
