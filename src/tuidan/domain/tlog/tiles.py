"""Tiles (c2sp.org/tlog-tiles): how the tree is kept and published, 256 hashes a tile; and bundles of entries.

Tile n of level L has the hashes of the complete subtrees over 256^L leaves, from number 256·n on. The last tile of a
level may be partial; a full one never changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tuidan.domain.tlog.tree import HASH_BYTES, Node, folded, halved, subtree_hash

TILE_BITS = 8
TILE_WIDTH = 1 << TILE_BITS
LEVEL_MAX = 63
ENTRY_BYTES_MAX = 65_535


@dataclass(frozen=True, slots=True, order=True)
class TileAt:
    """Which tile: its level and its number within the level."""

    level: int
    n: int


@dataclass(frozen=True, slots=True)
class Edge:
    """The growing end of the tree: its size, and the partial tile of each level (empty where the last is full)."""

    size: int = 0
    tails: tuple[bytes, ...] = ()

    def root(self) -> bytes:
        """The root of the tree."""
        subtrees: list[bytes] = []
        for tail in reversed(self.tails):
            subtrees += _blocks(split_hashes(tail))
        return folded(subtrees)


def edge_tiles(size: int) -> list[TileAt]:
    """The partial tiles of a tree of this size, from level 0 up, also those of width 0."""
    found, level = [], 0
    while size:
        found.append(TileAt(level, size >> TILE_BITS))
        size >>= TILE_BITS
        level += 1
    return found


def width_at(at: TileAt, size: int) -> int:
    """How many hashes this tile has in a tree of `size`: 0 to 256."""
    return max(0, min(TILE_WIDTH, (size >> TILE_BITS * at.level) - at.n * TILE_WIDTH))


def grow(edge: Edge, leaves: Sequence[bytes]) -> tuple[Edge, dict[TileAt, bytes]]:
    """The tree with these leaf hashes added, and every tile that is new or longer, as its bytes."""
    tails = list(edge.tails)
    tiles: dict[TileAt, bytes] = {}
    added: Sequence[bytes] = leaves
    level = 0
    while added:
        if level == len(tails):
            tails.append(b"")
        first = (edge.size >> TILE_BITS * (level + 1)) * TILE_WIDTH
        hashes = split_hashes(tails[level]) + list(added)
        full = len(hashes) - len(hashes) % TILE_WIDTH
        n = first >> TILE_BITS
        for begin in range(0, full, TILE_WIDTH):
            tiles[TileAt(level, n + begin // TILE_WIDTH)] = b"".join(hashes[begin : begin + TILE_WIDTH])
        tails[level] = b"".join(hashes[full:])
        if tails[level]:
            tiles[TileAt(level, n + full // TILE_WIDTH)] = tails[level]
        added = _up(hashes[:full])
        level += 1
    return Edge(edge.size + len(leaves), tuple(tails)), tiles


def tile_of(node: Node) -> TileAt:
    """The tile that a complete subtree's hash stands in, or is computed from."""
    level, above = divmod(node.level, TILE_BITS)
    return TileAt(level, node.index << above >> TILE_BITS)


def node_in(tile: bytes, node: Node) -> bytes:
    """The hash of a complete subtree from its tile. Raises ValueError where the tile is too short for it."""
    above = node.level % TILE_BITS
    begin = (node.index << above) % TILE_WIDTH
    return subtree_hash(
        split_hashes(tile[begin * HASH_BYTES : (begin + (1 << above)) * HASH_BYTES], 1 << above)
    )


def split_hashes(data: bytes, wanted: int = -1) -> list[bytes]:
    """The hashes that stand side by side in `data`. Raises ValueError when they are not whole, or not `wanted` many."""
    if len(data) % HASH_BYTES or wanted not in (-1, len(data) // HASH_BYTES):
        raise ValueError(f"{len(data)} bytes are not the hashes that should stand here")
    return [data[begin : begin + HASH_BYTES] for begin in range(0, len(data), HASH_BYTES)]


def tile_path(at: TileAt | None, n: int, width: int = TILE_WIDTH) -> str:
    """The address of a tile below the log's prefix; `at` None means entry bundle `n`: `tile/entries/x001/067.p/9`."""
    level, number = ("entries", n) if at is None else (str(at.level), at.n)
    groups = [f"{number % 1000:03}"]
    while number := number // 1000:
        groups.insert(0, f"x{number % 1000:03}")
    part = "" if width == TILE_WIDTH else f".p/{width}"
    return f"tile/{level}/{'/'.join(groups)}{part}"


def read_tile_path(path: str) -> tuple[TileAt | None, int, int]:
    """The tile, its number and its width from what stands behind `tile/`; None is an entry bundle.

    Raises ValueError for any other spelling.
    """
    level, _, rest = path.partition("/")
    numbers, _, part = rest.partition(".p/")
    n = 0
    for group in numbers.split("/"):
        digits = group.removeprefix("x")
        if len(digits) != 3 or not (digits.isascii() and digits.isdecimal()):
            raise ValueError(f"no tile has the address {path[:80]!r}")
        n = n * 1000 + int(digits)
    width = int(part) if part.isascii() and part.isdecimal() and len(part) <= 3 else TILE_WIDTH
    known = level == "entries" or (level.isascii() and level.isdecimal() and int(level) <= LEVEL_MAX)
    at = TileAt(int(level), n) if known and level != "entries" else None
    if not known or not 1 <= width <= TILE_WIDTH or tile_path(at, n, width) != f"tile/{path}":
        raise ValueError(f"no tile has the address {path[:80]!r}")
    return at, n, width


def write_bundle(entries: Iterable[bytes]) -> bytes:
    """Entries one after the other, each with its length in two bytes before it. Raises ValueError for a long one."""
    parts = []
    for entry in entries:
        if len(entry) > ENTRY_BYTES_MAX:
            raise ValueError(f"an entry of {len(entry)} bytes does not fit a bundle")
        parts.append(len(entry).to_bytes(2, "big") + entry)
    return b"".join(parts)


def read_bundle(data: bytes) -> list[bytes]:
    """The entries of a bundle. Raises ValueError when it is cut short."""
    found, at = [], 0
    while at < len(data):
        end = at + 2 + int.from_bytes(data[at : at + 2], "big")
        if at + 2 > len(data) or end > len(data):
            raise ValueError("the bundle is cut short")
        found.append(data[at + 2 : end])
        at = end
    return found


def _up(hashes: Sequence[bytes]) -> list[bytes]:
    """The roots of whole tiles, from all their hashes side by side."""
    for _ in range(TILE_BITS):
        hashes = halved(hashes)
    return list(hashes)


def _blocks(hashes: Sequence[bytes]) -> list[bytes]:
    """The complete subtrees over these neighbours, the largest first."""
    found, begin = [], 0
    while begin < len(hashes):
        count = 1 << (len(hashes) - begin).bit_length() - 1
        found.append(subtree_hash(hashes[begin : begin + count]))
        begin += count
    return found
