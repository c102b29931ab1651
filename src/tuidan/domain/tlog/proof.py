"""Proofs of RFC 6962 §2.1.1 and §2.1.2: a leaf is in a tree, a tree is the beginning of a later one.

Making a proof means naming ranges of leaves and asking for their hashes. Checking one follows RFC 9162 §2.1.3.2 and
§2.1.4.2 and answers with a code from FAULTS, or None when the proof holds.
"""

from __future__ import annotations

from collections.abc import Sequence

from tuidan.domain.tlog.tree import EMPTY_ROOT, HASH_BYTES, Node, ReadNode, node_hash, nodes_of, range_hash

FAULTS: dict[str, str] = {
    "beyond": "the leaf or the earlier tree is said to lie outside the tree",
    "hash_size": "a hash does not have 32 bytes",
    "too_short": "a hash is missing from the proof",
    "too_long": "the proof has a hash too many",
    "root_differs": "the proof leads to another root",
    "old_root_differs": "the proof leads to another root of the earlier tree",
}
Range = tuple[int, int]


def inclusion_ranges(index: int, size: int) -> list[Range]:
    """The ranges whose hashes prove leaf `index` of a tree of `size`, the leaf's sibling first.

    Raises ValueError when there is no such leaf.
    """
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} has no leaf {index}")
    found: list[Range] = []
    begin, end = 0, size
    while end - begin > 1:
        middle = begin + _split(end - begin)
        if index < middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((begin, middle))
            begin = middle
    return found[::-1]


def consistency_ranges(first: int, second: int) -> list[Range]:
    """The ranges whose hashes prove that the tree of `first` leaves begins the one of `second`.

    Raises ValueError unless 0 ≤ first ≤ second.
    """
    if not 0 <= first <= second:
        raise ValueError(f"a tree of {first} does not begin one of {second}")
    if first in (0, second):
        return []
    found: list[Range] = []
    begin, end, whole = 0, second, True
    while first != end:
        middle = begin + _split(end - begin)
        if first <= middle:
            found.append((middle, end))
            end = middle
        else:
            found.append((begin, middle))
            begin, whole = middle, False
    if not whole:
        found.append((begin, end))
    return found[::-1]


def nodes_wanted(ranges: Sequence[Range]) -> list[Node]:
    """Every complete subtree that these ranges are made of: what must be read to make the proof."""
    return [node for begin, end in ranges for node in nodes_of(begin, end)]


def make_proof(ranges: Sequence[Range], read: ReadNode) -> list[bytes]:
    """The hashes of the ranges, in their order."""
    return [range_hash(begin, end, read) for begin, end in ranges]


def find_inclusion_fault(
    leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> str | None:
    """Why `path` does not prove that the leaf with hash `leaf` stands at `index` in the tree; None when it does."""
    if not 0 <= index < size:
        return "beyond"
    if any(len(each) != HASH_BYTES for each in (leaf, root, *path)):
        return "hash_size"
    position, last, found = index, size - 1, leaf
    for each in path:
        if last == 0:
            return "too_long"
        if position & 1 or position == last:
            found = node_hash(each, found)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            found = node_hash(found, each)
        position, last = position >> 1, last >> 1
    if last:
        return "too_short"
    return None if found == root else "root_differs"


def find_consistency_fault(
    first: int, second: int, path: Sequence[bytes], first_root: bytes, second_root: bytes
) -> str | None:
    """Why `path` does not prove that the tree of `first` leaves begins the one of `second`; None when it does."""
    if not 0 <= first <= second:
        return "beyond"
    if any(len(each) != HASH_BYTES for each in (first_root, second_root, *path)):
        return "hash_size"
    if first in (0, second):
        return _without_path(first, second, path, first_root, second_root)
    if not path:
        return "too_short"
    if first & (first - 1) == 0:
        path = [first_root, *path]
    position, last = first - 1, second - 1
    while position & 1:
        position, last = position >> 1, last >> 1
    old = new = path[0]
    for each in path[1:]:
        if last == 0:
            return "too_long"
        if position & 1 or position == last:
            old, new = node_hash(each, old), node_hash(each, new)
            while not position & 1 and position:
                position, last = position >> 1, last >> 1
        else:
            new = node_hash(new, each)
        position, last = position >> 1, last >> 1
    if last:
        return "too_short"
    if old != first_root:
        return "old_root_differs"
    return None if new == second_root else "root_differs"


def _without_path(
    first: int, second: int, path: Sequence[bytes], first_root: bytes, second_root: bytes
) -> str | None:
    """Two cases need no hash: nothing comes before everything, and a tree begins itself."""
    if path:
        return "too_long"
    if first == 0 and first_root != EMPTY_ROOT:
        return "old_root_differs"
    return "root_differs" if first == second and first_root != second_root else None


def _split(size: int) -> int:
    """The largest power of two below `size`: how many leaves stand on the left."""
    return 1 << (size - 1).bit_length() - 1
