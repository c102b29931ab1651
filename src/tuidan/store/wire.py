"""Values in PostgreSQL's binary form, for the few statements that every command runs.

Each function gives the bytes of one parameter; moments are microseconds since 2000 UTC, arrays have one dimension.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache
from uuid import UUID

BYTEA, INT8, TEXT, UUID_OID = 17, 20, 25, 2950
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_INT8 = struct.Struct("!q")
_HEAD = struct.Struct("!iiiii")
_LENGTH = struct.Struct("!i")
_LENGTHS = [_LENGTH.pack(n) for n in range(4096)]
_NONE = _LENGTH.pack(-1)
_EMPTY = struct.Struct("!iii")
_INT8_ARRAYS: dict[int, struct.Struct] = {}


def int8(value: int) -> bytes:
    return _INT8.pack(value)


def read_int(data: bytes) -> int:
    """An integer of any width from an answer."""
    return int.from_bytes(data, "big", signed=True)


def moment(value: datetime) -> bytes:
    """An aware moment as timestamptz."""
    since = value - EPOCH
    return _INT8.pack((since.days * 86_400 + since.seconds) * 1_000_000 + since.microseconds)


def int8_array(values: Sequence[int]) -> bytes:
    """bigint[]."""
    count = len(values)
    if not count:
        return _EMPTY.pack(0, 0, INT8)
    shape = _INT8_ARRAYS.get(count)
    if shape is None:
        shape = _INT8_ARRAYS[count] = struct.Struct("!iiiii" + "iq" * count)
    told = [8] * (2 * count)
    told[1::2] = values
    return shape.pack(1, 0, INT8, count, 1, *told)


def bytea_array(values: Sequence[bytes | None]) -> bytes:
    """bytea[], with NULL for None."""
    return _array(BYTEA, values)


@lru_cache(maxsize=1024)
def words_array(values: tuple[str, ...]) -> bytes:
    """text[] of words from a small vocabulary: kinds of events, accounts, effects. Remembered."""
    return text_array(values)


def text_array(values: Sequence[str | bytes | None]) -> bytes:
    """text[], with NULL for None; bytes are UTF-8 already."""
    return _array(TEXT, [value.encode() if isinstance(value, str) else value for value in values])


def uuid_array(values: Sequence[UUID]) -> bytes:
    """uuid[]."""
    return _array(UUID_OID, [value.bytes for value in values])


def _array(oid: int, values: Sequence[bytes | None]) -> bytes:
    if not values:
        return _EMPTY.pack(0, 0, oid)
    parts = [_HEAD.pack(1, None in values, oid, len(values), 1)]
    for value in values:
        if value is None:
            parts.append(_NONE)
            continue
        size = len(value)
        parts.append(_LENGTHS[size] if size < 4096 else _LENGTH.pack(size))
        parts.append(value)
    return b"".join(parts)
