"""The pieces of a file that still comes in: each sealed and kept as it comes, in the order of their offsets."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from tuidan.domain.upload.state import FileState
from tuidan.store.files import blobs, keys, place
from tuidan.store.files.models import File, Part
from tuidan.store.files.sealed import SealedWriter, new_key


def append(order_id: UUID, n: int, offset: int, data: bytes, now: datetime) -> bool:
    """Keep a piece at its offset; False when another piece was there first, and nothing is kept then.

    Raises StoreTrouble; nothing half is left.
    """
    key = new_key()
    name = keys.name_of(key, f"part:{order_id}/{n}/{offset}")
    with place.scratch() as (file, path):
        sealing = SealedWriter(file, key)
        sealing.write(data)
        sealing.close()
        place.flush(file)
        blobs.loosen(name, now + blobs.LOOSE_FOR)
        place.store().put(name, path)
    with transaction.atomic():
        rows = File.objects.filter(order_id=order_id, n=n, state=FileState.UPLOADING, received=offset)
        added = bool(rows.update(received=F("received") + len(data), touched_at=now))
        if added:
            wrapped = keys.wrap(key, name)
            Part.objects.create(
                order_id=order_id, n=n, start=offset, size=len(data), name=name, sealed_key=wrapped
            )
    if added:
        blobs.tighten(name)
    else:
        blobs.remove(name)
    return added


def read_all(order_id: UUID, n: int) -> Iterator[bytes]:
    """The plain content of the pieces, from the first byte on. Raises StoreTrouble."""
    for part in Part.objects.filter(order_id=order_id, n=n).order_by("start"):
        key = keys.unwrap(bytes(part.sealed_key), part.name)
        yield from blobs.open_object(part.name, key).chunks()


def drop_all(order_id: UUID, n: int, now: datetime) -> None:
    """The pieces are needed no more."""
    names = list(Part.objects.filter(order_id=order_id, n=n).values_list("name", flat=True))
    for name in names:
        blobs.loosen(name, now + blobs.LOOSE_FOR)
    Part.objects.filter(order_id=order_id, n=n).delete()
    for name in names:
        blobs.remove(name)
