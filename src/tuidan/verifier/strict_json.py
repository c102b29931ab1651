"""Reads the bundle's JSON, only in canonical form (RFC 8785): one value has one byte string, so nothing hides in it.

Writing the value again must give the same bytes: a key twice, a space, another order or another number form shows.
"""

from __future__ import annotations

import json

from tuidan.verifier.finding import Refused

Table = dict[str, object]


def _never(told: str) -> object:
    raise ValueError(told)


STRICT = json.JSONDecoder(parse_float=_never, parse_constant=_never)
FRACTIONS = json.JSONDecoder(parse_constant=_never)
WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def read_json(name: str, data: bytes, *, fractions: bool = False) -> Table:
    """The object that a file holds. Raises Refused for what is no JSON object, nested too deeply or not canonical."""
    try:
        value = (FRACTIONS if fractions else STRICT).decode(data.decode("utf-8"))
        again = write_json(value)
    except (ValueError, RecursionError):
        raise Refused("not_json", name=name) from None
    if not isinstance(value, dict) or again != data:
        raise Refused("not_canonical", name=name)
    return value


def read_event_json(name: str, data: bytes) -> Table:
    """The object of an event, whose bytes its hash holds already. Raises Refused for what is no JSON object."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise Refused("not_json", name=name) from None
    return table_of(value, name)


def write_json(value: object) -> bytes:
    """The canonical bytes of a value."""
    return WRITER.encode(value).encode("utf-8")


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
