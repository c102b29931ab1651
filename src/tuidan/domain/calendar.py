"""Working days of the official Chinese calendar and the ends of legal time limits.

Pure: the days off and the make-up days are data given by the caller. A year whose official notice has not come
out yet is "provisional", and whatever was counted in it says so. All days are days in Asia/Shanghai (UTC+8, no
summer time since 1991). Rules: R17, 民法典201 and 203 (the starting day is left out, the last day ends at 24:00).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone

CHINA = timezone(timedelta(hours=8), "CST")
SATURDAY = 5
WORKING_DAYS_MAX = 400
ONE_DAY = timedelta(days=1)
LAST_SECOND = time(23, 59, 59)
OTHER_NAMES = {
    "off": "days_off",
    "off_days": "days_off",
    "holidays": "days_off",
    "makeup": "makeup_days",
    "make_up_days": "makeup_days",
    "workdays": "makeup_days",
    "working_days": "makeup_days",
    "years": "official_years",
}


class CalendarError(ValueError):
    """The calendar data cannot be read: the message names the field."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """Days off on weekdays or weekends, make-up days worked at a weekend, and the years officially announced."""

    days_off: frozenset[date]
    makeup_days: frozenset[date]
    official_years: frozenset[int]

    def is_working_day(self, day: date) -> bool:
        """True on an ordinary weekday that is not off, and on a weekend day that is made up for."""
        if day in self.makeup_days:
            return True
        return day not in self.days_off and day.weekday() < SATURDAY

    def is_provisional(self, day: date) -> bool:
        """True while the official notice for that year is not loaded."""
        return day.year not in self.official_years

    def add_working_days(self, day: date, count: int) -> date:
        """The count-th working day after `day`; `day` itself is never counted. Raises ValueError out of 1..400."""
        if not 1 <= count <= WORKING_DAYS_MAX:
            raise ValueError(f"count of working days out of 1..{WORKING_DAYS_MAX}: {count}")
        while count:
            day += ONE_DAY
            if self.is_working_day(day):
                count -= 1
        return day


def china_day(moment: datetime) -> date:
    """The calendar day in China on which an aware moment falls."""
    return moment.astimezone(CHINA).date()


def end_of_day(day: date) -> datetime:
    """23:59:59 +08:00 of a day: a limit counted in days runs to the end of the last one."""
    return datetime.combine(day, LAST_SECOND, CHINA)


def _days(data: Mapping[str, object], field: str) -> frozenset[date]:
    listed = data.get(field, [])
    if not isinstance(listed, list | tuple):
        raise CalendarError(f"{field}: not a list")
    days: set[date] = set()
    for item in listed:
        try:
            # "2026-10-01/2026-10-07" stands for every day from the first to the last
            first, _, last = str(item).partition("/")
            day, end = date.fromisoformat(first), date.fromisoformat(last or first)
        except ValueError as error:
            raise CalendarError(f"{field}: {item!r} is not a day or a range of days") from error
        while day <= end:
            days.add(day)
            day += ONE_DAY
    return frozenset(days)


def calendar_from(data: Mapping[str, object]) -> Calendar:
    """Read `{"days_off": [...], "makeup_days": [...], "official_years": [...]}`; raises CalendarError."""
    years = data.get("official_years", [])
    if not isinstance(years, list | tuple) or not all(type(year) is int for year in years):
        raise CalendarError("official_years: not a list of years")
    return Calendar(_days(data, "days_off"), _days(data, "makeup_days"), frozenset(years))


def calendar_with(base: Calendar, data: Mapping[str, object]) -> Calendar:
    """A case's own calendar (`other.calendar`): its days stand in the years it names, the base in all others.

    Other usual names of the two lists are understood."""
    known = {OTHER_NAMES.get(name, name): days for name, days in data.items()}
    own = calendar_from(known)
    years = {day.year for day in own.days_off | own.makeup_days} | own.official_years
    return Calendar(
        own.days_off | {day for day in base.days_off if day.year not in years},
        own.makeup_days | {day for day in base.makeup_days if day.year not in years},
        base.official_years | years,
    )
