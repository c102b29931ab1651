"""Finds the tail of the delivered code among the words, or another code's tail in its place (S-076)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from tuidan.domain.reading.line import Element, Line, best, plain
from tuidan.domain.reading.order_number import folded
from tuidan.domain.reading.thresholds import CONTRADICTION_PERCENT, SURE_PERCENT, TAIL_CHARS_MIN

NAME = "code_tail"
LABEL = re.compile(r"卡密|卡码|兑换码|激活码|礼品码|充值码|cdk|redeem|code", re.I)
TOKEN = re.compile(r"[*•·●＊._…-]{0,28}[- ]?[0-9A-Za-z]{2,}(?:[- ]?[0-9A-Za-z*•·●＊_]{2,}){0,8}")
MASK = re.compile(r"[*•·●＊]{2,}|\.{3,}|_{2,}|…")


def find_code_tail(lines: list[Line], tails: tuple[str, ...]) -> Element:
    """The end of one of the order's codes → found; a code that ends otherwise → contradicts."""
    wanted = [folded(tail) for tail in tails if len(tail) >= TAIL_CHARS_MIN]
    if not wanted:
        return Element(NAME)
    read = list(_tokens(lines))
    ours = [_told("found", token, line) for token, line in read if folded(token).endswith(tuple(wanted))]
    others = [_told("contradicts", token, line) for token, line in read]
    return best(ours) or best([found for found in others if found.state == "contradicts"]) or Element(NAME)


def _told(state: str, token: str, line: Line) -> Element:
    clear = line.confidence >= (CONTRADICTION_PERCENT if state == "contradicts" else SURE_PERCENT)
    why = "other_code" if state == "contradicts" and clear else "" if clear else "blurred"
    return Element(NAME, state if clear else "unsure", token, line.box, line.confidence, why)


def _tokens(lines: list[Line]) -> Iterator[tuple[str, Line]]:
    """What stands where a code stands: after its label, in the row or just below it."""
    for line in lines:
        yield from _after_label(plain(line.text), line)
    for label, value in pairwise(lines):
        text = plain(label.text)
        found = LABEL.search(text)
        near = value.box.top - label.box.top < 4 * max(label.box.height, 1)
        if found and near and not TOKEN.search(text, found.end()):
            token = TOKEN.fullmatch(plain(value.text))
            if token and _is_code(token.group()):
                yield token.group(), value


def _after_label(text: str, line: Line) -> Iterator[tuple[str, Line]]:
    label = LABEL.search(text)
    if label:
        token = TOKEN.search(text, label.end())
        if token and _is_code(token.group()):
            yield token.group(), line


def _is_code(token: str) -> bool:
    """Long enough, or masked; and with a digit or all capitals, so that no word of a sentence is taken for a code."""
    bare = re.sub(r"[^0-9A-Za-z]", "", token)
    masked = bool(MASK.search(token))
    looks = any(map(str.isdigit, bare)) or bare.isupper()
    return looks and (len(bare) >= 8 or (masked and len(bare) >= TAIL_CHARS_MIN))
