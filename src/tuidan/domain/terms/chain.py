"""Words in order with bounded gaps, found in time linear in the text: no expression ever runs over a gap.

A chain is written `sold 8 no_refund`: names are groups of the vocabulary, anything else that is no number is an
expression of its own; `8` allows up to eight signs between, `8!` allows no pause and no "may" among them. Without
a number the two stand side by side. Nothing reaches over the end of a sentence.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from functools import cache

from tuidan.domain.terms.normal import STOP
from tuidan.domain.terms.vocabulary import VOCABULARY

Spans = list[tuple[int, int]]
# What turns a gap's meaning round: "cannot be solved by us, you may complain".
TURNING = re.compile(r"[,可欢]|有权|随时|支持|包括")
GROUP = re.compile(r"\{([a-z_]+)\}")
# A token that is nothing but groups side by side, and perhaps further words.
UNION = re.compile(r"\(\?:((?:\{[a-z_]+\}\|)*\{[a-z_]+\})(?:\|(.+))?\)")


@dataclass(frozen=True, slots=True)
class Step:
    """One group of words, and how far after the one before it may begin."""

    name: str
    gap: int
    tight: bool


@cache
def parse(written: str) -> tuple[Step, ...]:
    """Read a chain. Raises KeyError for a name that the vocabulary does not have."""
    steps: list[Step] = []
    gap, tight = 0, False
    for token in written.split():
        if token.rstrip("!").isdigit():
            gap, tight = int(token.rstrip("!")), token.endswith("!")
            continue
        name = token[1:-1] if GROUP.fullmatch(token) else token
        if re.fullmatch(r"[a-z_]+", name) and name not in VOCABULARY:
            raise KeyError(name)
        steps.append(Step(name, gap, tight))
        gap, tight = 0, False
    return tuple(steps)


@cache
def compiled(name: str) -> re.Pattern[str]:
    """The expression of a group, or of a token that is none; `{sold}` in a token stands for that group."""
    written = VOCABULARY.get(name, name)
    while GROUP.search(written):
        written = GROUP.sub(lambda found: f"(?:{VOCABULARY[found[1]]})", written)
    return re.compile(written)


@cache
def parts(name: str) -> tuple[str, ...]:
    """The groups a token puts side by side, each found but once in a text; nothing for any other token."""
    union = UNION.fullmatch(name)
    if union is None:
        return ()
    further: str = union[2] or ""
    depth = 0
    for sign in further:
        depth += (sign == "(") - (sign == ")")
        if depth < 0:
            return ()
    return (*GROUP.findall(union[1]), *([f"(?:{further})"] if further else []))


@cache
def cheapest(steps: tuple[Step, ...]) -> tuple[str, ...]:
    """The names of the steps, the shortest expression first: one that is absent spares the others."""
    return tuple(sorted((step.name for step in steps), key=lambda name: len(VOCABULARY.get(name) or name)))


@dataclass(slots=True)
class Reader:
    """One normalised text with the groups found in it so far."""

    text: str
    found: dict[str, Spans] = field(default_factory=dict)
    joined: dict[str, Spans] = field(default_factory=dict)

    def spans(self, name: str) -> Spans:
        """Where a group occurs, in order."""
        spans = self.found.get(name)
        if spans is None:
            beside = parts(name)
            if beside:
                spans = sorted({span for part in beside for span in self.spans(part)})
            else:
                spans = [found.span() for found in compiled(name).finditer(self.text)]
            self.found[name] = spans
        return spans

    def chains(self, written: str) -> Spans:
        """Every place where the chain begins, with its nearest end; in order."""
        spans = self.joined.get(written)
        if spans is None:
            spans = self.joined[written] = self._chains(written)
        return spans

    def _chains(self, written: str) -> Spans:
        steps = parse(written)
        for name in cheapest(steps):
            if not self.spans(name):
                return []
        ends: Spans = self.spans(steps[-1].name)
        for step, following in zip(reversed(steps[:-1]), reversed(steps[1:]), strict=True):
            ends = self._joined(self.spans(step.name), ends, following)
            if not ends:
                return []
        return ends

    def _joined(self, firsts: Spans, rests: Spans, step: Step) -> Spans:
        """Each first that is followed within the gap by a rest, reaching to the end of that rest."""
        starts = [start for start, _ in rests]
        joined = []
        for start, end in firsts:
            here, last = bisect_left(starts, end), bisect_right(starts, end + step.gap)
            for n in range(here, last):
                between = self.text[end : starts[n]]
                if STOP in between or (step.tight and TURNING.search(between)):
                    break
                joined.append((start, rests[n][1]))
                break
        return joined
