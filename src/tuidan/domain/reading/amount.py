"""Amounts in their spellings (¥50, ￥50.00, 50元) against what was paid, bought and arrived."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from tuidan.domain.reading.line import Box, Element, Line, best, plain
from tuidan.domain.reading.thresholds import CONTRADICTION_PERCENT, SURE_PERCENT

NAME = "amount"
FEN_MAX = 10_000_000_00
MONEY = re.compile(
    r"(?P<sign>[¥羊]|[+-]|(?<![A-Za-z])Y|RMB|CNY)?\s*(?P<yuan>\d{1,3}(?:,\d{3})+|\d{1,8})(?:\.(?P<cents>\d{1,2}))?(?![\d:])"
    r"\s*(?P<unit>元|块|圆)?"
)
# Beside these words stands what the buyer paid or ordered, so another amount there is a contradiction.
PAID = re.compile(
    r"实付(?:金额|款)?|支付金额|付款金额|订单金额|充值金额|充值面额|面值|应付(?:金额)?|合计(?:金额)?|amount paid|total",
    re.I,
)
ARRIVED = re.compile(r"到账|入账|已充|余额|balance|received", re.I)
ANY = re.compile(r"金额|价格|充值|实收|总价|price|amount", re.I)
# Dates and phone numbers are no amounts, whatever stands before them.
NO_MONEY = re.compile(r"^\d{5,}$")


@dataclass(frozen=True, slots=True)
class Money:
    """An amount as read: `about` is paid, arrived or any, from the words beside it."""

    fen: int
    about: str
    words: str
    box: Box
    confidence: int


def find_amount(lines: list[Line], expected_fen: tuple[int, ...], arrived_fen: int) -> Element:
    """An amount of the order → found; another one beside "paid" → contradicts; another elsewhere → missing."""
    if not expected_fen:
        return Element(NAME)
    read = list(moneys(lines))
    known = {*expected_fen, arrived_fen}
    ours = [_told(money, "found") for money in read if money.fen in expected_fen]
    if ours:
        return best(ours) or Element(NAME)
    other = [
        _told(money, "contradicts") for money in read if money.about == "paid" and money.fen not in known
    ]
    return best(other) or Element(NAME)


def find_arrived(lines: list[Line], arrived_fen: int) -> Element:
    """What arrived, or a balance: key information of its own, whatever the amount is."""
    read = [money for money in moneys(lines) if money.about == "arrived"]
    exact = [money for money in read if money.fen == arrived_fen]
    told = best([_told(money, "found", "arrived") for money in exact or read])
    return told or Element("arrived")


def _told(money: Money, state: str, name: str = NAME) -> Element:
    why = ""
    if state == "contradicts":
        why = "other_amount"
        if money.confidence < CONTRADICTION_PERCENT:
            state, why = "unsure", "blurred"
    elif money.confidence < SURE_PERCENT:
        state, why = "unsure", "blurred"
    return Element(name, state, money.words, money.box, money.confidence, why)


def moneys(lines: list[Line]) -> Iterator[Money]:
    """Every amount with a sign, a unit or a word beside it that makes it money."""
    for line in lines:
        yield from _in_line(line, line.text)
    for label, value in pairwise(lines):
        if _belongs(label.box, value.box) and not MONEY.search(plain(label.text)):
            yield from _in_line(value, f"{label.text} {value.text}")


def _belongs(label: Box, value: Box) -> bool:
    """Whether the value stands right of its label, or just below it."""
    height = max(label.height, value.height, 1)
    beside = abs(label.top - value.top) < height and value.left > label.left
    below = 0 < value.top - label.top < 4 * height and value.left < label.right and value.right > label.left
    return beside or below


def _in_line(line: Line, text: str) -> Iterator[Money]:
    words = plain(text)
    for found in MONEY.finditer(words):
        before = words[: found.start()]
        about = _about(before)
        marked = found["sign"] or found["unit"]
        if not (marked or about) or (not marked and NO_MONEY.match(found["yuan"])):
            continue
        if (
            not marked
            and found["cents"] is None
            and about != "arrived"
            and not before.rstrip(" :").endswith(("金额", "面值", "面额", "合计", "实付", "应付"))
        ):
            continue
        fen = int(found["yuan"].replace(",", "")) * 100 + int((found["cents"] or "0").ljust(2, "0"))
        if 0 < fen <= FEN_MAX:
            yield Money(fen, about, found.group().strip(), line.box, line.confidence)


def _about(before: str) -> str:
    """What the words in front say the amount is; the nearest word decides."""
    places = {
        name: max((found.end() for found in form.finditer(before)), default=-1)
        for name, form in (("paid", PAID), ("arrived", ARRIVED), ("any", ANY))
    }
    name = max(places, key=lambda key: places[key])
    return name if places[name] >= 0 else ""
