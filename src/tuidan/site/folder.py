"""Make a folder that is ours, walkable for others whatever the umask says; leave folders of others alone."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

WALKABLE = 0o711


def make(folder: Path) -> None:
    """Make `folder` and what is missing above it. What exists already keeps its mode."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        path.chmod(WALKABLE)


@contextmanager
def throwaway() -> Iterator[Path]:
    """A data folder for the length of the block. Walkable, so that nothing of it ends up elsewhere."""
    folder = Path(tempfile.mkdtemp(prefix="tuidan-"))
    folder.chmod(WALKABLE)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
