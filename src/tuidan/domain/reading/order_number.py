"""Finds one of the order's numbers among the words, or another number where one of ours should stand (S-064, S-073)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tuidan.domain.reading.line import Element, Line, best, plain
from tuidan.domain.reading.thresholds import (
    CONTRADICTION_PERCENT,
    NUMBER_CHARS_MIN,
    NUMBER_WRONG_CHARS_FOUND,
    NUMBER_WRONG_CHARS_UNSURE,
    PART_CHARS_FOUND,
    PART_CHARS_UNSURE,
    SURE_PERCENT,
)

NAME = "order_no"
LABEL = re.compile(
    r"(订单|交易|商户|流水|支付|凭证)?(编号|单号|号码|流水号|订单号|交易号)|order\s*(no|number|id)", re.I
)
NUMBER = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z]|[-_ ](?=[0-9A-Za-z])){10,44}")
DIGITS_MIN = 5
CUT = re.compile(r"\.{2,}|…|\*{2,}|·{2,}")
# Pairs that a reader takes for each other; both become the same sign before anything is compared.
LOOKALIKE = str.maketrans({"o": "0", "q": "0", "l": "1", "i": "1", "|": "1", "z": "2", "s": "5", "b": "8"})


def folded(text: str) -> str:
    """Letters and digits alone, small, lookalikes made one."""
    kept = "".join(sign for sign in plain(text).lower() if (sign.isascii() and sign.isalnum()) or sign == "|")
    return kept.translate(LOOKALIKE)


def find_order_number(lines: list[Line], numbers: Iterable[str]) -> Element:
    """One of `numbers` → found; nearly one → unsure; another of the same form → contradicts; else unsure or missing."""
    wanted = [(folded(number), number) for number in numbers if len(folded(number)) >= NUMBER_CHARS_MIN]
    stretches = list(_stretches(lines))
    near = [found for line in stretches for found in _ours(line, wanted)]
    ours = best([found for found in near if found.state == "found"])
    if ours is not None:
        return ours
    ours = best(near)
    others = list(_others(stretches, wanted))
    other = best([found for found in others if found.state == "contradicts"])
    return other or ours or best(others) or Element(NAME)


def _stretches(lines: list[Line]) -> Iterator[Line]:
    """Each line, and each with the one or two after it: a label stands apart, a long number is broken in two."""
    yield from lines
    for k, first in enumerate(lines):
        joined = first
        for after in lines[k + 1 : k + 3]:
            if abs(after.box.top - joined.box.bottom) > 2 * max(first.box.height, 1):
                break
            both = min(joined.confidence, after.confidence)
            joined = Line(joined.text + after.text, joined.box.joined(after.box), both)
            yield joined


def _ours(line: Line, wanted: list[tuple[str, str]]) -> Iterator[Element]:
    text = folded(line.text)
    for number, original in wanted:
        wrong = 0 if number in text else _wrong_chars(number, text)
        if wrong <= NUMBER_WRONG_CHARS_UNSURE:
            sure = wrong <= NUMBER_WRONG_CHARS_FOUND and line.confidence >= SURE_PERCENT
            score = max(1, line.confidence - 10 * wrong)
            yield Element(
                NAME, "found" if sure else "unsure", original, line.box, score, "" if sure else "blurred"
            )
        elif CUT.search(plain(line.text)):
            yield from _part(line, number, original)


def _part(line: Line, number: str, original: str) -> Iterator[Element]:
    """A number shown with dots in it or after it: what is shown must be its beginning or its end."""
    pieces = [folded(piece) for piece in CUT.split(plain(line.text))]
    there = sum(
        len(piece)
        for piece in pieces
        if len(piece) >= 4 and (number.startswith(piece) or number.endswith(piece))
    )
    if there >= PART_CHARS_FOUND:
        yield Element(NAME, "found", original, line.box, line.confidence - 5, "part_of_number")
    elif there >= PART_CHARS_UNSURE:
        yield Element(NAME, "unsure", original, line.box, line.confidence, "part_of_number")


def _wrong_chars(number: str, text: str) -> int:
    """How many characters differ between the number and the stretch of text most like it; too many counts as all."""
    if len(text) < len(number) - NUMBER_WRONG_CHARS_UNSURE:
        return len(number)
    return _nearest(number, text)


def _nearest(number: str, text: str) -> int:
    """The smallest edit distance from the number to any stretch of the text (Sellers' algorithm)."""
    row = [0] * (len(text) + 1)
    for i, wanted in enumerate(number, start=1):
        before, row[0] = row[0], i
        for j, read in enumerate(text, start=1):
            before, row[j] = row[j], min(before + (wanted != read), row[j] + 1, row[j - 1] + 1)
        if min(row) > NUMBER_WRONG_CHARS_UNSURE:
            return len(number)
    return min(row)


def _others(stretches: list[Line], wanted: list[tuple[str, str]]) -> Iterator[Element]:
    """Numbers beside a label such as 订单号 that are not ours."""
    forms = {_form(number) for number, _ in wanted}
    for line in stretches:
        text = plain(line.text)
        label = LABEL.search(text)
        if label is None:
            continue
        for found in NUMBER.finditer(text, label.end()):
            token = folded(found.group())
            same_form = _form(token) in forms
            few_digits = sum(map(str.isdigit, found.group())) < DIGITS_MIN
            if len(token) < NUMBER_CHARS_MIN or (few_digits and not same_form):
                continue
            if same_form and line.confidence >= CONTRADICTION_PERCENT:
                yield Element(NAME, "contradicts", found.group(), line.box, line.confidence, "other_number")
            else:
                yield Element(NAME, "unsure", found.group(), line.box, line.confidence, "unknown_number")


def _form(number: str) -> tuple[int, bool]:
    """What kind of number it is: how long, and digits alone or not. A channel's numbers share their form."""
    return len(number), number.isdigit()
