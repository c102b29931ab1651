"""Reads the bundle's JSON, only in canonical form (RFC 8785): one value has one byte string, so nothing hides in it.

Writing the value again must give the same bytes: a key twice, a space, another order or another number form shows.
"""

from __future__ import annotations

import json

from tuidan.verifier.finding import Refused

Table = dict[str, object]


def _never(told: str) -> object:
    raise ValueError(told)


def read_json(name: str, data: bytes, *, canonical: bool = True, fractions: bool = False) -> Table:
    """The object that a file holds. Raises Refused for what is no JSON object, nested too deeply or not canonical."""
    try:
        parse_float = float if fractions else _never
        value = json.loads(data.decode("utf-8"), parse_float=parse_float, parse_constant=_never)
        again = write_json(value) if canonical else data
    except (ValueError, RecursionError):
        raise Refused("not_json", name=name) from None
    if not isinstance(value, dict) or again != data:
        raise Refused("not_canonical", name=name)
    return value


def write_json(value: object) -> bytes:
    """The canonical bytes of a value."""
    told = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return told.encode("utf-8")


def number(table: Table, key: str, default: int = 0) -> int:
    """A whole number of an object; the default where it is left out. Raises Refused for anything else."""
    value = table.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int):
        raise Refused("bad_field", name=key)
    return value


def text(table: Table, key: str, default: str = "") -> str:
    """A text of an object; the default where it is left out. Raises Refused for anything else."""
    value = table.get(key, default)
    if not isinstance(value, str):
        raise Refused("bad_field", name=key)
    return value


def table_of(value: object, name: str) -> Table:
    """The value where it is an object. Raises Refused for anything else."""
    if not isinstance(value, dict):
        raise Refused("bad_field", name=name)
    return value


def list_of(value: object, name: str) -> list[object]:
    """The value where it is a list. Raises Refused for anything else."""
    if not isinstance(value, list):
        raise Refused("bad_field", name=name)
    return value
