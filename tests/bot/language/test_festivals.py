from __future__ import annotations

import datetime as dtm

import holidays
import pytest

from bot.language.festivals import day_in, festivals, lunar_day, next_day, work_after, work_after_break
from bot.workdays import Workdays

NAMED = {"春节": "Chinese New Year (Spring Festival)", "端午": "Dragon Boat Festival", "中秋": "Mid-Autumn Festival"}


@pytest.mark.parametrize("year", festivals().lunar)
@pytest.mark.parametrize("name", NAMED)
def test_lunar_festivals_are_those_of_the_library(name: str, year: int) -> None:
    calendar = holidays.country_holidays("CN", years=year, language="en_US")
    assert day_in(name, year) == min(calendar.get_named(NAMED[name]))


@pytest.mark.parametrize(
    ("name", "year", "expected"),
    [
        ("除夕", 2027, dtm.date(2027, 2, 5)),
        ("元宵", 2027, dtm.date(2027, 2, 20)),
        ("小年", 2027, dtm.date(2027, 1, 30)),
        ("小年", 2030, dtm.date(2030, 1, 26)),
        ("七夕", 2026, dtm.date(2026, 8, 19)),
        ("七夕", 2025, dtm.date(2025, 8, 29)),
        ("重阳", 2026, dtm.date(2026, 10, 18)),
        ("冬至", 2026, dtm.date(2026, 12, 22)),
        ("清明", 2027, dtm.date(2027, 4, 5)),
        ("国庆", 2060, dtm.date(2060, 10, 1)),
        ("春节", 2060, None),
    ],
)
def test_the_day_of_a_festival(name: str, year: int, expected: dtm.date | None) -> None:
    assert day_in(name, year) == expected


def test_the_next_day_of_a_festival_counts_today() -> None:
    assert next_day("中秋", dtm.date(2026, 9, 25)) == dtm.date(2026, 9, 25)
    assert next_day("中秋", dtm.date(2026, 9, 26)) == dtm.date(2027, 9, 15)


def test_work_goes_on_after_the_days_off_of_a_festival() -> None:
    china = Workdays()
    assert work_after("国庆", dtm.date(2026, 9, 28), china) == dtm.date(2026, 10, 8)
    assert work_after("国庆", dtm.date(2026, 10, 3), china) == dtm.date(2026, 10, 8)
    assert work_after("国庆", dtm.date(2026, 10, 8), china) == dtm.date(2027, 10, 8)
    assert work_after_break(dtm.date(2026, 9, 20), china) == dtm.date(2026, 9, 28)
    assert work_after("圣诞", dtm.date(2026, 12, 20), china) == dtm.date(2026, 12, 28)


def test_days_of_the_first_and_of_the_twelfth_lunar_month() -> None:
    assert lunar_day(1, 15, dtm.date(2026, 11, 21)) == dtm.date(2027, 2, 20)
    assert lunar_day(12, 20, dtm.date(2026, 11, 21)) == dtm.date(2027, 1, 27)
    assert lunar_day(12, 30, dtm.date(2030, 1, 1)) == dtm.date(2030, 2, 2)
