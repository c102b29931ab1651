"""Uploads: pieces that go on after any interruption, hashes compared, limits, contents kept once and erased whole."""

from __future__ import annotations

import errno
import hashlib
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import connection

from evidence_files import buyer, jpeg_with_place, now, png, uploaded
from tuidan.commands import upload
from tuidan.commands.upload import UploadRefused
from tuidan.domain import commands as c
from tuidan.domain.upload.objects import FULL, MISSING, StoreTrouble
from tuidan.domain.upload.rules import FILES_MAX, UNFILED_KEPT, UNFINISHED_KEPT, UNFINISHED_MAX
from tuidan.reads.upload import open_file, open_small
from tuidan.store.files import blobs, place, rows
from tuidan.worker.checker import Checker
from tuidan.worker.files import check_files

# The process ends when the piece lies in the store and no row says so.
DIES = """
import os, sys
from datetime import UTC, datetime
from uuid import UUID
from tuidan.site import boot
from tuidan.commands import upload
from tuidan.domain import commands as c
from tuidan.store.files import place

kept = type(place.store()).put

def put(self, name, source):
    kept(self, name, source)
    os._exit(9)

type(place.store()).put = put
upload.append_piece(UUID(sys.argv[1]), 1, c.Actor("buyer", sys.argv[2]), 0, b"a" * 1000, datetime.now(UTC))
"""


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    with Checker() as running:
        yield running


def begun(order_id: UUID, actor: c.Actor, size: int, key: str = "") -> int:
    person = UUID(actor.id)
    told = upload.begin_upload(order_id, 1, actor, person, "截图.png", size, key or uuid4().hex, now())
    return told.n


def code_of(refused: pytest.ExceptionInfo[UploadRefused]) -> str:
    return refused.value.refusal.code


def objects() -> set[Path]:
    return {path for path in Path(place.store().folder).rglob("*") if path.is_file()}  # type: ignore[attr-defined]


def test_pieces_become_the_file_that_was_sent() -> None:
    order_id, actor, data = uuid4(), buyer(), os.urandom(700_000)
    n = begun(order_id, actor, len(data))
    assert upload.append_piece(order_id, n, actor, 0, data[:500_000], now()).received == 500_000
    assert upload.append_piece(order_id, n, actor, 500_000, data[500_000:], now()).received == 700_000
    digest = hashlib.sha256(data).hexdigest()
    file = upload.finish_upload(order_id, n, actor, digest, now())
    assert (file.state, file.sha256) == ("received", digest)
    opened = open_file(order_id, n, cleaned=False)
    assert (opened.all(), opened.read(499_990, 20)) == (data, data[499_990:500_010])


def test_nothing_of_a_file_can_be_read_where_it_is_kept() -> None:
    data, before = b"order number 2026112322001 " * 4000, objects()
    uploaded(uuid4(), buyer(), data)
    kept = objects() - before
    assert len(kept) == 1
    assert not [path for path in kept if b"order number" in path.read_bytes()]
    assert not [path for path in kept if hashlib.sha256(data).hexdigest() in path.name]


def test_the_same_content_is_kept_once_whoever_brings_it() -> None:
    data, before = os.urandom(5_000), objects()
    orders = [uuid4(), uuid4()]
    for order_id in orders:
        uploaded(order_id, buyer(), data)
    assert len(objects() - before) == 1
    assert upload.erase_file(orders[0], 1, now())
    assert open_file(orders[1], 1, cleaned=False).all() == data
    assert upload.erase_file(orders[1], 1, now())
    assert objects() - before == set()


def test_an_erased_file_keeps_its_hash_and_nothing_else(checker: Checker) -> None:
    order_id, before = uuid4(), objects()
    sha256 = uploaded(order_id, buyer(), jpeg_with_place((362, 782))).sha256
    check_files(checker, now)
    assert upload.erase_file(order_id, 1, now())
    file = rows.find(order_id, 1)
    assert file is not None
    assert (file.state, file.sha256, file.name, file.facts) == ("erased", sha256, "", {})
    for read in (
        lambda: open_file(order_id, 1),
        lambda: open_small(order_id, 1),
        lambda: blobs.open_blob(sha256),
    ):
        with pytest.raises(StoreTrouble) as trouble:
            read()
        assert trouble.value.code == MISSING
    assert objects() - before == set()
    assert not upload.erase_file(order_id, 1, now())


def test_a_changed_byte_in_the_store_is_never_given_out() -> None:
    before, order_id = objects(), uuid4()
    uploaded(order_id, buyer(), os.urandom(600_000))
    (kept,) = objects() - before
    data = bytearray(kept.read_bytes())
    data[400_000] ^= 1
    kept.write_bytes(data)
    opened = open_file(order_id, 1, cleaned=False)
    assert len(opened.read(0, 1000)) == 1000
    with pytest.raises(StoreTrouble):
        opened.all()
    kept.write_bytes(data[:-300_000])
    with pytest.raises(StoreTrouble):
        open_file(order_id, 1, cleaned=False).all()


def test_a_sender_that_died_is_told_where_to_go_on_and_leaves_nothing_behind() -> None:
    order_id, actor, before = uuid4(), buyer(), objects()
    begun(order_id, actor, 1000)
    command = [sys.executable, "-c", DIES, str(order_id), actor.id]
    assert subprocess.run(command, capture_output=True, check=False).returncode == 9
    assert len(objects() - before) == 1
    assert upload.progress_of(order_id, 1, actor).received == 0
    assert upload.append_piece(order_id, 1, actor, 0, b"b" * 1000, now()).received == 1000
    blobs.sweep_loose(now() + timedelta(days=2), 1000)
    assert len(objects() - before) == 1
    upload.finish_upload(order_id, 1, actor, "", now())
    assert open_file(order_id, 1, cleaned=False).all() == b"b" * 1000


def test_of_two_that_send_the_same_piece_one_is_told_the_offset() -> None:
    order_id, actor = uuid4(), buyer()
    n, ready = begun(order_id, actor, 200_000), threading.Barrier(2)

    def send(letter: bytes) -> str:
        ready.wait()
        try:
            upload.append_piece(order_id, n, actor, 0, letter * 100_000, now())
        except UploadRefused as refused:
            return f"{refused.refusal.code} {refused.refusal.data['offset']}"
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        told = sorted(pool.map(send, (b"a", b"b")))
    assert told == ["", "upload_offset_wrong 100000"]
    assert upload.progress_of(order_id, n, actor).received == 100_000


def test_of_two_that_finish_one_puts_it_together(checker: Checker) -> None:
    order_id, actor = uuid4(), buyer()
    n = begun(order_id, actor, 1000)
    upload.append_piece(order_id, n, actor, 0, b"x" * 1000, now())
    assert rows.take(order_id, n, rows.FileState.UPLOADING, now())
    with pytest.raises(UploadRefused) as refused:
        upload.finish_upload(order_id, n, actor, "", now())
    assert code_of(refused) == "upload_busy"
    later = now() + timedelta(minutes=6)
    assert upload.finish_upload(order_id, n, actor, "", later).state == "received"
    assert upload.finish_upload(order_id, n, actor, "", later).state == "received"


def test_what_is_not_complete_or_another_hash_is_not_taken() -> None:
    order_id, actor = uuid4(), buyer()
    n = begun(order_id, actor, 2000)
    upload.append_piece(order_id, n, actor, 0, b"x" * 1000, now())
    with pytest.raises(UploadRefused) as refused:
        upload.finish_upload(order_id, n, actor, "", now())
    assert (code_of(refused), refused.value.refusal.data["offset"]) == ("upload_unfinished", 1000)
    upload.append_piece(order_id, n, actor, 1000, b"x" * 1000, now())
    with pytest.raises(UploadRefused) as refused:
        upload.finish_upload(order_id, n, actor, "ab" * 32, now())
    assert code_of(refused) == "file_hash_differs"


def test_the_same_key_is_the_same_upload_and_another_size_is_refused() -> None:
    order_id, actor, key = uuid4(), buyer(), uuid4().hex
    assert begun(order_id, actor, 500, key) == begun(order_id, actor, 500, key) == 1
    with pytest.raises(UploadRefused) as refused:
        begun(order_id, actor, 501, key)
    assert code_of(refused) == "key_used_for_other_input"


def test_the_other_side_neither_adds_to_a_file_nor_takes_it_back() -> None:
    order_id = uuid4()
    n = begun(order_id, buyer(), 500)
    seller = c.Actor("seller", str(uuid4()))
    for ask in (
        lambda: upload.append_piece(order_id, n, seller, 0, b"x", now()),
        lambda: upload.drop_upload(order_id, n, seller, now()),
    ):
        with pytest.raises(UploadRefused) as refused:
            ask()
        assert code_of(refused) == "no_such_file"


def test_unfinished_uploads_and_files_have_their_limits() -> None:
    order_id, actor = uuid4(), buyer()
    for _ in range(UNFINISHED_MAX):
        begun(order_id, actor, 10)
    with pytest.raises(UploadRefused) as refused:
        begun(order_id, actor, 10)
    assert code_of(refused) == "too_many_unfinished"
    for _ in range(FILES_MAX - UNFINISHED_MAX):
        begun(order_id, c.Actor(f"test-{uuid4()}", str(uuid4())), 10)
    with pytest.raises(UploadRefused) as refused:
        begun(order_id, c.Actor("seller", str(uuid4())), 10)
    assert code_of(refused) == "too_many_files"
    with pytest.raises(UploadRefused) as refused:
        begun(uuid4(), actor, 501 * 1024 * 1024)
    assert code_of(refused) == "file_too_large"


def test_what_nobody_finished_or_filed_is_swept(checker: Checker) -> None:
    order_id, actor, before = uuid4(), buyer(), objects()
    begun(order_id, actor, 2000)
    upload.append_piece(order_id, 1, actor, 0, b"x" * 1000, now())
    uploaded(order_id, actor, png())
    check_files(checker, now)
    upload.sweep_uploads(now() + UNFINISHED_KEPT - timedelta(minutes=1), 100)
    assert [file.state for file in rows.of_order(order_id)] == ["uploading", "checked"]
    upload.sweep_uploads(now() + UNFINISHED_KEPT + timedelta(minutes=1), 100)
    assert [file.state for file in rows.of_order(order_id)] == ["erased", "checked"]
    upload.sweep_uploads(now() + UNFILED_KEPT + timedelta(minutes=1), 100)
    assert [file.state for file in rows.of_order(order_id)] == ["erased", "erased"]
    assert objects() - before == set()


def test_a_refused_file_leaves_no_bytes(checker: Checker) -> None:
    order_id, before = uuid4(), objects()
    uploaded(order_id, buyer(), b"<svg onload=alert(1)></svg>" + os.urandom(8))
    check_files(checker, now)
    (file,) = rows.of_order(order_id)
    assert (file.state, file.refusal) == ("refused", "markup")
    assert objects() - before == set()


def test_a_disk_without_room_is_said_and_leaves_nothing() -> None:
    with pytest.raises(StoreTrouble) as trouble, place.scratch() as (_, path):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert (trouble.value.code, path.exists()) == (FULL, False)
    assert upload.refused_by_store(trouble.value).refusal.code == "files_full"
