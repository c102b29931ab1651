"""Tiles: whatever the steps in which a tree grew, its tiles, its root and its proofs are the same."""

import random

import pytest
from tlog_trees import head, leaf

from tuidan.domain.tlog.proof import (
    consistency_ranges,
    find_consistency_fault,
    find_inclusion_fault,
    inclusion_ranges,
    make_proof,
)
from tuidan.domain.tlog.tiles import (
    Edge,
    TileAt,
    edge_tiles,
    grow,
    node_in,
    read_bundle,
    read_tile_path,
    tile_of,
    tile_path,
    width_at,
    write_bundle,
)
from tuidan.domain.tlog.tree import EMPTY_ROOT, Node, folded, nodes_of, subtree_hash

HASHES = [leaf(f"{n}".encode()) for n in range(70_000)]


def grown(size: int, *steps: int) -> tuple[Edge, dict[TileAt, bytes]]:
    """A tree that grew in these steps and then to its size, and all its tiles as they were last written."""
    edge, tiles, at = Edge(), {}, 0
    for step in [*steps, size]:
        edge, written = grow(edge, HASHES[at : min(size, at + step)])
        tiles.update(written)
        at = edge.size
    return edge, tiles


def root_of_hashes(size: int) -> bytes:
    hashes = HASHES[:size]
    return folded(
        [subtree_hash(hashes[it.index << it.level : (it.index + 1) << it.level]) for it in nodes_of(0, size)]
    )


@pytest.mark.parametrize(
    "size", [0, 1, 2, 3, 70, 255, 256, 257, 511, 512, 513, 1000, 65_535, 65_536, 65_537, 70_000]
)
def test_the_root_of_the_edge_is_the_root_of_the_leaves(size: int) -> None:
    edge, _ = grown(size)
    assert edge.size == size
    assert edge.root() == root_of_hashes(size)


def test_the_root_of_every_small_size_is_that_of_the_recursion() -> None:
    entries = [f"{n}".encode() for n in range(70)]
    edge, roots = Edge(), [EMPTY_ROOT]
    for n in range(70):
        edge, _ = grow(edge, [HASHES[n]])
        roots.append(edge.root())
    assert roots == [head(entries[:size]) for size in range(71)]


def test_growing_in_any_steps_gives_the_same_tiles() -> None:
    chance = random.Random(7)
    whole = grown(3000)
    for _ in range(10):
        steps = [chance.choice([1, 2, 7, 100, 255, 256, 257, 600]) for _ in range(40)]
        assert grown(3000, *steps) == whole


def test_a_tree_of_seventy_thousand_has_the_tiles_of_the_specification() -> None:
    _, tiles = grown(70_000)
    widths = {at: len(data) // 32 for at, data in tiles.items()}
    assert sorted(at for at, width in widths.items() if width < 256) == [
        TileAt(0, 273),
        TileAt(1, 1),
        TileAt(2, 0),
    ]
    assert [widths[TileAt(0, 273)], widths[TileAt(1, 1)], widths[TileAt(2, 0)]] == [112, 17, 1]
    assert len(widths) == 274 + 2 + 1


def test_every_tile_is_as_wide_as_the_size_says() -> None:
    for size in (1, 256, 70_000):
        _, tiles = grown(size)
        assert {at: len(data) // 32 for at, data in tiles.items()} == {at: width_at(at, size) for at in tiles}
        assert [width_at(at, size) for at in edge_tiles(size)] == [
            (size >> 8 * level) % 256 for level in range(len(edge_tiles(size)))
        ]


def test_proofs_made_from_tiles_hold_in_a_tree_of_three_levels() -> None:
    edge, tiles = grown(70_000)

    def read(node: Node) -> bytes:
        return node_in(tiles[tile_of(node)], node)

    chance = random.Random(11)
    for _ in range(25):
        first = chance.randrange(1, 70_000)
        index = chance.randrange(first)
        path = make_proof(inclusion_ranges(index, first), read)
        assert find_inclusion_fault(HASHES[index], index, first, path, root_of_hashes(first)) is None
        proof = make_proof(consistency_ranges(first, 70_000), read)
        assert find_consistency_fault(first, 70_000, proof, root_of_hashes(first), edge.root()) is None


def test_a_tile_that_is_too_short_gives_no_hash() -> None:
    _, tiles = grown(3)
    with pytest.raises(ValueError, match="should stand here"):
        node_in(tiles[TileAt(0, 0)], Node(1, 1))


@pytest.mark.parametrize(
    ("at", "n", "width", "path"),
    [
        (TileAt(0, 0), 0, 256, "tile/0/000"),
        (TileAt(0, 5), 5, 112, "tile/0/005.p/112"),
        (TileAt(2, 1_234_067), 0, 256, "tile/2/x001/x234/067"),
        (TileAt(63, 1000), 0, 1, "tile/63/x001/000.p/1"),
        (None, 273, 112, "tile/entries/273.p/112"),
        (None, 1_234_067, 256, "tile/entries/x001/x234/067"),
    ],
)
def test_addresses_of_tiles_are_those_of_the_specification(
    at: TileAt | None, n: int, width: int, path: str
) -> None:
    assert tile_path(at, n, width) == path
    told, number, told_width = read_tile_path(path.removeprefix("tile/"))
    assert (told, told_width) == (at, width)
    assert number == (at.n if at else n)


@pytest.mark.parametrize(
    "path",
    [
        "", "0", "0/", "0/1", "0/01", "0/0001", "0/x001", "0/x000/001", "0/000.p/0", "0/000.p/256", "0/000.p/257",
        "0/000.p/01", "0/000.p/", "00/000", "64/000", "-1/000", "x/000", "entries/", "entries/1", "0/000/000",
        "0/../000", "0/٠٠٠", "0/x001/x234/067/", "entries/000.p/999999",
    ],
)  # fmt: skip
def test_another_spelling_of_an_address_is_no_tile(path: str) -> None:
    with pytest.raises(ValueError, match="no tile has the address"):
        read_tile_path(path)


def test_a_bundle_gives_back_its_entries() -> None:
    entries = [b"", b"a", b"x" * 65_535]
    assert read_bundle(write_bundle(entries)) == entries
    assert write_bundle([b"ab"]) == b"\x00\x02ab"


def test_an_entry_that_is_too_long_is_not_bundled() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        write_bundle([b"x" * 65_536])


@pytest.mark.parametrize("data", [b"\x00", b"\x00\x02a", b"\x00\x01a\x00"])
def test_a_bundle_that_is_cut_short_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="cut short"):
        read_bundle(data)
