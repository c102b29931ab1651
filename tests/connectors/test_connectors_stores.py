"""Stores of evidence files: the shared checks against a folder and a real S3 server; full disks, bad settings."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from s3_server import KEYS, s3_server
from tuidan.connectors.contract.conformance_store import CHECKS, NAME
from tuidan.connectors.contract.registry import connect, folder_names
from tuidan.domain.upload.objects import FULL, UNAVAILABLE, ObjectStore, StoreTrouble

FILL = """
import os, resource, signal, sys
from pathlib import Path
from tuidan.connectors.stores.folder.client import FolderStore
from tuidan.domain.upload.objects import StoreTrouble
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
try:
    FolderStore(Path(sys.argv[1])).put("ab" * 32, Path(sys.argv[2]))
except StoreTrouble as trouble:
    print(trouble.code)
"""


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with s3_server("evidence") as address:
        yield address


@pytest.fixture
def stores(tmp_path: Path, endpoint: str) -> dict[str, ObjectStore]:
    """One store of each kind, empty."""
    settings = {"bucket": "evidence", "endpoint": endpoint, "path_style": "True", "prefix": tmp_path.name}
    return {
        "folder": connect("stores", "folder", {"path": str(tmp_path / "files")}),
        "s3": connect("stores", "s3", settings | KEYS),
    }


@pytest.mark.parametrize("kind", folder_names("stores"))
@pytest.mark.parametrize("check", sorted(CHECKS))
def test_every_store_passes_the_shared_checks(stores: dict[str, ObjectStore], kind: str, check: str) -> None:
    assert kind in stores, "a new store brings one for the checks"
    CHECKS[check](stores[kind])


def test_a_store_that_nobody_answers_for_is_unavailable() -> None:
    settings = {"bucket": "evidence", "endpoint": "http://127.0.0.1:9", "timeout_seconds": "1", **KEYS}
    with pytest.raises(StoreTrouble) as trouble:
        connect("stores", "s3", settings).size(NAME)
    assert trouble.value.code == UNAVAILABLE


def test_a_full_disk_is_said_and_leaves_nothing_half(tmp_path: Path) -> None:
    """The file comes from another disk, so that it must be copied; the disk takes a thousand bytes."""
    elsewhere = Path("/dev/shm") if Path("/dev/shm").is_dir() else tmp_path
    source = elsewhere / f"tuidan-{os.getpid()}"
    source.write_bytes(b"x" * 5_000)
    folder = tmp_path / "files"
    try:
        said = subprocess.run(
            [sys.executable, "-c", FILL, str(folder), str(source)], capture_output=True, text=True, check=True
        )
        assert said.stdout.strip() == FULL
        assert [path for path in folder.rglob("*") if path.is_file()] == []
        assert source.read_bytes() == b"x" * 5_000
    finally:
        source.unlink(missing_ok=True)


def test_only_the_owner_can_read_what_a_folder_keeps(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.write_bytes(b"x")
    source.chmod(0o600)
    connect("stores", "folder", {"path": str(tmp_path / "files")}).put(NAME, source)
    modes = {path.stat().st_mode & 0o077 for path in (tmp_path / "files").rglob("*")}
    assert modes == {0}


@pytest.mark.parametrize(
    ("kind", "settings", "named"),
    [
        ("folder", {}, "path"),
        ("folder", {"path": "relative"}, "path"),
        ("folder", {"path": "/x", "colour": "red"}, "colour"),
        ("s3", {}, "bucket"),
        ("s3", {"bucket": "evidence", "endpoint": "ftp://x"}, "endpoint"),
        ("s3", {"bucket": "evidence", "access_key": "a"}, "secret_key"),
        ("s3", {"bucket": "evidence", "prefix": "a b"}, "prefix"),
        ("s3", {"bucket": "evidence", "colour": "red"}, "colour"),
        ("s3", {"bucket": "evidence", "timeout_seconds": "0"}, "timeout_seconds"),
    ],
)
def test_a_bad_setting_is_named(kind: str, settings: dict[str, str], named: str) -> None:
    with pytest.raises(ValueError, match=named):
        connect("stores", kind, settings)
