"""Proofs for every leaf and every pair of sizes up to 70, against RFC 6962's own recursion; and forged ones."""

import functools
import os
from collections.abc import Iterator

import pytest
from tlog_trees import ENTRIES, SIZES, head, leaf, path, read_node, subproof

from tuidan.domain.tlog.proof import (
    consistency_ranges,
    find_consistency_fault,
    find_inclusion_fault,
    inclusion_ranges,
    make_proof,
)
from tuidan.domain.tlog.tiles import Edge, grow
from tuidan.domain.tlog.tree import EMPTY_ROOT, leaf_hash, range_hash

# Roots of the eight leaves that Certificate Transparency's own reference tests use.
REFERENCE_LEAVES = [
    bytes.fromhex(told)
    for told in ("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f")
]  # fmt: skip
REFERENCE_ROOTS = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
root = functools.cache(lambda size: head(ENTRIES[:size]))
LEAVES = [leaf(entry) for entry in ENTRIES]


def inclusions() -> Iterator[tuple[int, int, list[bytes]]]:
    """Every leaf of every tree, with its proof."""
    for size in SIZES:
        for index in range(size):
            yield index, size, make_proof(inclusion_ranges(index, size), read_node)


def consistencies() -> Iterator[tuple[int, int, list[bytes]]]:
    """Every pair of sizes, with its proof."""
    for second in SIZES:
        for first in range(second + 1):
            yield first, second, make_proof(consistency_ranges(first, second), read_node)


def forgeries(proof: list[bytes]) -> Iterator[tuple[str, list[bytes]]]:
    """A proof with a hash too many or too few, with two in each other's place, with one bit changed."""
    yield "extra in front", [bytes(32), *proof]
    yield "extra at the end", [*proof, bytes(32)]
    if proof:
        yield "first missing", proof[1:]
        yield "last missing", proof[:-1]
        yield "doubled", [*proof, proof[-1]]
        middle = len(proof) // 2
        changed = bytes([proof[middle][0] ^ 1]) + proof[middle][1:]
        yield "changed", [*proof[:middle], changed, *proof[middle + 1 :]]
    if len(set(proof)) > 1:
        yield "swapped", [proof[1], proof[0], *proof[2:]]


def test_roots_are_those_of_the_reference_tests() -> None:
    hashes = [leaf_hash(entry) for entry in REFERENCE_LEAVES]
    assert [grow(Edge(), hashes[: n + 1])[0].root().hex() for n in range(8)] == REFERENCE_ROOTS


def test_roots_of_all_sizes_are_those_of_the_recursion() -> None:
    assert [range_hash(0, size, read_node) for size in SIZES] == [root(size) for size in SIZES]
    assert root(0) == EMPTY_ROOT


def test_every_leaf_of_every_size_is_proven() -> None:
    wrong = [
        (index, size)
        for index, size, proof in inclusions()
        if proof != path(index, ENTRIES[:size])
        or find_inclusion_fault(LEAVES[index], index, size, proof, root(size)) is not None
    ]
    assert wrong == []


def test_every_pair_of_sizes_is_proven_consistent() -> None:
    wrong = [
        (first, second)
        for first, second, proof in consistencies()
        if (first and proof != subproof(first, ENTRIES[:second]))
        or find_consistency_fault(first, second, proof, root(first), root(second)) is not None
    ]
    assert wrong == []


def test_no_forged_inclusion_holds() -> None:
    held = [
        (what, index, size)
        for index, size, proof in inclusions()
        for what, forged in forgeries(proof)
        if find_inclusion_fault(LEAVES[index], index, size, forged, root(size)) is None
    ]
    assert held == []


def test_no_forged_consistency_holds() -> None:
    held = [
        (what, first, second)
        for first, second, proof in consistencies()
        for what, forged in forgeries(proof)
        if find_consistency_fault(first, second, forged, root(first), root(second)) is None
    ]
    assert held == []


def test_a_proof_holds_for_its_own_leaf_place_and_root_alone() -> None:
    held = []
    for index, size, proof in inclusions():
        other = (index + 1) % size
        if other != index:
            held += [1] * (find_inclusion_fault(LEAVES[other], index, size, proof, root(size)) is None)
            held += [2] * (find_inclusion_fault(LEAVES[index], other, size, proof, root(size)) is None)
        held += [3] * (find_inclusion_fault(LEAVES[index], index, size, proof, root(size - 1)) is None)
    assert held == []


def test_two_trees_that_do_not_continue_each_other_are_found() -> None:
    """The later tree has another leaf 0: history was rewritten."""
    entries = [b"another beginning", *ENTRIES[1:]]
    held = [
        (first, second)
        for second in range(1, 71)
        for first in range(1, second + 1)
        if find_consistency_fault(
            first, second, subproof(first, entries[:second]), root(first), head(entries[:second])
        )
        is None
    ]
    assert held == []


@pytest.mark.parametrize(
    ("index", "size", "proof", "code"),
    [
        (0, 0, [], "beyond"),
        (0, 0, [bytes(32)], "beyond"),
        (3, 3, [], "beyond"),
        (-1, 3, [], "beyond"),
        (0, 1, [bytes(32)], "too_long"),
        (0, 2, [], "too_short"),
        (0, 2, [bytes(31)], "hash_size"),
        (0, 2, [bytes(32)], "root_differs"),
    ],
)
def test_what_is_wrong_with_an_inclusion_is_said(
    index: int, size: int, proof: list[bytes], code: str
) -> None:
    assert find_inclusion_fault(LEAVES[0], index, size, proof, root(size)) == code


@pytest.mark.parametrize(
    ("first", "second", "proof", "old", "code"),
    [
        (0, 0, [bytes(32)], EMPTY_ROOT, "too_long"),
        (0, 5, [bytes(32)], EMPTY_ROOT, "too_long"),
        (0, 5, [], bytes(32), "old_root_differs"),
        (5, 5, [bytes(32)], b"", "hash_size"),
        (5, 5, [bytes(32)], bytes(32), "too_long"),
        (5, 5, [], bytes(32), "root_differs"),
        (6, 5, [], bytes(32), "beyond"),
        (3, 5, [], bytes(32), "too_short"),
        (4, 5, [bytes(32)], bytes(32), "root_differs"),
    ],
)
def test_what_is_wrong_with_a_consistency_is_said(
    first: int, second: int, proof: list[bytes], old: bytes, code: str
) -> None:
    assert find_consistency_fault(first, second, proof, old, root(second)) == code


def test_another_earlier_tree_is_told_from_another_later_one() -> None:
    proof = make_proof(consistency_ranges(3, 5), read_node)
    assert find_consistency_fault(3, 5, proof, bytes(32), root(5)) == "old_root_differs"
    assert find_consistency_fault(3, 5, proof, root(3), bytes(32)) == "root_differs"


def test_a_proof_that_cannot_be_made_is_refused() -> None:
    with pytest.raises(ValueError, match="no leaf 5"):
        inclusion_ranges(5, 5)
    with pytest.raises(ValueError, match="does not begin"):
        consistency_ranges(6, 5)


def test_random_bytes_prove_nothing() -> None:
    """Proofs of the right length, filled by chance."""
    held = [
        size
        for size in SIZES
        for index in range(size)
        if size > 1
        and find_inclusion_fault(
            LEAVES[index], index, size, [os.urandom(32) for _ in path(index, ENTRIES[:size])], root(size)
        )
        is None
    ]
    assert held == []
