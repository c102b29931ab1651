"""Make a folder that is ours, walkable for others whatever the umask says; leave folders of others alone."""

from pathlib import Path

WALKABLE = 0o711


def make(folder: Path) -> None:
    """Make `folder` and what is missing above it. What exists already keeps its mode."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    for path in reversed(missing):
        path.mkdir(exist_ok=True)
        path.chmod(WALKABLE)
