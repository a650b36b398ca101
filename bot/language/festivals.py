"""Festivals: how they are named (`lexicon/festivals.yaml`), on which day they are, and when work goes on after them."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import chinese_calendar
import yaml

from bot.workdays import Workdays

FILE = Path(__file__).parent / "lexicon" / "festivals.yaml"
DAY = dtm.timedelta(days=1)
SPAN = "(?:节|当天|那天|期间|放假|假期|小长假|长假|黄金周)"
AFTER = "(?P<after>(?:之后|以后|过后|后)(?:的?第?一?个?(?:工作日|上班))?)"
BEFORE = "(?P<before>之前|以前|前(?![后台往面去]))"
UNNAMED = (
    "(?:(?P<over_>[过放]完)假(?:之?后|以后)?|(?:小?长假|放假|假期|黄金周)(?:(?P<after___>之?后|以后|回来)|(?P<before___>之?前|以前))"
    "|(?:过完)?(?<![春环细季章关情调时礼枝])节(?:(?P<after____>之?后|以后)|(?P<before____>之?前|以前)))"
)
EN_UNNAMED = "(?P<lead_>after|before) the (?:public |bank |long )?(?:holidays?|weekend break|long weekend|break)"


@dataclass(frozen=True)
class Festivals:
    """The lexicon. `days` holds for each festival its month-day, its column of `lunar`, or its solar term."""

    days: Mapping[str, str]
    words: Mapping[str, str]
    whole: Mapping[str, str]
    english: Mapping[str, str]
    breaks: tuple[str, ...]
    not_days: str
    lunar: Mapping[int, tuple[str, int, str, str, str, str]]


@cache
def festivals() -> Festivals:
    """The lexicon, read once."""
    data = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    entries: dict[str, dict[str, str]] = data["festivals"]
    return Festivals(
        days={name: one["day"] for name, one in entries.items()},
        words={name: one["words"] for name, one in entries.items()},
        whole={name: one["whole"] for name, one in entries.items() if "whole" in one},
        english={name: one["en"] for name, one in entries.items() if "en" in one},
        breaks=tuple(data["breaks"]),
        not_days=data["not_days"],
        lunar={year: tuple(row) for year, row in data["lunar"].items()},
    )


def patterns() -> tuple[str, str]:
    """The pattern that finds festivals in Chinese, and that in English.

    Groups: `f…` the festival by its number; `after`, `over`, `before` or `lead` (after, before, by) around it.
    """
    lexicon = festivals()
    words, whole, english = (
        "|".join(f"(?P<{mark}{number}>{table[name]})" for number, name in enumerate(lexicon.days) if name in table)
        for mark, table in (("fw", lexicon.words), ("fx", lexicon.whole), ("fe", lexicon.english))
    )
    again = (
        "(?:"
        + "|".join(
            f"(?P<fx{number}_>{lexicon.whole[name]})"
            for number, name in enumerate(lexicon.days)
            if name in lexicon.whole
        )
        + ")"
    )
    after, before = (one.replace(">", "_>", 1) for one in (AFTER, BEFORE))
    chinese = (
        rf"(?P<over>过[了完])?(?:{words}){SPAN}*+(?:{AFTER}|{BEFORE}|(?!{lexicon.not_days}))"
        rf"|(?<![\d一二三四五六七八九十双第])(?:(?P<over__>过[了完])?(?:{whole})(?:{SPAN}*+(?:{after}|{before})|{SPAN})|(?P<over___>过[了完]){again})"
        rf"|{UNNAMED}"
    )
    holiday = rf"(?: holidays?| break|(?!{lexicon.not_days}))"
    return chinese, rf"(?:(?P<lead>after|before|by) (?:the )?)?(?:{english}){holiday}|{EN_UNNAMED}"


def name_of(said: Mapping[str, str]) -> str | None:
    """The festival that a match of one of the patterns names; None where it names none (节后)."""
    number = next((key[2:] for key in said if key[:2] in ("fw", "fx", "fe")), None)
    return None if number is None else list(festivals().days)[int(number)]


@lru_cache(maxsize=1000)
def day_in(name: str, year: int) -> dtm.date | None:
    """The day of a festival in a year; None for a lunar one beyond the years of the table."""
    key = festivals().days[name]
    if key[0].isdigit():
        return dtm.date.fromisoformat(f"{year}-{key}")
    if not key.isascii():
        terms = chinese_calendar.get_solar_terms(dtm.date(year, 1, 1), dtm.date(year, 12, 31))
        return next((day for day, term in terms if term == key), None)
    if (row := festivals().lunar.get(year)) is None:
        return None
    spring, twelfth, dragon_boat, double_seventh, mid_autumn, double_ninth = row
    first = dtm.date.fromisoformat(f"{year}-{spring}")
    match key:
        case "dragon_boat":
            return dtm.date.fromisoformat(f"{year}-{dragon_boat}")
        case "double_seventh":
            return dtm.date.fromisoformat(f"{year}-{double_seventh}")
        case "mid_autumn":
            return dtm.date.fromisoformat(f"{year}-{mid_autumn}")
        case "double_ninth":
            return dtm.date.fromisoformat(f"{year}-{double_ninth}")
        case _:
            return first + {"spring": 0, "eve": -1, "lantern": 14, "small_year": 22 - twelfth}[key] * DAY


def next_day(name: str, today: dtm.date) -> dtm.date | None:
    """The next day of a festival, today included."""
    return next((day for day in _days(name, today) if day >= today), None)


def work_after(name: str, today: dtm.date, workdays: Workdays) -> dtm.date | None:
    """The first workday after a festival and its days off; today's festival if it is not over, else the next."""
    return next((after for day in _days(name, today) if (after := workdays.after(day, 1)) > today), None)


def next_break(today: dtm.date) -> dtm.date:
    """The day of the festival with days off that comes next, today included."""
    return min(day for name in festivals().breaks if (day := next_day(name, today)) is not None)


def work_after_break(today: dtm.date, workdays: Workdays) -> dtm.date:
    """The first workday after the festival with days off that is on, or comes next."""
    afters = (work_after(name, today, workdays) for name in festivals().breaks)
    return min(day for day in afters if day is not None)


def lunar_day(month: int, day: int, today: dtm.date) -> dtm.date | None:
    """The next such day of the first or the twelfth lunar month; None beyond the years of the table."""
    for year in range(today.year, today.year + 3):
        if (row := festivals().lunar.get(year)) is not None:
            first = dtm.date.fromisoformat(f"{year}-{row[0]}") - (row[1] * DAY if month > 1 else 0 * DAY)
            if first + (day - 1) * DAY >= today:
                return first + (day - 1) * DAY
    return None


def _days(name: str, today: dtm.date) -> Iterator[dtm.date]:
    for year in range(today.year - 1, today.year + 2):
        if (day := day_in(name, year)) is not None:
            yield day
