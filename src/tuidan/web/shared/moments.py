"""Writing times and time left for people: always in Beijing time, always both relative and absolute."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from tuidan.web.shared.words import say

BEIJING = ZoneInfo("Asia/Shanghai")


def seconds_until(due: datetime, now: datetime) -> int:
    """Whole seconds left, never negative; a last started second still counts (windows end inclusively)."""
    return max(0, -int((now - due) // timedelta(seconds=1)))


def time_left(seconds: int, language: str) -> str:
    """The two largest units, as page.js writes them: 还剩 3 分 12 秒; only seconds are shown as zero."""
    days, rest = divmod(seconds, 86_400)
    hours, rest = divmod(rest, 3_600)
    minutes, secs = divmod(rest, 60)
    if days:
        parts = [(days, "unit.day"), (hours, "unit.hour")]
    elif hours:
        parts = [(hours, "unit.hour"), (minutes, "unit.minute")]
    elif minutes:
        parts = [(minutes, "unit.minute"), (secs, "unit.second")]
    else:
        parts = [(secs, "unit.second")]
    if not parts[-1][0] and len(parts) > 1 and parts[-1][1] != "unit.second":
        parts.pop()
    text = " ".join(f"{number}{say(unit, language)}" for number, unit in parts)
    return say("deadline.left", language, time=text)


def clock_text(moment: datetime, now: datetime, language: str, seconds: bool = True) -> str:
    """Time of day today, with the date on other days and the year in other years."""
    local, today = moment.astimezone(BEIJING), now.astimezone(BEIJING)
    clock = local.strftime("%H:%M:%S" if seconds else "%H:%M")
    if local.date() == today.date():
        return clock
    if language == "zh":
        day = f"{local.month}月{local.day}日"
        day = day if local.year == today.year else f"{local.year}年{day}"
    else:
        day = local.strftime("%-d %b")
        day = day if local.year == today.year else f"{day} {local.year}"
    return f"{day} {clock}"


def duration_text(seconds: int, language: str) -> str:
    """A span in its largest whole unit: 300 → 5 分钟, 604800 → 7 天."""
    if seconds == 86_400:
        return say("span.day", language, n=1)
    for size, unit in ((86_400, "span.days"), (3_600, "span.hours"), (60, "span.minutes")):
        if seconds >= size and seconds % size == 0:
            return say(unit, language, n=seconds // size)
    return say("span.seconds", language, n=seconds)
