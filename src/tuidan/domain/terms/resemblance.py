"""Wording that no rule names but that is made of the same pieces as known unfair wording: told, never held void.

A weight for each piece of one to three signs and each clause, learnt from sentences that people wrote and marked
(`tests/domain/drawn_resemblance.py` says how, and writes the file). The rules say what is; this says "look here".
"""

from __future__ import annotations

import json
import math
from functools import cache
from importlib.resources import files
from typing import NamedTuple

PIECE_SIGNS_MAX = 3
LAWFUL = "-"
# Below it the likeness is chance; beside a rule's hit in the same sentence more is asked for.
SHARE_MIN = 0.5
SHARE_MIN_BESIDE = 0.65
SENTENCE_SIGNS_MIN, SENTENCE_SIGNS_MAX = 7, 200


class Learnt(NamedTuple):
    """`pieces`: piece → its own weight and what it says for each label; `always`: what every sentence says."""

    labels: tuple[str, ...]
    always: tuple[float, ...]
    pieces: dict[str, tuple[float, tuple[tuple[int, float], ...]]]


class Resemblance(NamedTuple):
    """The clause that a sentence is most like, and how much of all likeness it takes (0 to 1)."""

    clause: str
    share: float


def pieces_of(sentence: str) -> set[str]:
    """Every run of one to three signs of a normalised sentence."""
    return {
        sentence[n : n + length]
        for length in range(1, PIECE_SIGNS_MAX + 1)
        for n in range(len(sentence) - length + 1)
    }


@cache
def learnt() -> Learnt:
    """What was learnt, read once: the file is a constant of the program like its code."""
    told = json.loads(files("tuidan.domain.terms").joinpath("resemblance.json").read_bytes())
    scale = told["scale"]
    return Learnt(
        tuple(told["labels"]),
        tuple(value / scale for value in told["always"]),
        {
            piece: (row[0] / scale, tuple((row[n], row[n + 1] / scale) for n in range(1, len(row), 2)))
            for piece, row in told["pieces"].items()
        },
    )


def resembled(sentence: str) -> Resemblance | None:
    """What a normalised sentence is like; None where it is most like lawful wording, or a mere title. Linear."""
    if len(sentence) < SENTENCE_SIGNS_MIN:
        return None
    known = learnt()
    sums = [0.0] * len(known.labels)
    length = 0.0
    for piece in pieces_of(sentence[:SENTENCE_SIGNS_MAX]):
        found = known.pieces.get(piece)
        if found is not None:
            own, says = found
            length += own * own
            for label, weight in says:
                sums[label] += weight
    if not length:
        return None
    norm = math.sqrt(length)
    likeness = [total / norm + always for total, always in zip(sums, known.always, strict=True)]
    top = max(likeness)
    best = likeness.index(top)
    if known.labels[best] == LAWFUL:
        return None
    return Resemblance(known.labels[best], 1 / sum(math.exp(each - top) for each in likeness))
