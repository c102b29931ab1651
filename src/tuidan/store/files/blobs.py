"""Contents: kept once whoever uploads them, read and checked, let go with their last use.

An object is put first and owned after, in one row; until then it is loose, so a process that dies leaves nothing that
is not swept. Letting go destroys the key with the row: what remains in a store or a backup of it opens no more.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from django.db import transaction

from tuidan.domain.upload.objects import BROKEN, MISSING, StoreTrouble
from tuidan.store import connection
from tuidan.store.files import keys, place
from tuidan.store.files.sealed import SealedReader, SealedWriter, new_key

LOOSE_FOR = timedelta(days=1)
COPIED_AT_ONCE = 4 * 1024 * 1024
FIND = "SELECT name, size, sealed_key FROM files_blob WHERE sha256 = %s"
LOCK = "SELECT name FROM files_blob WHERE sha256 = %s FOR UPDATE"
USE = "INSERT INTO files_use (sha256, order_id, n) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING"
OWN = """
INSERT INTO files_blob (sha256, name, size, sealed_key, kept_at) VALUES (%s, %s, %s, %s, %s)
ON CONFLICT (sha256) DO UPDATE SET size = files_blob.size
"""
LOOSEN = """
INSERT INTO files_loose (name, due_at) VALUES (%s, %s) ON CONFLICT (name) DO UPDATE SET due_at = excluded.due_at
"""
DROP_LOOSE = "DELETE FROM files_loose WHERE name = %s"
USES = "SELECT sha256 FROM files_use WHERE order_id = %s AND n = %s"
DROP_USE = "DELETE FROM files_use WHERE sha256 = %s AND order_id = %s AND n = %s"
STILL_USED = "SELECT 1 FROM files_use WHERE sha256 = %s LIMIT 1"
DROP_BLOB = "DELETE FROM files_blob WHERE sha256 = %s"
DUE_LOOSE = "SELECT name FROM files_loose WHERE due_at < %s ORDER BY due_at LIMIT %s"
OWNED = """
SELECT EXISTS (SELECT 1 FROM files_blob WHERE name = %s) OR EXISTS (SELECT 1 FROM files_part WHERE name = %s)
"""


@dataclass(frozen=True, slots=True)
class Opened:
    """A content ready to be read, whole or in part. Every read is checked; a whole one against the SHA-256 too."""

    sha256: str
    size: int
    reader: SealedReader

    def read(self, start: int, length: int) -> bytes:
        """At most `length` bytes from `start`. Raises StoreTrouble."""
        return self.reader.read(start, length)

    def chunks(self) -> Iterator[bytes]:
        """All of it. Raises StoreTrouble `broken` at the end where the bytes are not those of the SHA-256."""
        total = hashlib.sha256()
        for chunk in self.reader.chunks():
            total.update(chunk)
            yield chunk
        if total.hexdigest() != self.sha256:
            raise StoreTrouble(BROKEN, f"the content is not the one of {self.sha256}")

    def all(self) -> bytes:
        """All of it at once, checked. For what is small."""
        return b"".join(self.chunks())


def keep(sealed: Path, sha256: str, size: int, key: bytes, order_id: UUID, n: int, now: datetime) -> None:
    """Keep a finished sealed file as this content, for file n of an order; one that is there already is used.

    Asking again changes nothing. Raises StoreTrouble.
    """
    if use(sha256, order_id, n):
        return
    name = keys.name_of(key, sha256)
    loosen(name, now + LOOSE_FOR)
    place.store().put(name, sealed)
    with transaction.atomic():
        connection.run(OWN, (sha256, name, size, keys.wrap(key, sha256), now))
        connection.run(USE, (sha256, order_id, n))
    row = connection.fetch_one(FIND, (sha256,))
    if row is not None and row[0] == name:
        connection.run(DROP_LOOSE, (name,))
    else:
        remove(name)  # somebody kept the same content meanwhile


def use(sha256: str, order_id: UUID, n: int) -> bool:
    """Note that file n needs a content that is there; False when it is not."""
    with transaction.atomic():
        if connection.fetch_one(LOCK, (sha256,)) is None:
            return False
        connection.run(USE, (sha256, order_id, n))
    return True


def open_blob(sha256: str) -> Opened:
    """The content of this SHA-256. Raises StoreTrouble `missing` where there is none (any more)."""
    row = connection.fetch_one(FIND, (sha256,))
    if row is None:
        raise StoreTrouble(MISSING, f"no content {sha256}")
    name, size, sealed_key = str(row[0]), int(row[1]), bytes(row[2])
    reader = open_object(name, keys.unwrap(sealed_key, sha256))
    if reader.size != size:
        raise StoreTrouble(BROKEN, f"the content {sha256} has another size than it had")
    return Opened(sha256, size, reader)


@dataclass(frozen=True, slots=True)
class SealedFile:
    """The sealed form of a content as an open local file, with the key that opens it."""

    file: BinaryIO
    key: bytes


@contextmanager
def open_sealed(sha256: str) -> Iterator[SealedFile]:
    """The sealed form of a content, for a process that is given nothing but this. Raises StoreTrouble."""
    row = connection.fetch_one(FIND, (sha256,))
    if row is None:
        raise StoreTrouble(MISSING, f"no content {sha256}")
    name, key = str(row[0]), keys.unwrap(bytes(row[2]), sha256)
    path = place.store().local(name)
    if path is not None:
        with path.open("rb") as file:
            yield SealedFile(file, key)
        return
    with place.scratch() as (written, copy):
        size, at = place.store().size(name), 0
        while at < size:
            at += written.write(place.store().read(name, at, COPIED_AT_ONCE))
        written.flush()
        with copy.open("rb") as file:
            yield SealedFile(file, key)


def keep_bytes(data: bytes, order_id: UUID, n: int, now: datetime) -> str:
    """Keep a small content for file n of an order; gives its SHA-256. Raises StoreTrouble."""
    key = new_key()
    with place.scratch() as (written, path):
        sealing = SealedWriter(written, key)
        sealing.write(data)
        sha256 = sealing.close()
        place.flush(written)
        keep(path, sha256, len(data), key, order_id, n, now)
    return sha256


def open_object(name: str, key: bytes) -> SealedReader:
    """An object of the store under its key. Raises StoreTrouble."""
    kept = place.store()
    return SealedReader(lambda start, length: kept.read(name, start, length), kept.size(name), key)


def let_go(order_id: UUID, n: int, now: datetime, but: frozenset[str] = frozenset()) -> int:
    """File n needs its contents no more, `but` these; gives how many nobody else used and are gone."""
    gone = 0
    for (sha256,) in connection.fetch_all(USES, (order_id, n)):
        if sha256 not in but:
            gone += _let_go_one(sha256, order_id, n, now)
    return gone


def _let_go_one(sha256: str, order_id: UUID, n: int, now: datetime) -> bool:
    row = connection.fetch_one(FIND, (sha256,))
    if row is not None:
        loosen(str(row[0]), now + LOOSE_FOR)
    with transaction.atomic():
        connection.fetch_one(LOCK, (sha256,))
        connection.run(DROP_USE, (sha256, order_id, n))
        used = connection.fetch_one(STILL_USED, (sha256,)) is not None
        if not used:
            connection.run(DROP_BLOB, (sha256,))
    if row is None:
        return False
    if used:
        connection.run(DROP_LOOSE, (str(row[0]),))
    else:
        remove(str(row[0]))
    return not used


def count_contents() -> tuple[int, int]:
    """How many contents are kept, and their bytes."""
    row = connection.fetch_one("SELECT count(*), coalesce(sum(size), 0) FROM files_blob", ())
    assert row is not None
    return int(row[0]), int(row[1])


def newest(limit: int) -> list[str]:
    """The SHA-256 of the newest contents."""
    found = connection.fetch_all("SELECT sha256 FROM files_blob ORDER BY kept_at DESC LIMIT %s", (limit,))
    return [str(sha256) for (sha256,) in found]


def try_store() -> None:
    """Keep, read and delete a small object. Raises StoreTrouble."""
    key = new_key()
    name = keys.name_of(key, "probe")
    with place.scratch() as (written, path):
        sealing = SealedWriter(written, key)
        sealing.write(b"probe")
        sealing.close()
        place.flush(written)
        place.store().put(name, path)
    try:
        if open_object(name, key).read(0, 5) != b"probe":
            raise StoreTrouble(BROKEN, "the store gives back other bytes than it was given")
    finally:
        place.store().delete(name)


def loosen(name: str, due_at: datetime) -> None:
    """Note an object that nobody owns, or not yet."""
    connection.run(LOOSEN, (name, due_at))


def tighten(name: str) -> None:
    """An object has its owner now."""
    connection.run(DROP_LOOSE, (name,))


def sweep_loose(now: datetime, limit: int) -> int:
    """Take away objects whose time is over and that nobody owns; gives how many were looked at."""
    due = [str(name) for (name,) in connection.fetch_all(DUE_LOOSE, (now, limit))]
    for name in due:
        owned = connection.fetch_one(OWNED, (name, name))
        if owned is not None and owned[0]:
            tighten(name)
        else:
            remove(name)
    return len(due)


def remove(name: str) -> None:
    """Take an object away that nobody owns."""
    place.store().delete(name)
    tighten(name)
