"""Cuts a long screenshot into overlapping strips, so that its words stay readable, and puts their lines together."""

from __future__ import annotations

from dataclasses import dataclass

from tuidan.domain.reading.line import Box, Line

# In widths of the picture: a phone's own screen is about 2.2 widths tall and is read in one piece.
LONG_WIDTHS = 2.6
STRIP_WIDTHS = 2.2
OVERLAP_WIDTHS = 0.25
STRIPS_MAX = 12
EDGE_PIXELS = 4


@dataclass(frozen=True, slots=True)
class Strip:
    """The rows of pixels from `top` up to `bottom`."""

    top: int
    bottom: int


def cut_in_strips(width: int, height: int) -> list[Strip]:
    """One strip for a usual picture, more for a long one; beyond STRIPS_MAX the rest is left out."""
    if height <= width * LONG_WIDTHS:
        return [Strip(0, height)]
    tall, step = round(width * STRIP_WIDTHS), round(width * (STRIP_WIDTHS - OVERLAP_WIDTHS))
    strips = [Strip(0, tall)]
    while strips[-1].bottom < height and len(strips) < STRIPS_MAX:
        top = strips[-1].top + step
        strips.append(Strip(top, min(height, top + tall)))
    return strips


def put_together(read: list[tuple[Strip, list[Line]]]) -> tuple[Line, ...]:
    """The lines of all strips once each: of two in one place the surer, and none that a cut went through."""
    kept: list[Line] = []
    last = len(read) - 1
    for k, (strip, lines) in enumerate(read):
        for line in lines:
            cut_above = k > 0 and line.box.top <= strip.top + EDGE_PIXELS
            cut_below = k < last and line.box.bottom >= strip.bottom - EDGE_PIXELS
            if cut_above or cut_below:
                continue
            twin = next((other for other in kept if _same_place(other.box, line.box)), None)
            if twin is None:
                kept.append(line)
            elif twin.confidence < line.confidence:
                kept[kept.index(twin)] = line
    kept.sort(key=lambda line: (line.box.top, line.box.left))
    return tuple(kept)


def _same_place(one: Box, other: Box) -> bool:
    """Whether most of the smaller lies in the larger."""
    across = min(one.right, other.right) - max(one.left, other.left)
    down = min(one.bottom, other.bottom) - max(one.top, other.top)
    if across <= 0 or down <= 0:
        return False
    smaller = min((one.right - one.left) * one.height, (other.right - other.left) * other.height)
    return across * down * 2 > smaller
