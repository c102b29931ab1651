"""Hints on what a picture leaves out: which part to show, and which edge cut through words (S-074)."""

from __future__ import annotations

from tuidan.domain.reading.line import Line
from tuidan.domain.reading.thresholds import EDGE_PIXELS, TALL_PERCENT


def crop_hints(lines: list[Line], width: int, height: int, missing: tuple[str, ...]) -> tuple[str, ...]:
    """Codes: no_words, show_order_no, show_time, show_key_info, whole_screen, cut_top|bottom|left|right."""
    if not lines:
        return ("no_words",)
    hints = [f"show_{name}" for name in missing]
    cut = [
        f"cut_{edge}" for edge in ("top", "bottom", "left", "right") if _is_cut(lines, edge, width, height)
    ]
    if missing and (cut or height * 100 < width * TALL_PERCENT):
        hints.append("whole_screen")
    return (*hints, *cut)


def _is_cut(lines: list[Line], edge: str, width: int, height: int) -> bool:
    """Whether words run into this edge of the picture."""
    if edge == "top":
        return any(line.box.top <= EDGE_PIXELS for line in lines)
    if edge == "left":
        return any(line.box.left <= EDGE_PIXELS for line in lines)
    if edge == "bottom":
        return any(line.box.bottom >= height - EDGE_PIXELS for line in lines)
    return any(line.box.right >= width - EDGE_PIXELS for line in lines)
