from __future__ import annotations

import datetime as dtm

import holidays
import pytest

from bot.workdays import Workdays

CHINA = Workdays()


def day(text: str) -> dtm.date:
    return dtm.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("when", "works"),
    [
        ("2026-11-20", True),
        ("2026-11-21", False),
        ("2026-10-01", False),
        ("2026-10-07", False),
        ("2026-10-10", True),
        ("2026-02-14", True),
        ("2026-02-28", True),
        ("2026-05-09", True),
        ("2026-09-20", True),
        ("2026-01-02", False),
        ("2025-04-27", True),
    ],
)
def test_chinas_published_years_have_their_make_up_days(when: str, works: bool) -> None:
    assert CHINA.is_workday(day(when)) is works


@pytest.mark.parametrize(("year", "days"), [(2025, 248), (2026, 248)])
def test_a_published_year_has_as_many_workdays_as_announced(year: int, days: int) -> None:
    assert CHINA.count(dtm.date(year - 1, 12, 31), dtm.date(year, 12, 31)) == days


def test_both_calendars_agree_on_every_day_of_the_published_years() -> None:
    other = holidays.country_holidays("CN", years=(2025, 2026))
    days = [dtm.date(2025, 1, 1) + dtm.timedelta(number) for number in range(730)]
    assert [one for one in days if CHINA.is_workday(one) != other.is_working_day(one)] == []


def test_an_unpublished_year_has_its_statutory_days_in_breaks_of_the_usual_length() -> None:
    off = [
        day("2027-02-05"),
        day("2027-02-12"),
        day("2027-05-05"),
        day("2027-10-07"),
        day("2027-06-09"),
        day("2027-09-15"),
    ]
    assert not any(map(CHINA.is_workday, off))
    assert all(map(CHINA.is_workday, [day("2027-02-04"), day("2027-02-15"), day("2027-05-06"), day("2027-10-08")]))
    assert CHINA.is_published(2026)
    assert not CHINA.is_published(2027)


def test_the_owners_list_goes_before_the_calendar_and_publishes_its_year() -> None:
    listed = Workdays(extra={day("2027-02-13"): True, day("2027-02-04"): False})
    assert listed.is_workday(day("2027-02-13"))
    assert not listed.is_workday(day("2027-02-04"))
    assert listed.is_published(2027)
    assert not listed.is_published(2028)


def test_leave_goes_before_everything() -> None:
    away = Workdays(extra={day("2026-11-28"): True}, leave=((day("2026-11-25"), day("2026-11-29")),))
    assert not any(away.is_workday(day(f"2026-11-{number}")) for number in range(25, 30))
    assert away.on_or_after(day("2026-11-25")) == day("2026-11-30")


@pytest.mark.parametrize(
    ("when", "count", "then"),
    [
        ("2026-11-21", 1, "2026-11-23"),
        ("2026-11-21", 5, "2026-11-27"),
        ("2026-11-20", 0, "2026-11-20"),
        ("2026-09-30", 1, "2026-10-08"),
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-12-31", 1, "2027-01-04"),
    ],
)
def test_the_workday_after_a_day(when: str, count: int, then: str) -> None:
    assert CHINA.after(day(when), count) == day(then)


def test_a_day_off_is_moved_to_the_next_workday_and_a_workday_stays() -> None:
    assert CHINA.on_or_after(day("2026-10-03")) == day("2026-10-08")
    assert CHINA.on_or_after(day("2026-10-10")) == day("2026-10-10")


def test_workdays_between_two_dates_leave_the_first_out_and_take_the_last_in() -> None:
    assert CHINA.count(day("2026-11-20"), day("2026-11-23")) == 1
    assert CHINA.count(day("2026-11-20"), day("2026-11-20")) == 0
    assert CHINA.count(day("2026-11-23"), day("2026-11-20")) == 0
    assert CHINA.count(day("2026-09-30"), day("2026-10-10")) == 3


def test_other_countries_have_their_own_holidays() -> None:
    america = Workdays("US")
    assert not america.is_workday(day("2026-11-26"))
    assert america.is_workday(day("2026-10-01"))
    assert america.is_published(2035)


def test_a_country_that_nobody_knows_has_its_weekends_off() -> None:
    nowhere = Workdays("XX")
    assert nowhere.is_workday(day("2026-10-01"))
    assert not nowhere.is_workday(day("2026-10-03"))
    assert not nowhere.is_published(2026)
