"""Uploads: pieces that go on after any interruption, hashes compared, limits, contents kept once and erased whole."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime
from uuid import UUID, uuid4

import pytest

from tuidan.commands import upload
from tuidan.commands.upload import UploadRefused
from tuidan.domain import commands as c
from tuidan.reads.upload import open_file
from tuidan.store.files import place

ORDER_CASE = 1


def now() -> datetime:
    return datetime.now(UTC)


def buyer() -> c.Actor:
    return c.Actor("buyer", str(uuid4()))


def begun(order_id: UUID, actor: c.Actor, size: int, key: str = "") -> int:
    person = UUID(actor.id)
    told = upload.begin_upload(order_id, 1, actor, person, "截图.png", size, key or uuid4().hex, now())
    return told.n


def code_of(refused: pytest.ExceptionInfo[UploadRefused]) -> str:
    return refused.value.refusal.code


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
    order_id, actor = uuid4(), buyer()
    data = b"order number 2026112322001 " * 4000
    n = begun(order_id, actor, len(data))
    upload.append_piece(order_id, n, actor, 0, data, now())
    upload.finish_upload(order_id, n, actor, "", now())
    kept = [path for path in place.store().folder.rglob("*") if path.is_file()]  # type: ignore[attr-defined]
    assert kept
    assert not [path for path in kept if b"order number" in path.read_bytes()]
    assert not [path for path in kept if hashlib.sha256(data).hexdigest() in path.name]
