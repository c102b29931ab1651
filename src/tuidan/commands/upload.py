"""Uploads: begin, add a piece, finish, name them in an exhibit, drop, erase. Each may be asked again.

A file belongs to one side of an order. Its bytes come in pieces, each kept before it is answered, so that whoever was
interrupted asks for the offset and goes on. What is whole waits for the worker's check (`worker/files.py`); an exhibit
can name only checked files, so that what is on the record has its SHA-256 and that of the copy that others see.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from tuidan.commands.hearing import act
from tuidan.commands.runner import Outcome
from tuidan.domain import commands as c
from tuidan.domain import events as e
from tuidan.domain.refusals import Refusal
from tuidan.domain.upload.objects import FULL, StoreTrouble
from tuidan.domain.upload.rules import (
    EXHIBIT_FILES_MAX,
    PIECE_BYTES_MAX,
    UNFILED_KEPT,
    UNFINISHED_KEPT,
    There,
    clean_name,
    may_append,
    may_begin,
)
from tuidan.domain.upload.state import FileMove, FileState
from tuidan.store.files import blobs, parts, place, rows
from tuidan.store.files.rows import FileRecord
from tuidan.store.files.sealed import SealedWriter, new_key
from tuidan.store.orders.load import load_order
from tuidan.store.orders.story import load_events
from tuidan.store.readings import rows as readings
from tuidan.store.watch.attempts import attempts, count_attempt

HOUR = timedelta(hours=1)
HASH_DIFFERS = "hash_differs"


class UploadRefused(Exception):
    """An upload was refused; nothing has changed. `refusal` has the code and its data."""

    def __init__(self, code: str, **data: object) -> None:
        super().__init__(code)
        self.refusal = Refusal(code, data)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an upload is: go on from `received`."""

    n: int
    received: int
    size: int
    state: str


def begin_upload(
    order_id: UUID, case: int, actor: c.Actor, person: UUID, name: str, size: int, key: str, now: datetime
) -> Progress:
    """Begin a file of `size` bytes for one side of a case; the same key gives the same file again.

    The edge has checked that the actor is a party of the order. Raises UploadRefused.
    """
    counted = hashlib.sha256(f"upload:{person}".encode()).digest()
    known = rows.begun(order_id, actor.kind, key)
    if known is None:
        refusal = may_begin(size, There(*rows.totals(order_id, actor.kind), attempts(counted, now)))
        if refusal is not None:
            raise UploadRefused(refusal.code, **refusal.data)
        count_attempt(counted, now, HOUR)
        known = rows.begin(order_id, case, person, actor.kind, clean_name(name), size, key, now)
    if known.size != size or known.case != case:
        raise UploadRefused("key_used_for_other_input")
    return _progress(known)


def progress_of(order_id: UUID, n: int, actor: c.Actor) -> Progress:
    """How far it is, for the side whose file it is. Raises UploadRefused."""
    return _progress(_own(order_id, n, actor))


def append_piece(order_id: UUID, n: int, actor: c.Actor, offset: int, data: bytes, now: datetime) -> Progress:
    """Add a piece where the last one ended. Raises UploadRefused; `upload_offset_wrong` tells the true offset."""
    file = _own(order_id, n, actor)
    if file.state != FileState.UPLOADING:
        raise UploadRefused("upload_finished")
    refusal = may_append(file.size, file.received, offset, len(data))
    if refusal is not None:
        raise UploadRefused(refusal.code, **refusal.data)
    try:
        added = parts.append(order_id, n, offset, data, now)
    except StoreTrouble as trouble:
        raise refused_by_store(trouble) from trouble
    there = _own(order_id, n, actor)
    if not added:
        raise UploadRefused("upload_offset_wrong", offset=there.received, size=there.size)
    return _progress(there)


def finish_upload(order_id: UUID, n: int, actor: c.Actor, sha256: str, now: datetime) -> FileRecord:
    """All pieces are in: put them together and keep the content. `sha256` ("": not told) must be the content's.

    Raises UploadRefused: `upload_unfinished`, `upload_busy` (somebody is at it), `file_hash_differs` (start again).
    """
    file = _own(order_id, n, actor)
    if file.state != FileState.UPLOADING:
        if sha256 and file.sha256 and sha256 != file.sha256:
            raise UploadRefused("file_hash_differs")
        return file
    if file.received != file.size:
        raise UploadRefused("upload_unfinished", offset=file.received, size=file.size)
    if not rows.take(order_id, n, FileState.UPLOADING, now):
        raise UploadRefused("upload_busy")
    try:
        found = _put_together(file, now, sha256)
    except StoreTrouble as trouble:
        raise refused_by_store(trouble) from trouble
    finally:
        rows.give_back(order_id, n)
    if not found:
        drop_upload(order_id, n, actor, now)
        raise UploadRefused("file_hash_differs")
    rows.move(order_id, n, FileState.UPLOADING, FileMove.FINISH, now, sha256=found, received_at=now)
    parts.drop_all(order_id, n, now)
    return _own(order_id, n, actor)


def _put_together(file: FileRecord, now: datetime, wanted: str) -> str:
    """Seal the pieces as one content and keep it; gives its SHA-256, "" where another was told."""
    key = new_key()
    with place.scratch() as (written, path):
        sealing = SealedWriter(written, key)
        for chunk in parts.read_all(file.order_id, file.n):
            sealing.write(chunk)
        sha256 = sealing.close()
        place.flush(written)
        if sealing.size != file.size or (wanted and wanted != sha256):
            return ""
        blobs.keep(path, sha256, sealing.size, key, file.order_id, file.n, now)
    return sha256


def upload_whole(
    order_id: UUID, case: int, actor: c.Actor, person: UUID, name: str, data: bytes, key: str, now: datetime
) -> FileRecord:
    """A small file that came in one request. Raises UploadRefused."""
    begun = begin_upload(order_id, case, actor, person, name, len(data), key, now)
    if begun.state != FileState.UPLOADING:
        return _own(order_id, begun.n, actor)
    offset = begun.received
    while offset < len(data):
        piece = data[offset : offset + PIECE_BYTES_MAX]
        offset = append_piece(order_id, begun.n, actor, offset, piece, now).received
    return finish_upload(order_id, begun.n, actor, hashlib.sha256(data).hexdigest(), now)


def file_with_uploads(
    order_id: UUID,
    actor: c.Actor,
    command: c.FileExhibit,
    numbers: tuple[int, ...],
    key: str,
    now: datetime,
    words: str = "",
) -> Outcome:
    """File an exhibit that shows these files of the actor's side; all must be checked and in no other exhibit.

    Raises UploadRefused, and what `commands/hearing.py:act` raises.
    """
    if len(set(numbers)) > EXHIBIT_FILES_MAX:
        raise UploadRefused("too_many_files", files_max=EXHIBIT_FILES_MAX)
    named = [_own(order_id, n, actor) for n in sorted(set(numbers))]
    for file in named:
        if file.state != FileState.CHECKED or file.case != command.case:
            raise UploadRefused("file_not_ready", file=file.n, state=file.state)
    filed = [file for file in named if file.exhibit]
    if filed and load_order(order_id, f"{actor.kind}:{key}")[1] is None:  # else it is the same asked again
        raise UploadRefused("file_on_record", exhibit=filed[0].exhibit)
    if named:
        command = replace(
            command,
            file_sha256=named[0].sha256,
            files=tuple(file.sha256 for file in named),
            cleaned=tuple(file.cleaned_sha256 for file in named),
        )
    outcome = act(order_id, actor, command, key, now, words)
    for event in outcome.events:
        if isinstance(event, e.ExhibitFiled):
            for file in named:
                rows.attach(order_id, file.n, event.exhibit)
    return outcome


def drop_upload(order_id: UUID, n: int, actor: c.Actor, now: datetime) -> None:
    """Take back a file that no exhibit names. Raises UploadRefused; one that is gone already is no fault."""
    file = _own(order_id, n, actor)
    if file.exhibit:
        raise UploadRefused("file_on_record", exhibit=file.exhibit)
    erase_file(order_id, n, now)


def erase_file(order_id: UUID, n: int, now: datetime) -> bool:
    """Erase the bytes, the name and the facts of a file; hashes and the exhibit stay, so the record still verifies.

    Gives whether there was something to erase. The caller has checked that it may be erased (retention, legal hold).
    """
    file = rows.find(order_id, n)
    if file is None or file.state == FileState.ERASED:
        return False
    rows.move(order_id, n, file.state, FileMove.ERASE, now, name="", facts={}, frames=[], erased_at=now)
    parts.drop_all(order_id, n, now)
    blobs.let_go(order_id, n, now)
    readings.erase(order_id, n)
    return True


def sweep_uploads(now: datetime, limit: int) -> int:
    """Take away what nobody finished or filed in time, and objects that nobody owns; gives how many were looked at.

    A file that an exhibit names though its row does not say so (the process died in between) is put right first.
    """
    swept = 0
    for state, kept in (
        (FileState.UPLOADING, UNFINISHED_KEPT),
        (FileState.CHECKED, UNFILED_KEPT),
        (FileState.REFUSED, UNFILED_KEPT),
    ):
        for file in rows.untouched(state, now - kept, limit):
            swept += 1
            exhibit = _named_in(file)
            if exhibit:
                rows.attach(file.order_id, file.n, exhibit)
            else:
                erase_file(file.order_id, file.n, now)
    return swept + blobs.sweep_loose(now, limit)


def _named_in(file: FileRecord) -> int:
    """The exhibit whose event names this file's SHA-256; 0 for none."""
    if file.state != FileState.CHECKED:
        return 0
    for event in load_events(file.order_id):
        hashes = event.data.get("files")
        if event.kind == "exhibit_filed" and isinstance(hashes, list) and file.sha256 in hashes:
            return int(str(event.data["exhibit"]))
    return 0


def refused_by_store(trouble: StoreTrouble) -> UploadRefused:
    """What a store's trouble means for whoever uploads."""
    return UploadRefused("files_full" if trouble.code == FULL else "files_unavailable")


def _own(order_id: UUID, n: int, actor: c.Actor) -> FileRecord:
    file = rows.find(order_id, n)
    if file is None or file.role != actor.kind:
        raise UploadRefused("no_such_file", file=n)
    return file


def _progress(file: FileRecord) -> Progress:
    return Progress(file.n, file.received, file.size, file.state)
