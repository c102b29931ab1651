"""Where evidence files are kept: `[stores.…]` of the connectors' file, else a folder in the data folder.

    [stores.s3]
    bucket = "evidence"

Settings hand `connect` to the store room, which builds the store on its first use.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from tuidan.connectors.contract.registry import connect as connect_one
from tuidan.domain.upload.objects import ObjectStore
from tuidan.site.environment import BadSetting, Environment

FILE_NAME = "connectors.toml"
FOLDER = "files"


def connect(environment: Environment) -> ObjectStore:
    """Build the store. Raises BadSetting with the sentence that helps."""
    path = environment.folder() / FILE_NAME
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except tomllib.TOMLDecodeError as error:
        raise BadSetting(f"{path} is not TOML: {error}") from error
    stores = told.get("stores", {})
    if len(stores) > 1:
        raise BadSetting(f"{path}: name one store of files, not {', '.join(sorted(stores))}")
    for name, settings in stores.items():
        store: ObjectStore = connect_one("stores", name, {key: str(value) for key, value in settings.items()})
        return store
    folder: ObjectStore = connect_one("stores", "folder", {"path": str(objects(environment))})
    return folder


def objects(environment: Environment) -> Path:
    """The folder of the default store."""
    return environment.folder() / FOLDER / "objects"


def scratch(environment: Environment) -> Path:
    """The folder in which sealed files are made; on the disk of the default store, so that keeping is a rename."""
    return environment.folder() / FOLDER / "scratch"
