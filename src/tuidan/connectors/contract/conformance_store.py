"""The checks every store of files must pass. A new store folder runs them with a store of its own."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from pathlib import Path

from tuidan.domain.upload.objects import MISSING, ObjectStore, StoreTrouble

NAME, OTHER = "ab" * 32, "cd" * 32


def _file(data: bytes) -> Path:
    descriptor, name = tempfile.mkstemp()
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
    return Path(name)


def must_give_back_what_was_put(store: ObjectStore) -> None:
    """Whole and in parts, and no more than there is."""
    data = os.urandom(300_000)
    store.put(NAME, _file(data))
    assert store.size(NAME) == len(data)
    assert store.read(NAME, 0, len(data)) == data
    assert store.read(NAME, 1_000, 10) == data[1_000:1_010]
    assert store.read(NAME, len(data) - 5, 100) == data[-5:]
    assert store.read(NAME, len(data), 10) == b""


def must_take_the_file_over(store: ObjectStore) -> None:
    """What was put does not lie about any more."""
    source = _file(b"once")
    store.put(NAME, source)
    assert not source.exists()


def must_bear_the_same_twice(store: ObjectStore) -> None:
    """The second put is no fault, nor is the second removal."""
    for _ in range(2):
        store.put(NAME, _file(b"same"))
    assert store.read(NAME, 0, 9) == b"same"
    for _ in range(2):
        store.delete(NAME)


def must_say_what_is_missing(store: ObjectStore) -> None:
    """An object that was never there, or is gone, is `missing` and nothing else."""
    store.put(OTHER, _file(b"x"))
    store.delete(OTHER)
    asks: tuple[Callable[[], object], ...] = (
        lambda: store.size(OTHER),
        lambda: store.read(OTHER, 0, 1),
    )
    assert [_trouble_of(ask) for ask in asks] == [MISSING, MISSING]


def _trouble_of(ask: Callable[[], object]) -> str:
    try:
        ask()
    except StoreTrouble as trouble:
        return trouble.code
    return ""


def must_refuse_other_names(store: ObjectStore) -> None:
    """A name is hex digits: nothing climbs out of the store."""
    for name in ("../" + "a" * 60, "A" * 64, "", "ab", "a" * 63 + "/"):
        try:
            store.size(name)
        except ValueError:
            continue
        raise AssertionError(f"{name!r} was taken as a name")


CHECKS: dict[str, Callable[[ObjectStore], None]] = {
    check.__name__: check
    for check in (
        must_give_back_what_was_put,
        must_take_the_file_over,
        must_bear_the_same_twice,
        must_say_what_is_missing,
        must_refuse_other_names,
    )
}
