"""A small reader of DER: definite lengths, in their shortest form, nothing left over. Enough for time-stamp tokens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tuidan.verifier.finding import Refused

INTEGER, OCTETS, OBJECT_ID, SEQUENCE, SET, GENERAL_TIME = 0x02, 0x04, 0x06, 0x30, 0x31, 0x18
CONTEXT_0, KEY_IDENTIFIER = 0xA0, 0x80


@dataclass(frozen=True)
class Node:
    """One value: its tag, its content, and its whole encoding."""

    tag: int
    content: bytes
    whole: bytes

    def children(self, tag: int = SEQUENCE) -> list[Node]:
        """The values inside. Raises Refused where this is another kind of value than the tag says."""
        if self.tag != tag:
            raise Refused("bad_token")
        return list(read_all(self.content))

    def oid(self) -> str:
        """An object identifier in dots. Raises Refused for any other value."""
        if self.tag != OBJECT_ID or not self.content or self.content[-1] & 0x80:
            raise Refused("bad_token")
        numbers, value = [], 0
        for byte in self.content:
            value = value << 7 | byte & 0x7F
            if not byte & 0x80:
                numbers.append(value)
                value = 0
        first = min(numbers[0] // 40, 2)
        return ".".join(str(one) for one in (first, numbers[0] - 40 * first, *numbers[1:]))


def read_one(data: bytes, at: int = 0) -> tuple[Node, int]:
    """The value at a place, and where the next one begins. Raises Refused for what is no DER."""
    if at + 2 > len(data):
        raise Refused("bad_token")
    tag, length, start = data[at], data[at + 1], at + 2
    if tag & 0x1F == 0x1F:
        raise Refused("bad_token")
    if length & 0x80:
        count = length & 0x7F
        told = data[start : start + count]
        if not 1 <= count <= 4 or len(told) != count or told[0] == 0:
            raise Refused("bad_token")
        length, start = int.from_bytes(told, "big"), start + count
        if length < 0x80:
            raise Refused("bad_token")
    end = start + length
    if end > len(data):
        raise Refused("bad_token")
    return Node(tag, data[start:end], data[at:end]), end


def read_all(data: bytes) -> Iterator[Node]:
    """The values that stand one after another."""
    at = 0
    while at < len(data):
        node, at = read_one(data, at)
        yield node


def read_only(data: bytes) -> Node:
    """The one value that the bytes are. Raises Refused where something follows it."""
    node, end = read_one(data)
    if end != len(data):
        raise Refused("bad_token")
    return node
