"""Trees for the tests of the log: entries, and RFC 6962's own recursive definitions, written straight from the text."""

import hashlib
from collections.abc import Sequence

from tuidan.domain.tlog.tree import Node, subtree_hash

SIZES = range(71)
ENTRIES = [f"entry {n}".encode() for n in range(max(SIZES))]


def leaf(entry: bytes) -> bytes:
    return hashlib.sha256(b"\x00" + entry).digest()


def node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def below(size: int) -> int:
    """The largest power of two below `size`."""
    power = 1
    while power * 2 < size:
        power *= 2
    return power


def head(entries: Sequence[bytes]) -> bytes:
    """MTH(D[n])."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return leaf(entries[0])
    k = below(len(entries))
    return node(head(entries[:k]), head(entries[k:]))


def path(m: int, entries: Sequence[bytes]) -> list[bytes]:
    """PATH(m, D[n])."""
    if len(entries) == 1:
        return []
    k = below(len(entries))
    if m < k:
        return [*path(m, entries[:k]), head(entries[k:])]
    return [*path(m - k, entries[k:]), head(entries[:k])]


def subproof(m: int, entries: Sequence[bytes], whole: bool = True) -> list[bytes]:
    """SUBPROOF(m, D[n], b); PROOF(m, D[n]) for whole trees."""
    if m == len(entries):
        return [] if whole else [head(entries)]
    k = below(len(entries))
    if m <= k:
        return [*subproof(m, entries[:k], whole), head(entries[k:])]
    return [*subproof(m - k, entries[k:], False), head(entries[:k])]


def read_node(wanted: Node) -> bytes:
    """The hash of a complete subtree over ENTRIES."""
    begin, end = wanted.index << wanted.level, (wanted.index + 1) << wanted.level
    return subtree_hash([leaf(entry) for entry in ENTRIES[begin:end]])
