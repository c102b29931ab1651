"""Working days of the Chinese calendar, held against an independent table of holidays."""

from datetime import UTC, date, datetime, timedelta

import holidays
import pytest

from tuidan.domain.calendar import (
    Calendar,
    CalendarError,
    calendar_from,
    calendar_with,
    china_day,
    end_of_day,
)
from tuidan.policies import load_calendar

CHINA = load_calendar()


@pytest.mark.parametrize("year", [2025, 2026])
def test_an_official_year_agrees_with_the_holidays_library(year: int) -> None:
    known = holidays.country_holidays("CN", years=year)
    days = [date(year, 1, 1) + timedelta(days=count) for count in range(365)]
    assert [day for day in days if CHINA.is_working_day(day) != known.is_working_day(day)] == []


def test_national_day_and_its_make_up_saturday_are_counted() -> None:
    # seed L31; State Council notice for 2026: 1-7 October off, Saturday 10 October worked
    assert CHINA.add_working_days(date(2026, 9, 30), 3) == date(2026, 10, 10)


def test_a_make_up_sunday_is_a_working_day() -> None:
    assert CHINA.is_working_day(date(2026, 9, 20))


def test_2027_is_provisional_and_says_so() -> None:
    assert CHINA.is_provisional(date(2027, 2, 8))
    assert not CHINA.is_provisional(date(2026, 2, 17))
    assert not CHINA.is_working_day(date(2027, 2, 8))


def test_the_starting_day_is_not_counted_even_when_it_is_worked() -> None:
    assert CHINA.add_working_days(date(2026, 11, 16), 1) == date(2026, 11, 17)


@pytest.mark.parametrize("count", [0, -1, 401])
def test_an_impossible_count_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="working days"):
        CHINA.add_working_days(date(2026, 1, 1), count)


def test_a_limit_ends_with_the_last_second_of_the_day_in_china() -> None:
    assert end_of_day(date(2026, 11, 13)).isoformat() == "2026-11-13T23:59:59+08:00"
    assert china_day(datetime(2026, 11, 12, 16, 0, tzinfo=UTC)) == date(2026, 11, 13)
    assert china_day(datetime(2026, 11, 12, 15, 59, 59, tzinfo=UTC)) == date(2026, 11, 12)


def test_a_case_may_bring_its_own_days_for_a_year() -> None:
    own = calendar_with(CHINA, {"days_off": ["2027-02-05/2027-02-11"], "makeup_days": ["2027-02-20"]})
    assert own.add_working_days(date(2027, 2, 4), 1) == date(2027, 2, 12)
    assert own.is_working_day(date(2027, 2, 20))
    assert not own.is_provisional(date(2027, 2, 11))
    assert own.add_working_days(date(2026, 9, 30), 3) == date(2026, 10, 10)


@pytest.mark.parametrize(
    "data", [{"days_off": "2026-01-01"}, {"makeup_days": ["soon"]}, {"official_years": ["2026"]}]
)
def test_unreadable_calendar_data_is_refused(data: dict[str, object]) -> None:
    with pytest.raises(CalendarError):
        calendar_from(data)


def test_a_calendar_without_data_knows_weekends_only() -> None:
    empty = Calendar(frozenset(), frozenset(), frozenset())
    assert [empty.is_working_day(date(2026, 10, day)) for day in (1, 2, 3, 4, 5)] == [
        True,
        True,
        False,
        False,
        True,
    ]
