"""Finds times in all common Chinese and ISO spellings and holds them against the order's span (S-073).

Without a zone a time is Beijing's. A time without its day proves little and is unsure; one before the order is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import pairwise

from tuidan.domain.calendar import CHINA
from tuidan.domain.reading.line import Element, Line, best, plain
from tuidan.domain.reading.thresholds import CLOCK_SLACK, CONTRADICTION_PERCENT, EXPIRY_AFTER, SURE_PERCENT

NAME = "time"
CLOCK = (
    r"(?P<half>上午|下午|晚上|凌晨|中午|am|pm)?\s*(?P<hour>[01]?\d|2[0-3])\s*[:.时点]\s*(?P<minute>[0-5]\d)"
    r"(?:\s*[:.分]\s*(?P<second>[0-5]\d))?(?:\.\d{1,6})?\s*(?P<half_after>am|pm)?"
    r"(?P<zone>z|[+-]\d{2}:?\d{2})?"
)
MONTH, DAY_OF_MONTH = r"(?P<month>1[0-2]|0?[1-9])", r"(?P<day>[12]\d|3[01]|0?[1-9])"
DATE = rf"(?P<year>20\d\d)\s*[-/.年]\s*{MONTH}\s*[-/.月]\s*{DAY_OF_MONTH}(?!\d\d\d)\s*日?"
SHORT_DATE = rf"{MONTH}\s*[-/月]\s*{DAY_OF_MONTH}\s*日?"
WITH_DAY = (
    re.compile(rf"{DATE}\s*[t,]?\s*(?:星期.|周.)?\s*{CLOCK}", re.I),
    re.compile(rf"(?<![\d.-]){SHORT_DATE}\s*(?:星期.|周.)?\s*{CLOCK}", re.I),
    re.compile(
        r"(?<!\d)(?P<year>20\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])\s?"
        r"(?P<hour>[01]\d|2[0-3]):?(?P<minute>[0-5]\d):?(?P<second>[0-5]\d)(?!\d)"
    ),
)
DAY_ONLY = (
    re.compile(DATE),
    re.compile(r"(?<!\d)(?P<month>1[0-2]|[1-9])月(?P<day>[12]\d|3[01]|[1-9])日"),
)
NO_DAY = re.compile(rf"(?P<said>今天|昨天|刚刚|今日|昨日)\s*(?:{CLOCK})?", re.I)
CLOCK_ALONE = re.compile(rf"(?<![\d:.-]){CLOCK}(?![\d%:])", re.I)
AFTERNOON = ("下午", "晚上", "pm")
MORNING = ("上午", "凌晨", "am")
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Read:
    """A time as a span: the minute, second or day that was written."""

    since: datetime
    until: datetime


def find_time(lines: list[Line], since: datetime, until: datetime) -> Element:
    """A time within the order's span → found; only others → contradicts; a clock without a day → unsure."""
    low, high = since - CLOCK_SLACK, until + CLOCK_SLACK
    within: list[Element] = []
    beside: list[Element] = []
    vague: list[Element] = []
    for line in _rows(lines):
        text = plain(line.text)
        read = list(_with_day(text, until))
        for span, words in read:
            if span.until > low and span.since < high:
                state, why = ("found", "") if line.confidence >= SURE_PERCENT else ("unsure", "blurred")
                within.append(Element(NAME, state, words, line.box, line.confidence, why))
            elif span.since < high + EXPIRY_AFTER:
                why = "before_order" if span.until <= low else "after_now"
                clear = line.confidence >= CONTRADICTION_PERCENT
                beside.append(
                    Element(NAME, "contradicts" if clear else "unsure", words, line.box, line.confidence, why)
                )
        if not read:
            vague += _vague(line, text)
    return best(within) or best(beside) or _first_vague(vague) or Element(NAME)


def _rows(lines: list[Line]) -> Iterator[Line]:
    """Each line, and each with the next where both stand in one row or the second continues the first below."""
    yield from lines
    for one, two in pairwise(lines):
        beside = abs(one.box.top - two.box.top) < max(one.box.height, 1) and one.box.left < two.box.left
        if beside:
            yield Line(f"{one.text} {two.text}", one.box.joined(two.box), min(one.confidence, two.confidence))


def _with_day(text: str, until: datetime) -> Iterator[tuple[_Read, str]]:
    taken = [False] * len(text)
    for form in (*WITH_DAY, *DAY_ONLY):
        for found in form.finditer(text):
            if any(taken[found.start() : found.end()]):
                continue
            read = _read(found.groupdict(), until)
            if read is not None:
                taken[found.start() : found.end()] = [True] * (found.end() - found.start())
                yield read, found.group().strip()


def _read(told: dict[str, str | None], until: datetime) -> _Read | None:
    """The span that was written; None where no such time exists."""
    try:
        year = int(told.get("year") or 0)
        month, day = int(str(told["month"])), int(str(told["day"]))
        hour = _hour(told)
        begin = datetime(
            year or until.astimezone(CHINA).year,
            month,
            day,
            hour,
            int(told.get("minute") or 0),
            int(told.get("second") or 0),
            tzinfo=_zone(told.get("zone")),
        )
        if not year and begin > until + DAY:
            begin = begin.replace(year=begin.year - 1)
    except ValueError:
        return None
    if not told.get("hour"):
        return _Read(begin, begin + DAY)
    return _Read(begin, begin + (timedelta(seconds=1) if told.get("second") else timedelta(minutes=1)))


def _hour(told: dict[str, str | None]) -> int:
    hour = int(told.get("hour") or 0)
    half = (told.get("half") or told.get("half_after") or "").lower()
    if half in AFTERNOON and hour < 12:
        return hour + 12
    return 0 if half in MORNING and hour == 12 else hour


def _zone(text: str | None) -> timezone:
    if not text:
        return CHINA
    if text in "zZ":
        return timezone(timedelta(0))
    sign = -1 if text[0] == "-" else 1
    digits = text[1:].replace(":", "")
    return timezone(sign * timedelta(hours=int(digits[:2]), minutes=int(digits[2:])))


def _vague(line: Line, text: str) -> Iterator[Element]:
    for form, why in ((NO_DAY, "no_day"), (CLOCK_ALONE, "clock_only")):
        found = form.search(text)
        if found:
            yield Element(NAME, "unsure", found.group().strip(), line.box, line.confidence, why)
            return


def _first_vague(vague: list[Element]) -> Element | None:
    """「今天 20:16」 says more than the clock of the status bar."""
    return next((found for found in vague if found.why == "no_day"), vague[0] if vague else None)
