"""Times of day, spans of hours and minutes as people type them where the coach asked for one."""

from __future__ import annotations

import datetime as dtm

import pytest

from bot.language.times import read_hours, read_minutes, read_time

MORNING = dtm.time(4), dtm.time(13, 59)
EVENING = dtm.time(14), dtm.time(23, 30)


def clock(time: dtm.time | None) -> str:
    return "" if time is None else f"{time:%H:%M}"


@pytest.mark.parametrize(
    ("text", "morning", "evening"),
    [
        ("9点", "09:00", "21:00"),
        ("9点半", "09:30", "21:30"),
        ("8:45", "08:45", "20:45"),
        ("８：４５", "08:45", "20:45"),
        ("0830", "08:30", "20:30"),
        ("830", "08:30", "20:30"),
        ("5点", "05:00", "17:00"),
        ("5点20", "05:20", "17:20"),
        ("八点三刻", "08:45", "20:45"),
        ("half past eight", "08:30", "20:30"),
        ("早上5点", "05:00", ""),
        ("5 am", "05:00", ""),
        ("晚上八点半", "", "20:30"),
        ("21:30", "", "21:30"),
        ("2130", "", "21:30"),
        ("9pm", "", "21:00"),
        ("13:00", "13:00", ""),
        ("3:00", "", "15:00"),
        ("24:00", "", ""),
        ("25", "", ""),
        ("早上", "", ""),
        ("周三", "", ""),
        ("9点到10点", "", ""),
        ("随便吧", "", ""),
        ("", "", ""),
        ("9" * 5000, "", ""),
    ],
)
def test_a_time_of_day_on_the_half_of_the_day_that_fits(text: str, morning: str, evening: str) -> None:
    assert (clock(read_time(text, *MORNING)), clock(read_time(text, *EVENING))) == (morning, evening)


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("22:00-7:00", "22:00 07:00"),
        ("21:00～07:00", "21:00 07:00"),
        ("22-7", "22:00 07:00"),
        ("2200-0700", "22:00 07:00"),
        ("0000-0000", "00:00 00:00"),
        ("22点到7点", "22:00 07:00"),
        ("晚上10点到早上7点", "22:00 07:00"),
        ("从晚上九点半到早上六点", "21:30 06:00"),
        ("10pm to 7am", "22:00 07:00"),
        ("不要", ""),
        ("22:00", ""),
        ("25:00-7:00", ""),
        ("1-" * 3000, ""),
    ],
)
def test_a_span_of_hours(text: str, hours: str) -> None:
    found = read_hours(text)
    assert (f"{clock(found[0])} {clock(found[1])}" if found else "") == hours


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45", 45),
        ("30分钟", 30),
        ("三十分钟", 30),
        ("半小时", 30),
        ("1小时", 60),
        ("一个半小时", 90),
        ("1.5小时", 90),
        ("两小时半", 150),
        ("提前一刻钟", 15),
        ("2h", 120),
        ("half an hour", 30),
        ("an hour", 60),
        ("45 minutes before", 45),
        ("1天", 1440),
        ("早点", None),
        ("-5", None),
        ("30分钟吧不对60", None),
        ("", None),
        ("1" * 5000, None),
    ],
)
def test_a_number_of_minutes(text: str, minutes: int | None) -> None:
    assert read_minutes(text) == minutes
