"""Workdays of a country with its make-up days (调休), an owner's own list, and a person's leave.

China announces the days of a year late in the year before. Until the library knows them, the statutory days count, each
of the three long breaks with its usual length. Held against the notices for 2025 and 2026 this is wrong on 6 and 7 days
of the year, nearly all of them make-up days; the bare statutory days are wrong on 10 and 12.
"""

from __future__ import annotations

import datetime as dtm
import importlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from types import ModuleType

import chinese_calendar

DAY = dtm.timedelta(days=1)
SATURDAY = 5
USUAL_BREAKS = (("Chinese New Year's Eve", 8), ("Labor Day", 5), ("National Day", 7))
"""China's long breaks: the statutory day that opens each, and its days off (notices for 2025 and 2026)."""


@dataclass(frozen=True)
class Workdays:
    """The workdays of one person.

    `country` is an ISO 3166 code; one that nobody knows has only its weekends off. `extra` is the owner's list, day →
    whether it is a workday, and goes before the calendar. `leave` holds first and last days off, and goes before all.
    """

    country: str = "CN"
    extra: Mapping[dtm.date, bool] = field(default_factory=dict)
    leave: tuple[tuple[dtm.date, dtm.date], ...] = ()

    def is_workday(self, day: dtm.date) -> bool:
        """Whether he works on the day."""
        if any(first <= day <= last for first, last in self.leave):
            return False
        if day in self.extra:
            return self.extra[day]
        return day in _workdays(self.country, day.year)

    def on_or_after(self, day: dtm.date) -> dtm.date:
        """The day, moved to the next workday where it is a day off."""
        return day if self.is_workday(day) else self.after(day, 1)

    def after(self, day: dtm.date, count: int) -> dtm.date:
        """The count-th workday after the day; the day itself for 0."""
        while count > 0:
            day += DAY
            count -= self.is_workday(day)
        return day

    def count(self, first: dtm.date, last: dtm.date) -> int:
        """Workdays after the first date, up to and including the last (domain.md §4); 0 where the last is not later."""
        return sum(self.is_workday(first + number * DAY) for number in range(1, (last - first).days + 1))

    def is_published(self, year: int) -> bool:
        """Whether the days of the year are known, from the calendar or from the owner's list."""
        return _is_known(self.country, year) or any(day.year == year for day in self.extra)


@cache
def _workdays(country: str, year: int) -> frozenset[dtm.date]:
    first = dtm.date(year, 1, 1)
    days = [first + number * DAY for number in range((dtm.date(year, 12, 31) - first).days + 1)]
    if country == "CN" and _is_known(country, year):
        return frozenset(filter(chinese_calendar.is_workday, days))
    off = _statutory(country, year)
    return frozenset(day for day in days if day.weekday() < SATURDAY and day not in off)


@cache
def _is_known(country: str, year: int) -> bool:
    if country == "CN":
        try:
            chinese_calendar.is_workday(dtm.date(year, 1, 1))
        except NotImplementedError:
            return False
        return True
    return country in _holidays().list_supported_countries()


@cache
def _statutory(country: str, year: int) -> frozenset[dtm.date]:
    holidays = _holidays()
    if country not in holidays.list_supported_countries():
        return frozenset()
    calendar = holidays.country_holidays(country, years=year, language="en_US")
    off = set(calendar)
    if country == "CN":
        for name, length in USUAL_BREAKS:
            for opens in sorted(calendar.get_named(name))[:1]:
                off |= {opens + number * DAY for number in range(length)}
    return frozenset(off)


def _holidays() -> ModuleType:
    """The library, imported where first needed: 0.25 s and 19 MB that China's published years do without."""
    return importlib.import_module("holidays")
