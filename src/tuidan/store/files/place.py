"""Where this process keeps sealed objects, and the folder in which they are made before they are kept."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from tuidan.domain.upload.objects import FULL, UNAVAILABLE, ObjectStore, StoreTrouble

NO_ROOM = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


@lru_cache(maxsize=1)
def store() -> ObjectStore:
    """The store that the settings name; built on the first use. Raises StoreTrouble `unavailable`."""
    try:
        found: ObjectStore = settings.FILE_STORE()
    except (LookupError, ValueError, OSError) as error:
        raise StoreTrouble(UNAVAILABLE, str(error)) from error
    return found


@contextmanager
def scratch() -> Iterator[tuple[BinaryIO, Path]]:
    """A new local file to seal into. It is gone after the block unless a store has taken it.

    Raises StoreTrouble `full` when there is no room for what is written: nothing half is left.
    """
    try:
        folder = Path(settings.FILE_SCRATCH)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=folder, prefix="in-")
    except OSError as error:
        raise _trouble(error) from error
    path = Path(name)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield file, path
    except OSError as error:
        raise _trouble(error) from error
    finally:
        path.unlink(missing_ok=True)


def flush(file: BinaryIO) -> None:
    """Bring what was written to the disk itself."""
    file.flush()
    os.fsync(file.fileno())


def _trouble(error: OSError) -> StoreTrouble:
    code = FULL if error.errno in NO_ROOM else UNAVAILABLE
    return StoreTrouble(code, f"no file can be written: {error}")
