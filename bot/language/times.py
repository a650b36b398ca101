"""Times of day, spans of hours and numbers of minutes in what people type where the coach asked for one."""

from __future__ import annotations

import datetime as dtm
import re

from bot.language.amounts import SPOKEN, in_figures
from bot.language.dates import find_dates
from bot.language.plain import plain
from bot.workdays import Workdays

LONGEST = 40
"""Characters of a text that names a time and little else."""

ANY_DAY = dtm.datetime(2026, 1, 5, 0, 0)  # noqa: DTZ001 - only the time of a day is read
BARE = re.compile(r"(\d{1,2})(?::?([0-5]\d))?")
"""A time in figures alone: 9, 0830, 21:30."""

SAID_EARLY = re.compile(r"早|晨|上午|凌晨|morning|\b(?:\d+\s*)?a\.?m\b")
SAID_LATE = re.compile(
    r"下午|傍晚|晚|夜|afternoon|evening|night|\b(?:\d+\s*)?p\.?m\b|^\D*(?:1[3-9]|2[0-3])(?:\D|\d\d$|$)"
)
"""What leaves no doubt on which half of the day a time lies."""

HALF_DAY = dtm.timedelta(hours=12)
BETWEEN = re.compile(r"\s*(?:到|至|-|~|–|—|\bto\b|\buntil\b)\s*")

MINUTES = {"分": 1, "分钟": 1, "刻钟": 15, "小时": 60, "钟头": 60, "天": 1440, "m": 1, "min": 1, "minute": 1}
MINUTES |= {"h": 60, "hr": 60, "hour": 60, "day": 1440, "": 1}
NAMES = "|".join(sorted(filter(None, MINUTES), key=len, reverse=True))
COUNT = r"(半|half an?|an?|\d{1,4}(?:\.\d)?)\s*(个半)?\s*个?"
LASTING = re.compile(rf"(?:提前|早|提早)?\s*{COUNT}\s*({NAMES})?s?\s*(半)?\s*(?:before|earlier|early|ahead)?")


def read_time(text: str, first: dtm.time, last: dtm.time) -> dtm.time | None:
    """The time of day that a text names, None where it names none, or one outside `first` to `last`.

    An hour that lies outside is meant on the twelve-hour clock, unless it says otherwise: 8点 for an evening is 20:00.
    """
    said = _time(text)
    if said is None or first <= said <= last:
        return said
    other = (dtm.datetime.combine(ANY_DAY, said) + HALF_DAY).time()
    is_said = (SAID_EARLY if other > said else SAID_LATE).search(plain(text)) is not None
    return other if first <= other <= last and not is_said else None


def read_hours(text: str) -> tuple[dtm.time, dtm.time] | None:
    """From and until of a span of hours (22:00-7:00, 晚上10点到早上7点), None where it is not clear."""
    if len(text) > LONGEST:
        return None
    flat = plain(text)
    for between in BETWEEN.finditer(flat):
        first, last = _time(flat[: between.start()]), _time(flat[between.end() :])
        if first is not None and last is not None:
            return first, last
    return None


def read_minutes(text: str) -> int | None:
    """A number of minutes (45, 30分钟, 一个半小时, half an hour, 1天), None where the text is no such number."""
    if len(text) > LONGEST:
        return None
    said = LASTING.fullmatch(SPOKEN.sub(in_figures, plain(text).strip()))
    if said is None:
        return None
    count, and_half, unit, half_behind = said.groups()
    many = 0.5 if count.startswith(("半", "half")) else 1.0 if count.startswith("a") else float(count)
    return round((many + 0.5 * bool(and_half or half_behind)) * MINUTES[unit or ""])


def _time(text: str) -> dtm.time | None:
    """The time of day in a text; figures alone are hours and minutes."""
    flat = plain(text).strip()
    if len(flat) > LONGEST:
        return None
    if bare := BARE.fullmatch(flat):
        hour, minute = int(bare[1]), int(bare[2] or 0)
        return dtm.time(hour, minute) if hour < 24 else None  # noqa: PLR2004 - hours of a day
    times = [one.time for one in find_dates(f"今天{flat}", ANY_DAY, Workdays()) if one.time is not None]
    return times[0] if len(times) == 1 else None
