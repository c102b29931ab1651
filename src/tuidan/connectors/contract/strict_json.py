"""Reads JSON from outside without guessing: one object, no key twice, no NaN, integers that are integers.

A parser that keeps the last of two equal keys lets one part of a program check a value and another use a
different one (complaint D9). Raises Unreadable with a short reason that holds none of the text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, NoReturn

__all__ = ["Unreadable", "integer", "objects", "read_object", "section", "text", "time_or_none"]

INTEGER_MAX = 2**53 - 1  # what every JSON reader holds exactly


class Unreadable(Exception):
    """The text cannot be read without guessing. `why` is stable and short."""

    def __init__(self, why: str) -> None:
        super().__init__(why)
        self.why = why


def read_object(body: bytes, bytes_max: int = 1_000_000) -> dict[str, Any]:
    """The one JSON object in `body`. Raises Unreadable."""
    if len(body) > bytes_max:
        raise Unreadable("too_large")
    try:
        value = json.loads(
            body.decode("utf-8"), object_pairs_hook=_no_key_twice, parse_constant=_no_such_number
        )
    except UnicodeDecodeError as error:
        raise Unreadable("not_utf8") from error
    except (ValueError, RecursionError) as error:
        raise Unreadable("not_json") from error
    if not isinstance(value, dict):
        raise Unreadable("not_an_object")
    return value


def integer(values: Mapping[str, Any], name: str, *, least: int = 0) -> int:
    """An integer that came as a JSON integer, `least` or more. Raises Unreadable."""
    value = values.get(name)
    if type(value) is not int or not least <= value <= INTEGER_MAX:
        raise Unreadable(f"{name}_not_integer")
    return value


def text(
    values: Mapping[str, Any], name: str, *, required: bool = True, length_max: int = 2000
) -> str | None:
    """A string; None when absent or null and not required. An empty required string is Unreadable."""
    value = values.get(name)
    if value is None and not required:
        return None
    if not isinstance(value, str) or len(value) > length_max or (required and not value):
        raise Unreadable(f"{name}_not_text")
    return value


def section(values: Mapping[str, Any], name: str) -> dict[str, Any]:
    """A nested object. Raises Unreadable."""
    value = values.get(name)
    if not isinstance(value, dict):
        raise Unreadable(f"{name}_not_object")
    return value


def objects(values: Mapping[str, Any], name: str) -> list[dict[str, Any]]:
    """A list of objects, empty when absent or null. Raises Unreadable."""
    value = values.get(name)
    if value is None:
        return []
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        raise Unreadable(f"{name}_not_objects")
    return value


def time_or_none(values: Mapping[str, Any], name: str, *, per_second: int = 1) -> datetime | None:
    """A Unix time (`per_second` 1: seconds, 1000: milliseconds) as UTC; None when absent, null or 0."""
    if values.get(name) is None:
        return None
    count = integer(values, name)
    if count == 0:
        return None
    seconds, rest = divmod(count, per_second)
    try:
        return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest * 1_000_000 // per_second)
    except (ValueError, OverflowError, OSError) as error:
        raise Unreadable(f"{name}_not_a_time") from error


def _no_key_twice(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) != len(pairs):
        raise Unreadable("key_twice")
    return values


def _no_such_number(name: str) -> NoReturn:
    raise Unreadable("not_a_number")
