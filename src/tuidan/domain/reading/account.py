"""Finds the account that the order names, whole or masked (138****1234), or another one in its place (S-064)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tuidan.domain.reading.line import Element, Line, best, plain
from tuidan.domain.reading.thresholds import CONTRADICTION_PERCENT, SURE_PERCENT

NAME = "account"
MASKED = re.compile(
    r"(?P<head>[0-9A-Za-z]{2,6})\s?(?:[*•·●＊xX×_]{2,}|\.{3,}|…)\s?(?P<tail>[0-9A-Za-z]{1,6}(?:@[0-9A-Za-z.]+)?|@[0-9A-Za-z.]+)"
)
LABEL = re.compile(r"账号|帐号|账户|手机号|手机|号码|qq|uid|id|account|phone", re.I)
NO_LABEL = re.compile(r"卡密|卡号|兑换码|激活码|密码|订单|交易|编号|单号|card|code|order", re.I)
ACCOUNT_CHARS_MIN = 4


def find_account(lines: list[Line], account: str) -> Element:
    """The account whole or masked → found; another masked account beside its label → contradicts."""
    wanted = _bare(account)
    if len(wanted) < ACCOUNT_CHARS_MIN:
        return Element(NAME)
    return (
        best([found for line in lines for found in _ours(line, wanted)])
        or best([found for line in lines for found in _others(line, wanted)])
        or Element(NAME)
    )


def _bare(text: str) -> str:
    return re.sub(r"[\s-]", "", plain(text)).lower()


def _state(line: Line) -> tuple[str, str]:
    return ("found", "") if line.confidence >= SURE_PERCENT else ("unsure", "blurred")


def _ours(line: Line, wanted: str) -> Iterator[Element]:
    text = _bare(line.text)
    if re.search(rf"(?<![0-9a-z]){re.escape(wanted)}(?![0-9a-z])", text):
        state, why = _state(line)
        yield Element(NAME, state, wanted, line.box, line.confidence, why)
    for found in MASKED.finditer(plain(line.text)):
        if _fits(found, wanted):
            state, why = _state(line)
            yield Element(NAME, state, found.group(), line.box, line.confidence, why)


def _fits(found: re.Match[str], wanted: str) -> bool:
    head, tail = found["head"].lower(), found["tail"].lower()
    long_enough = len(head) + len(tail) < len(wanted)
    return long_enough and wanted.startswith(head) and wanted.endswith(tail)


def _others(line: Line, wanted: str) -> Iterator[Element]:
    """A masked account that cannot be ours, where a label or a phone's form says that it is an account."""
    text = plain(line.text)
    if NO_LABEL.search(text):
        return
    for found in MASKED.finditer(text):
        phone = (
            wanted.isdigit()
            and len(found["head"]) == 3
            and len(found["tail"]) == 4
            and found["head"].isdigit()
        )
        if _fits(found, wanted) or not (phone or LABEL.search(text[: found.start()])):
            continue
        if line.confidence >= CONTRADICTION_PERCENT:
            yield Element(NAME, "contradicts", found.group(), line.box, line.confidence, "other_account")
