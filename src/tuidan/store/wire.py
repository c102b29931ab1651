"""Values in PostgreSQL's binary form, for the few statements that every command runs.

Each function gives the bytes of one parameter; moments are microseconds since 2000 UTC, arrays have one dimension.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import lru_cache

BYTEA, INT8, TEXT, UUID_OID = 17, 20, 25, 2950
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
_INT8 = struct.Struct("!q")
_HEAD = struct.Struct("!iiiii")
_LENGTH = struct.Struct("!i")
_LENGTHS = [_LENGTH.pack(n) for n in range(4096)]
_NONE = _LENGTH.pack(-1)
_EMPTY = struct.Struct("!iii")
_INT8_ARRAYS: dict[int, struct.Struct] = {}
WORDS_MAX = 4096


class _Words(dict[str | None, bytes]):
    """Words as elements of an array, their length in front; all forgotten when they are too many."""

    def __missing__(self, word: str | None) -> bytes:
        told = _NONE if word is None else _LENGTH.pack(len(word.encode())) + word.encode()
        if len(self) >= WORDS_MAX:
            self.clear()
        self[word] = told
        return told


_WORDS = _Words()


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


def word_array(values: Sequence[str | None]) -> bytes:
    """text[] of words from a small vocabulary, with NULL for None: kinds, accounts, keys that many rows share."""
    if not values:
        return _EMPTY.pack(0, 0, TEXT)
    return _HEAD.pack(1, None in values, TEXT, len(values), 1) + b"".join([_WORDS[value] for value in values])


@lru_cache(maxsize=1024)
def words_array(values: tuple[str, ...]) -> bytes:
    """text[] of words from a small vocabulary: kinds of events, accounts, effects. Remembered."""
    return text_array(values)


def text_array(values: Sequence[str | bytes | None]) -> bytes:
    """text[], with NULL for None; bytes are UTF-8 already."""
    return _array(TEXT, [value.encode() if isinstance(value, str) else value for value in values])


def uuid_array(values: Sequence[bytes]) -> bytes:
    """uuid[] of their 16 bytes each."""
    return _even_array(UUID_OID, 16, values)


def hash_array(values: Sequence[bytes]) -> bytes:
    """bytea[] of SHA-256 hashes, 32 bytes each."""
    return _even_array(BYTEA, 32, values)


def _even_array(oid: int, size: int, values: Sequence[bytes]) -> bytes:
    """An array of values that all have one size; raises ValueError when one has not."""
    if not values:
        return _EMPTY.pack(0, 0, oid)
    if set(map(len, values)) != {size}:
        raise ValueError(f"a value is not {size} bytes long")
    length = _LENGTH.pack(size)
    return b"".join((_HEAD.pack(1, 0, oid, len(values), 1), length, length.join(values)))


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
