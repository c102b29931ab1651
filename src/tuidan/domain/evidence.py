"""Canonical bytes, the hash chain of one order, and its verification.

The bytes are RFC 8785 for the subset used here: ASCII keys, strings, booleans, integers that a double holds
exactly, lists and objects. No null and no fraction, so sorting keys is all that canonical form asks for.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from uuid import UUID

import orjson

INTEGER_MAX = 2**53 - 1
LEAVES = frozenset({str, int, bool})
CANONICAL = (
    orjson.OPT_SORT_KEYS
    | orjson.OPT_STRICT_INTEGER  # beyond INTEGER_MAX is an error
    | orjson.OPT_PASSTHROUGH_SUBCLASS  # what is ready goes through `_ready`
)
GENESIS = bytes(32)


class NotCanonical(ValueError):
    """The value has something that canonical bytes do not hold: null, a fraction, a big integer, a strange key."""


class ReadyDict(dict[str, object]):
    """An object that many events share: checked and written once, then never changed. Raises NotCanonical."""

    __slots__ = ("canonical",)

    def __init__(self, value: dict[str, object]) -> None:
        super().__init__(value)
        self.canonical = orjson.Fragment(_written(value))


class ReadyList(list[object]):
    """A list that many events share: checked and written once, then never changed. Raises NotCanonical."""

    __slots__ = ("canonical",)

    def __init__(self, value: list[object]) -> None:
        super().__init__(value)
        self.canonical = orjson.Fragment(_written(value))


CHECKED = LEAVES | {ReadyDict, ReadyList}


def check_value(value: object) -> None:
    """Raise NotCanonical unless the value lies in the subset; how big an integer is, the writer below checks."""
    kind = type(value)
    if kind is dict:
        for key, inner in value.items():  # type: ignore[attr-defined]
            if type(key) is not str or not key.isascii():
                raise NotCanonical(f"key {key!r}")
            if type(inner) not in CHECKED:
                check_value(inner)
    elif kind is list or kind is tuple:
        for inner in value:  # type: ignore[attr-defined]
            if type(inner) not in CHECKED:
                check_value(inner)
    elif kind not in CHECKED:
        raise NotCanonical(f"value of type {kind.__name__}")


def canonical_bytes(value: dict[str, object]) -> bytes:
    """The one byte string of a value; raises NotCanonical (also for text that is not valid Unicode)."""
    return _written(value)


@dataclass(frozen=True, slots=True)
class Frame:
    """The bytes of an order's events around what each of them tells: who and when, which command, which order."""

    opening: bytes
    command: bytes
    order: bytes


def frame_of(
    order_id: UUID, actor_kind: str, actor_id: str, now: datetime, key: str, input_sha256: str
) -> Frame:
    """The frame of the events that one command makes. Raises NotCanonical."""
    return Frame(
        _opening(actor_kind, actor_id, now, now.tzinfo),
        b',"input":"%b","key":%b' % (input_sha256.encode(), _dumped(key)),
        b',"order":"%b"}' % str(order_id).encode(),
    )


@lru_cache(maxsize=64)
def _opening(kind: str, who: str, now: datetime, zone: tzinfo | None) -> bytes:
    """Who and when; a bulk command writes the same for every order. The zone is asked for the text alone."""
    return _dumped({"actor": {"id": who, "kind": kind}, "at": now.isoformat()})[:-1] + b',"data":'


def event_bytes(frame: Frame, kind: str, n: int, data: dict[str, object], *, first: bool) -> bytes:
    """The bytes of event `n`: keys in canonical order, so the frame's pieces stand around the data as they are.

    Data are named by their fields, so that only values are looked at. Only the first event of a command carries the
    command. Raises NotCanonical.
    """
    for value in data.values():
        if type(value) not in CHECKED:
            check_value(value)
    command = frame.command if first else b""
    numbered = b',"kind":"%b","n":%d' % (kind.encode(), n)
    return b"".join((frame.opening, _dumped(data), command, numbered, frame.order))


def _written(value: object) -> bytes:
    check_value(value)
    return _dumped(value)


def _dumped(value: object) -> bytes:
    try:
        return orjson.dumps(value, _ready, CANONICAL)
    except TypeError as error:
        raise NotCanonical(str(error)) from None


def _ready(value: ReadyDict | ReadyList) -> orjson.Fragment:
    return value.canonical


def sha256_hex(data: bytes) -> str:
    """SHA-256 as 64 hex digits."""
    return hashlib.sha256(data).hexdigest()


def chain_hash(prev: bytes, body: bytes) -> bytes:
    """The hash of an event: SHA-256 over the hash before it and its own canonical bytes."""
    return hashlib.sha256(prev + body).digest()


@dataclass(frozen=True, slots=True)
class ChainLink:
    """An event as stored: its number in the order, the hash before, its bytes, its hash."""

    n: int
    prev: bytes
    body: bytes
    hash: bytes


@dataclass(frozen=True, slots=True)
class ChainFault:
    """Where a chain breaks: the event's number and what is wrong with it."""

    n: int
    what: str  # missing | reordered | changed | added | head


def find_chain_fault(links: Iterable[ChainLink], head: bytes, count: int) -> ChainFault | None:
    """The first fault of a chain read in order of n, held against the order row's head hash and event count."""
    prev, expected = GENESIS, 1
    for link in links:
        if link.n != expected:
            return ChainFault(expected, "missing")
        try:
            told = orjson.loads(link.body).get("n")
        except (orjson.JSONDecodeError, AttributeError):
            return ChainFault(link.n, "changed")
        if told != link.n:
            return ChainFault(link.n, "reordered")
        sound = link.hash == chain_hash(link.prev, link.body)
        if link.prev != prev and sound and link.n > 1:
            return ChainFault(link.n - 1, "changed")  # what follows still names the hash that stood there
        if link.prev != prev or not sound:
            return ChainFault(link.n, "changed")
        prev, expected = link.hash, expected + 1
    if expected <= count:
        return ChainFault(expected, "missing")
    if expected - 1 > count:
        return ChainFault(count + 1, "added")
    return None if prev == head else ChainFault(count, "head")
