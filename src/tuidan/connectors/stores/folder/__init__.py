"""A folder on this machine, or one that all machines mount: the default store of evidence files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tuidan.connectors.stores.folder.client import FolderStore

NAME = "folder"


def connect(settings: Mapping[str, str]) -> FolderStore:
    """The store in the folder `path`. Raises ValueError when `path` is missing or not absolute."""
    strange = sorted(set(settings) - {"path"})
    if strange:
        raise ValueError(f"stores.folder: unknown setting {strange[0]!r}; known is path")
    path = Path(settings.get("path", ""))
    if not path.is_absolute():
        raise ValueError("stores.folder: path must be the absolute path of a folder")
    return FolderStore(path)
