"""`tuidan files`: how files stand, whether the store answers, and which content is not what it was."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner

from evidence_files import buyer, uploaded
from tuidan.site.cli import tuidan
from tuidan.store.files import place


def said(*words: str) -> tuple[int, str]:
    told = CliRunner().invoke(tuidan, ["files", *words])
    return told.exit_code, told.output


@pytest.mark.usefixtures("fresh_database")
def test_the_status_counts_files_and_tries_the_store() -> None:
    uploaded(uuid4(), buyer(), b"x" * 2_000_000)
    code, text = said("status")
    assert code == 0, text
    assert "received          1         1.9 MiB" in text
    assert "does a worker run?" in text
    assert "written, read and taken away" in text


@pytest.mark.usefixtures("fresh_database")
def test_a_content_that_was_changed_in_the_store_is_named() -> None:
    folder = Path(place.store().folder)  # type: ignore[attr-defined]
    before = set(folder.rglob("*"))
    sha256 = uploaded(uuid4(), buyer(), os.urandom(1000)).sha256
    (kept,) = [path for path in set(folder.rglob("*")) - before if path.is_file()]
    assert said("verify")[0] == 0
    kept.write_bytes(kept.read_bytes()[:-1] + b"\0")
    code, text = said("verify")
    assert (code, sha256 in text, "1 differ" in text) == (1, True, True)
