"""A copy of a large file with some stretches replaced: what others must not see becomes zeros, sizes stay."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import BinaryIO

from tuidan.worker.checking.finding import Refuse
from tuidan.worker.checking.source import Source

PIECE = 1 << 20
PATCHES_MAX = 200_000


@dataclass(slots=True)
class Patches:
    """Stretches to replace: (start, bytes) and (start, how many zeros)."""

    written: list[tuple[int, bytes]] = field(default_factory=list)
    blanked: list[tuple[int, int]] = field(default_factory=list)

    def write(self, start: int, data: bytes) -> None:
        """Put these bytes there."""
        self._count()
        self.written.append((start, data))

    def blank(self, start: int, length: int) -> None:
        """Put zeros there."""
        self._count()
        if length > 0:
            self.blanked.append((start, length))

    def _count(self) -> None:
        if len(self.written) + len(self.blanked) >= PATCHES_MAX:
            raise Refuse("too_heavy", "too many parts to leave out")


def copy_patched(source: Source, patches: Patches, target: BinaryIO) -> None:
    """Write the whole source with its patches, piece by piece. Written bytes win over zeros."""
    zeros = sorted((at, at + length, b"") for at, length in patches.blanked)
    told = sorted((at, at + len(data), data) for at, data in patches.written)
    for start in range(0, source.size, PIECE):
        piece = bytearray(source.read(start, PIECE))
        for patch in (zeros, told):
            _apply(piece, start, patch)
        target.write(piece)


def _apply(piece: bytearray, start: int, patch: list[tuple[int, int, bytes]]) -> None:
    """Replace in `piece`, which begins at `start`, what the sorted patches say; those that are over are dropped."""
    end, left = start + len(piece), []
    while patch and patch[0][0] < end:
        at, until, data = patch.pop(0)
        low, high = max(at, start), min(until, end)
        if low < high:
            piece[low - start : high - start] = data[low - at : high - at] if data else bytes(high - low)
        if until > end:
            left.append((at, until, data))
    patch[:0] = left
