"""Keeps each object as one file: written beside, brought to the disk, renamed into place. A power cut leaves no half.

An object lies at `ab/cd/abcd…`, so that no folder grows endless. Files and folders are readable by their owner alone.
"""

from __future__ import annotations

import errno
import os
import re
import shutil
import tempfile
from pathlib import Path

from tuidan.domain.upload.objects import FULL, MISSING, UNAVAILABLE, StoreTrouble

NAME = re.compile(r"[0-9a-f]{32,64}")
NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class FolderStore:
    """The store in one folder; made on the first put. See `domain/upload/objects.py:ObjectStore`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def put(self, name: str, source: Path) -> None:
        """Move `source` into place; copied where it lies on another disk."""
        target = self._path(name)
        try:
            for folder in (self.folder, target.parent.parent, target.parent):
                folder.mkdir(mode=0o700, parents=folder is self.folder, exist_ok=True)
            _sync(source)
            try:
                source.replace(target)
            except OSError as error:
                if error.errno != errno.EXDEV:
                    raise
                _copy_across(source, target)
            for folder in (target.parent, target.parent.parent, self.folder):
                _sync(folder)
        except OSError as error:
            raise _trouble(error) from error

    def read(self, name: str, start: int, length: int) -> bytes:
        """At most `length` bytes from `start`."""
        try:
            with self._path(name).open("rb") as file:
                file.seek(start)
                return file.read(length)
        except OSError as error:
            raise _trouble(error) from error

    def local(self, name: str) -> Path | None:
        """The file itself."""
        self.size(name)
        return self._path(name)

    def size(self, name: str) -> int:
        """How many bytes the object has."""
        try:
            return self._path(name).stat().st_size
        except OSError as error:
            raise _trouble(error) from error

    def delete(self, name: str) -> None:
        """Take the object away."""
        try:
            self._path(name).unlink(missing_ok=True)
        except OSError as error:
            raise _trouble(error) from error

    def _path(self, name: str) -> Path:
        if not NAME.fullmatch(name):
            raise ValueError(f"{name!r} is no name of an object")
        return self.folder / name[:2] / name[2:4] / name


def _copy_across(source: Path, target: Path) -> None:
    """From another disk: a copy beside the target first, so that the target appears whole."""
    descriptor, name = tempfile.mkstemp(dir=target.parent, prefix=".in-")
    beside = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as written, source.open("rb") as read:
            shutil.copyfileobj(read, written, 1 << 20)
            written.flush()
            os.fsync(written.fileno())
        beside.replace(target)
    except OSError:
        beside.unlink(missing_ok=True)
        raise
    source.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _trouble(error: OSError) -> StoreTrouble:
    if isinstance(error, FileNotFoundError):
        return StoreTrouble(MISSING, f"no object {error.filename}")
    return StoreTrouble(FULL if error.errno in NO_ROOM else UNAVAILABLE, f"the folder of files: {error}")
