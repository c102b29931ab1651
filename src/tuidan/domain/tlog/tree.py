"""The hash tree of RFC 6962 §2.1: leaves, nodes, and which complete subtrees a range of leaves is made of."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass

HASH_BYTES = 32
EMPTY_ROOT = hashlib.sha256(b"").digest()
_sha256 = hashlib.sha256


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """The complete subtree over the leaves `index << level` up to `(index + 1) << level`."""

    level: int
    index: int


# Gives the hash of a complete subtree; whoever keeps the tree knows how.
ReadNode = Callable[[Node], bytes]


def leaf_hash(entry: bytes) -> bytes:
    """The hash of a leaf: SHA-256(0x00 || entry)."""
    return _sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of a node: SHA-256(0x01 || left || right)."""
    return _sha256(b"\x01" + left + right).digest()


def halved(hashes: Sequence[bytes]) -> list[bytes]:
    """One level up: each pair of neighbours becomes one; an odd one at the end is left out."""
    pairs = zip(hashes[::2], hashes[1::2], strict=False)
    return [_sha256(b"\x01" + left + right).digest() for left, right in pairs]


def subtree_hash(hashes: Sequence[bytes]) -> bytes:
    """The hash above 2^k neighbours. Raises ValueError for any other number."""
    if not hashes or len(hashes) & (len(hashes) - 1):
        raise ValueError(f"{len(hashes)} hashes make no complete subtree")
    while len(hashes) > 1:
        hashes = halved(hashes)
    return hashes[0]


def folded(hashes: Sequence[bytes]) -> bytes:
    """The root over complete subtrees given from left to right, the largest first; EMPTY_ROOT for none."""
    if not hashes:
        return EMPTY_ROOT
    root = hashes[-1]
    for left in reversed(hashes[:-1]):
        root = node_hash(left, root)
    return root


def nodes_of(begin: int, end: int) -> list[Node]:
    """The complete subtrees that cover the leaves `begin` to `end` (not included), from left to right.

    `begin` is where a subtree of a proof begins, so the largest one fits there.
    """
    found = []
    while begin < end:
        level = (end - begin).bit_length() - 1
        found.append(Node(level, begin >> level))
        begin += 1 << level
    return found


def range_hash(begin: int, end: int, read: ReadNode) -> bytes:
    """The root over the leaves `begin` to `end` (not included): MTH(D[begin:end])."""
    return folded([read(node) for node in nodes_of(begin, end)])
