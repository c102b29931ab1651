"""Finds the connector folders and connects those that settings name. Adding a folder edits no other file.

A connector folder is a package below `connectors/payments`, `connectors/suppliers`, `connectors/issuers`,
`connectors/timestamps` or `connectors/stores` whose `__init__.py` offers

    NAME: str                                   the folder's name
    connect(settings: Mapping[str, str]) -> ... the connector, built from its own settings

This is the only place that imports by name; what it may import is what lies on disk in those packages.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from types import ModuleType
from typing import Any, Literal

Kind = Literal["payments", "suppliers", "issuers", "timestamps", "stores"]
KINDS: tuple[Kind, ...] = ("payments", "suppliers", "issuers", "timestamps", "stores")


class NoSuchConnector(LookupError):
    """Settings name a connector that is not on disk, or a folder does not offer what it must."""


def folder_names(kind: Kind) -> tuple[str, ...]:
    """The names of the connector folders of this kind, sorted."""
    package = importlib.import_module(f"tuidan.connectors.{kind}")
    return tuple(sorted(found.name for found in pkgutil.iter_modules(package.__path__) if found.ispkg))


def folder(kind: Kind, name: str) -> ModuleType:
    """The package of one connector. Raises NoSuchConnector when it is absent or incomplete."""
    if name not in folder_names(kind):
        raise NoSuchConnector(f"no folder connectors/{kind}/{name}")
    module = importlib.import_module(f"tuidan.connectors.{kind}.{name}")
    if getattr(module, "NAME", None) != name or not callable(getattr(module, "connect", None)):
        raise NoSuchConnector(
            f"connectors/{kind}/{name}/__init__.py must offer NAME = {name!r} and connect()"
        )
    return module


def connect(kind: Kind, name: str, settings: Mapping[str, str]) -> Any:
    """One connector, ready for use. Raises NoSuchConnector, or ValueError from the connector for bad settings."""
    return folder(kind, name).connect(settings)


def connect_all(kind: Kind, settings: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """All connectors that `settings` names, by name."""
    return dict(_connected(kind, settings))


def _connected(kind: Kind, settings: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, Any]]:
    for name in sorted(settings):
        yield name, connect(kind, name, settings[name])
