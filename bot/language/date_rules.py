"""What each rule of `lexicon/dates.yaml` means: from the words that it finds to a day, a time, or a vague one.

A rule's meaning is the function of its name. It gets the named groups as said and the frame in which they are said, and
returns None where the words name no day after all.
"""

from __future__ import annotations

import calendar
import datetime as dtm
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from pathlib import Path

import yaml

from bot.language import festivals
from bot.workdays import Workdays

FILE = Path(__file__).parent / "lexicon" / "dates.yaml"
WORD = re.compile(r"\{([a-z_]+)\}")
GROUP = re.compile(r"\(\?P<[a-z_0-9]+>")

DAY = dtm.timedelta(days=1)
MONTHS = 12
QUARTER = 3
HALF_MONTH = 15
NOON, MIDNIGHT = 12, 24
WEDNESDAY, FRIDAY, SUNDAY = 2, 4, 6
DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
TENS = {"廿": 20, "卅": 30}
WEEKDAYS = {name: number for number, name in enumerate("一二三四五六日")} | {"天": SUNDAY, "末": SUNDAY}
EN_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")
EN_NUMBERS = {word: number for number, word in enumerate(EN_WORDS, 1)} | {"a": 1, "an": 1}
EN_NUMBERS |= {"fifteen": 15, "twenty": 20, "thirty": 30}
EN_WEEKDAYS = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
EN_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
SHIFT = {"上上": -2, "上": -1, "下": 1, "下下": 2, "下下下": 3, "last": -1, "next": 1, "the following": 1, "coming": 0}
YEARS = {"去": -1, "今": 0, "明": 1, "来": 1, "后": 2}
DAY_WORDS = {"大前": -3, "前": -2, "昨": -1, "琴": -1, "寻": -1, "今": 0}
DAY_WORDS |= {"今明": 1, "明": 1, "听": 1, "隔": 1, "翌": 1, "次": 1, "后": 2, "大后": 3}
EN_DAY_WORDS = {
    "a week tod": 7,
    "a week tom": 8,
    "tomorrow week": 8,
    "day after": 2,
    "day before": -2,
    "yest": -1,
    "last": -1,
    "tod": 0,
    "ton": 0,
    "this": 0,
}
STRETCHES = {"初": 1, "上旬": 10, "中": 15, "中旬": 15}
"""The day of a month that a part of it stands for; the last day for any other part."""
MINUTES = {"分钟": 1, "刻钟": 15, "小时": 60, "钟头": 60, "h": 60}
EN_UNITS = (
    *(("min", "分钟", 1), ("h", "小时", 1), ("day", "天", 1), ("w", "周", 1), ("fortnight", "周", 2)),
    *(("month", "月", 1), ("quarter", "季度", 1), ("year", "年", 1)),
)
AMBIGUOUS = ("sat", "sun", "mon", "wed")
"""Short names of weekdays that also are other words."""


@dataclass(frozen=True)
class Frame:
    """When and for whom a text is read: his local time, without zone, and his workdays; whether it is all English."""

    now: dtm.datetime
    workdays: Workdays
    is_english: bool = False

    @property
    def today(self) -> dtm.date:
        """The local day."""
        return self.now.date()

    @cached_property
    def break_day(self) -> dtm.date:
        """The day of the festival with days off that comes next (节前)."""
        return festivals.next_break(self.today)

    @cached_property
    def work_after_break(self) -> dtm.date:
        """The first workday after the festival with days off that is on, or comes next (节后)."""
        return festivals.work_after_break(self.today, self.workdays)


@dataclass(frozen=True)
class Sense:
    """What a piece of a text says.

    `part` are words for a part of the day; `eve` is the day that 前 makes of a festival; `scope` says how far back the
    next date may lean on this one (day, week, month), and `bare` that it is itself a weekday, a day of a month or of a
    year alone, that may lean or be put back. `weak`: a date only beside something that makes it one.
    """

    day: dtm.date | None = None
    time: dtm.time | None = None
    part: str = ""
    eve: dtm.date | None = None
    is_deadline: bool = False
    is_vague: bool = False
    proposal: dtm.date | None = None
    is_past: bool = False
    bare: str = ""
    scope: str = ""
    weak: bool = False


Said = Mapping[str, str]
Rule = Callable[[Said, Frame], Sense | None]


@dataclass(frozen=True)
class Grammar:
    """The lexicon, compiled: `pieces` finds what any rule finds, `rules` are the single ones, `marks` all the rest."""

    pieces: re.Pattern[str]
    rules: Mapping[str, re.Pattern[str]]
    vague: tuple[tuple[re.Pattern[str], int | None], ...]
    marks: Mapping[str, re.Pattern[str]]


@cache
def grammar() -> Grammar:
    """The grammar of `lexicon/dates.yaml`, compiled once."""
    data = yaml.load(FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    words: dict[str, str] = dict(data["words"])
    for name in ("vague", "en_vague"):
        words[name] = "(?:" + "|".join(one["words"] for one in data[name]) + ")"
    chinese, english = festivals.patterns()
    zh_rules = {**{name: _filled(one, words) for name, one in data["rules"].items()}, "festival": chinese}
    en_rules = {**{name: _filled(one, words) for name, one in data["en_rules"].items()}, "en_festival": english}
    en_rules = {name: f"(?:{one})(?![a-z])" for name, one in en_rules.items()}
    return Grammar(
        re.compile(f"(?={data['begins']})(?:{_any(zh_rules)})|(?<![a-z0-9])(?=[a-z0-9])(?:{_any(en_rules)})"),
        {name: re.compile(one) for name, one in (*zh_rules.items(), *en_rules.items())},
        tuple((re.compile(one["words"]), one["days"]) for name in ("vague", "en_vague") for one in data[name]),
        {name: re.compile(one) for name, one in data.items() if isinstance(one, str)},
    )


def _filled(source: str, words: Mapping[str, str]) -> str:
    return WORD.sub(lambda found: words[found[1]], source)


def _any(rules: Mapping[str, str]) -> str:
    """All rules as one pattern in which only the rules themselves are named."""
    return "|".join(f"(?P<{name}>{GROUP.sub('(?:', one)})" for name, one in rules.items())


# -- Numbers and days -------------------------------------------------------------------------------------------------


def number(text: str) -> int:
    """The value of a number in Arabic figures, or up to 99 in Chinese, or up to 30 in English."""
    text = text.strip().removeprefix("初")
    if text.isdigit():
        return int(text)
    if text in EN_NUMBERS or "couple" in text:
        return EN_NUMBERS.get(text, 2)
    if text[0] in TENS:
        return TENS[text[0]] + DIGITS[text[1:] or "零"]
    tens, ten, ones = text.rpartition("十")
    return (DIGITS[tens or "一"] * 10 if ten else 0) + DIGITS[ones[-1:] or "零"]


def several(text: str) -> int:
    """The larger of two numbers said together: 两三, 2-3, two or three."""
    figures = re.findall(r"\d+|[a-z]+$", text)
    return number(figures[-1] if figures else text[-1])


def of_month(year: int, month: int, day: int) -> dtm.date | None:
    """The day of a month counted on from January of the year; None where there is no such day."""
    year, month = year + (month - 1) // MONTHS, (month - 1) % MONTHS + 1
    return dtm.date(year, month, day) if 1 <= day <= calendar.monthrange(year, month)[1] else None


def month_start(year: int, month: int) -> dtm.date:
    """The first day of a month counted on from January of the year."""
    return dtm.date(year + (month - 1) // MONTHS, (month - 1) % MONTHS + 1, 1)


def month_end(year: int, month: int) -> dtm.date:
    """The last day of a month counted on from January of the year."""
    return month_start(year, month + 1) - DAY


def months_on(day: dtm.date, count: int) -> dtm.date:
    """The same day so many months on, or the last of that month."""
    return of_month(day.year, day.month + count, day.day) or month_end(day.year, day.month + count)


def monday(day: dtm.date) -> dtm.date:
    """The Monday of the day's week."""
    return day - day.weekday() * DAY


def next_weekday(today: dtm.date, weekday: int, *, today_counts: bool) -> dtm.date:
    """The next such weekday."""
    ahead = (weekday - today.weekday()) % 7
    return today + (ahead or (0 if today_counts else 7)) * DAY


def next_month_day(today: dtm.date, day: int) -> dtm.date | None:
    """The next such day of a month, today included."""
    days = (of_month(today.year, today.month + ahead, day) for ahead in range(3))
    return next((found for found in days if found is not None and found >= today), None)


def next_date(today: dtm.date, month: int, day: int) -> dtm.date | None:
    """The next such day of a year, today included; None where there is no such month or day."""
    if not 1 <= month <= MONTHS:
        return None
    days = (of_month(today.year + ahead, month, day) for ahead in range(9))
    return next((found for found in days if found is not None and found >= today), None)


def stretch_of(year: int, month: int, stretch: str) -> dtm.date:
    """The day that stands for a part of a month counted on from January of the year."""
    day = STRETCHES.get(stretch)
    return month_end(year, month) if day is None else month_start(year, month) + (day - 1) * DAY


def ahead_of(count: float, unit: str, frame: Frame) -> Sense:
    """So many units on from now (back where negative), with the time where the unit is shorter than a day."""
    if unit in MINUTES:
        moment = (frame.now + dtm.timedelta(minutes=count * MINUTES[unit])).replace(second=0, microsecond=0)
        return Sense(moment.date(), moment.time())
    if unit == "工作日":
        return Sense(frame.workdays.after(frame.today, int(count)))
    if unit in ("月", "季度", "年"):
        months = count * {"月": 1, "季度": QUARTER, "年": MONTHS}[unit]
        return Sense(months_on(frame.today, int(months // 1)) + round(months % 1 * 2 * HALF_MONTH) * DAY)
    return Sense(frame.today + round(count * (1 if unit in ("天", "日") else 7)) * DAY)


def _year(text: str, today: dtm.date) -> int:
    if text[0] in YEARS:
        return today.year + YEARS[text[0]]
    return int(text.removesuffix("年").rjust(4, "0")) % 2000 + 2000


def _dated(day: dtm.date | None) -> Sense | None:
    return None if day is None else Sense(day, scope="month")


# -- Chinese ----------------------------------------------------------------------------------------------------------


def _full_date(said: Said, frame: Frame) -> Sense | None:
    year, month, day = _year(said["year"], frame.today), number(said["month"]), number(said["day"])
    days = (of_month(year, *pair) for pair in ((month, day), (day, month)) if pair[0] <= MONTHS)
    found = [one for one in days if one is not None]
    is_figures_last = said["whole"].endswith(said["year"])
    return _dated(next((one for one in found if one >= frame.today or not is_figures_last), next(iter(found), None)))


def _offset(said: Said, frame: Frame) -> Sense | None:
    if "ago" in said and said["unit"] == "工作日":
        return None
    count = _count(said) * (-1 if "ago" in said else 1)
    return replace(ahead_of(count, said["unit"], frame), is_deadline="within" in said, is_past="ago" in said)


def _count(said: Said) -> float:
    if "some" in said:
        return several(said["some"])
    return (0.5 if said["count"] == "半" else number(said["count"])) + 0.5 * ("half" in said or "more" in said)


def _passing(said: Said, frame: Frame) -> Sense | None:
    return ahead_of(_count(said), said["unit"], frame)


def _several_days(said: Said, frame: Frame) -> Sense | None:
    if "ago" in said:
        return Sense(is_vague=True, is_past=True)
    far = 3 if "few" in said else 0 if "bit" in said else 7 if "while" in said else 2
    return Sense(is_vague=True, proposal=frame.today + far * DAY)


def _new_year(said: Said, frame: Frame) -> Sense | None:
    return _festival({**said, "name": "春节"}, frame)


def _year_month(said: Said, frame: Frame) -> Sense | None:
    year, month = _year(said["year"], frame.today), number(said["month"])
    if "day" in said:
        return _dated(of_month(year, month, number(said["day"])))
    if "stretch" in said:
        return Sense(stretch_of(year, month, said["stretch"]))
    return Sense(month_end(year, month), is_deadline=True)


def _month_day(said: Said, frame: Frame) -> Sense | None:
    month, today = number(said["month"]), frame.today
    if "day" in said:
        found = next_date(today, month, number(said["day"]))
        return None if found is None else Sense(found, bare="yearday")
    day = stretch_of(today.year, month, said["stretch"])
    return Sense(day if day >= today else stretch_of(today.year + 1, month, said["stretch"]))


def _named_month(said: Said, frame: Frame) -> Sense | None:
    month = number(said["month"])
    return Sense(month_end(frame.today.year + (month < frame.today.month), month), is_deadline=True)


def _lunar_day(said: Said, frame: Frame) -> Sense | None:
    day = festivals.lunar_day(MONTHS if "twelfth" in said else 1, number(said["day"]), frame.today)
    return None if day is None else Sense(day)


def _relative_month(said: Said, frame: Frame) -> Sense | None:
    shift = SHIFT.get(said["which"], 0)
    year, month = frame.today.year, frame.today.month + shift
    if said["which"] == "每" and "day" in said:
        return _dated(next_month_day(frame.today, number(said["day"])))
    if "day" in said:
        return _dated(of_month(year, month, number(said["day"])))
    if "stretch" in said:
        return Sense(stretch_of(year, month, said["stretch"]))
    if said["which"] in "那每当":
        return None
    return Sense(is_vague=True, is_past=True) if shift < 0 else Sense(month_end(year, month), is_deadline=True)


def _half_month(said: Said, frame: Frame) -> Sense | None:
    today = frame.today
    end = today.replace(day=HALF_MONTH) if said["which"] == "上" else month_end(today.year, today.month)
    return Sense(end, is_deadline=True)


def _bare_month(said: Said, frame: Frame) -> Sense | None:
    today = frame.today
    day = stretch_of(today.year, today.month, said["stretch"])
    if day < today:
        day = stretch_of(today.year, today.month + 1, said["stretch"])
    return Sense(day, is_deadline=said["stretch"] == "内")


def _quarter(said: Said, frame: Frame) -> Sense | None:
    shift, edge, year = SHIFT.get(said.get("which", ""), 0), said.get("edge", ""), frame.today.year
    if shift < 0 or (shift == 0 and not edge):
        return None
    now = (frame.today.month - 1) // QUARTER
    which = number(said["number"]) - 1 if "number" in said else now + shift
    if "number" in said and which < now:
        which += MONTHS // QUARTER
    if edge == "初":
        return Sense(month_start(year, which * QUARTER + 1))
    return Sense(month_end(year, which * QUARTER + QUARTER), is_deadline=edge in ("", "内"))


def _year_edge(said: Said, frame: Frame) -> Sense | None:
    year, edge = frame.today.year + YEARS.get(said.get("which", "今"), 0), said["edge"]
    if edge == "初":
        return Sense(dtm.date(year, 1, 1)) if "which" in said else None
    if edge == "中":
        day = dtm.date(year, MONTHS // 2, 30)
        return Sense(day if day >= frame.today or "which" in said else day.replace(year=year + 1))
    return Sense(dtm.date(year, MONTHS, 31), is_deadline=edge == "内")


def _day_word(said: Said, frame: Frame) -> Sense | None:
    word = said["word"]
    key = word[:2] if word[:2] in DAY_WORDS else word[0]
    return Sense(frame.today + DAY_WORDS[key] * DAY, scope="day")


def _weekday(said: Said, frame: Frame) -> Sense | None:
    which, name, today = said.get("which", ""), said["weekday"], frame.today
    day = int(name) - 1 if name.isdigit() else WEEKDAYS[name]
    if which in SHIFT:
        return Sense(monday(today) + (7 * SHIFT[which] + day) * DAY, scope="week")
    is_this = which in ("本", "这", "当")
    found = next_weekday(today, day, today_counts=is_this or name == "末")
    return Sense(found, bare="" if is_this else "weekday", scope="week")


def _weekend_over(said: Said, frame: Frame) -> Sense | None:
    return Sense(monday(frame.today) + (14 if "which" in said else 7) * DAY)


def _week(said: Said, frame: Frame) -> Sense | None:
    shift, edge = SHIFT.get(said["which"], 0), said.get("edge", "")
    first = monday(frame.today) + 7 * shift * DAY
    if shift < 0:
        return Sense(is_vague=True, is_past=True)
    if edge and edge in "初中底尾":
        return Sense(first + {"初": 0, "中": WEDNESDAY}.get(edge, FRIDAY) * DAY)
    return Sense(first + SUNDAY * DAY, is_deadline=True, scope="week")


def _month_day_figures(said: Said, frame: Frame) -> Sense | None:
    """A day in figures: month first, where it can be; in English with / whichever comes first, with a dot day first."""
    first, second = int(said["month"]), int(said["day"])
    orders = [(first, second)]
    if said["mark"] == "." and frame.is_english:
        orders = [(second, first)] if len(said["day"]) == len("12") else []
    elif said["mark"] in "/." and (frame.is_english or first > MONTHS):
        orders.append((second, first))
    days = [day for month, day_ in orders if (day := next_date(frame.today, month, day_)) is not None]
    return Sense(min(days), scope="month", weak=True) if days else None


def _day_of_month(said: Said, frame: Frame) -> Sense | None:
    found = next_month_day(frame.today, number(said["day"]))
    return None if found is None else Sense(found, bare="monthday")


def _vague(said: Said, frame: Frame) -> Sense | None:
    days = next(days for pattern, days in grammar().vague if pattern.fullmatch(said["whole"]))
    return Sense(is_vague=True, proposal=None if days is None else frame.today + days * DAY)


def _part(said: Said, _: Frame) -> Sense | None:
    return Sense(part=said["part"])


def _clock(said: Said, _: Frame) -> Sense | None:
    hour, minute = number(said["hour"]), 0
    if "half" in said:
        minute = 30
    elif "quarters" in said:
        minute = 15 * number(said["quarters"])
    elif "minute" in said:
        minute = number(said["minute"])
    is_exact = not said.keys().isdisjoint(("half", "quarters", "minute", "strong"))
    time = dtm.time(hour, minute) if hour < MIDNIGHT else dtm.time(23, 59)
    return Sense(time=time, weak=not is_exact and hour <= NOON)


def _festival(said: Said, frame: Frame) -> Sense | None:
    lead = said.get("lead", "")
    name = said.get("name") or festivals.name_of(said)
    if lead == "after" or not said.keys().isdisjoint(("after", "over")):
        after = festivals.work_after(name, frame.today, frame.workdays) if name else frame.work_after_break
        return None if after is None else Sense(after)
    day = festivals.next_day(name, frame.today) if name else frame.break_day
    if day is None:
        return None
    if lead == "before" or "before" in said:
        return Sense(day - DAY, is_deadline=True)
    return Sense(day, eve=day - DAY, is_deadline=lead == "by")


# -- English ----------------------------------------------------------------------------------------------------------


def _en_full_date(said: Said, _: Frame) -> Sense | None:
    return _dated(of_month(int(said["year"]), EN_MONTHS[said["month"][:3]], int(said["day"])))


def _en_month_day(said: Said, frame: Frame) -> Sense | None:
    return _dated(
        next_date(frame.today, EN_MONTHS[said["month"][:3]], 1 if said["day"] == "first" else int(said["day"]))
    )


def _en_day_of_month(said: Said, frame: Frame) -> Sense | None:
    today, day = frame.today, said["day"]
    figure = 1 if day == "first" else int(re.sub(r"\D", "", day) or 0)
    if "which" not in said:
        found = next_month_day(today, figure)
        return None if found is None else Sense(found, bare="monthday")
    month = today.month + SHIFT.get(said["which"], 0)
    return _dated(month_end(today.year, month) if day == "last day" else of_month(today.year, month, figure))


def _en_offset(said: Said, frame: Frame) -> Sense | None:
    if "fortnight" in said:
        return replace(ahead_of(2, "周", frame), is_deadline=said["fortnight"].startswith("within"))
    unit, times = next((unit, times) for start, unit, times in EN_UNITS if said["unit"].startswith(start))
    if "kind" in said and unit == "天":
        unit = "工作日"
    whole = several(said["to"]) if "to" in said else number(said["count"]) if "count" in said else 0
    count = (whole + 0.5 * ("half" in said)) * times
    if said.get("tail") in (" ago", " back"):
        return None if unit == "工作日" else replace(ahead_of(-count, unit, frame), is_past=True)
    start = replace(frame, now=frame.now + DAY) if said.get("tail") == " from tomorrow" else frame
    return replace(ahead_of(count, unit, start), is_deadline=said.get("lead", "in") not in ("in", "after"))


def _en_day_word(said: Said, frame: Frame) -> Sense | None:
    word = said["word"].removeprefix("the ")
    days = next((days for start, days in EN_DAY_WORDS.items() if word.startswith(start)), 1)
    return Sense(frame.today + days * DAY, part="night" if re.search("night|nite", word) else "", scope="day")


def _en_weekday(said: Said, frame: Frame) -> Sense | None:
    today, day = frame.today, EN_WEEKDAYS[said["weekday"][:3]]
    which, week = said.get("which", ""), said.get("week", "")
    if which in ("last", "past"):
        return Sense(next_weekday(today - 7 * DAY, day, today_counts=True), is_past=True, scope="week")
    if which.startswith("next") or week == "next week":
        return Sense(monday(today) + (7 + day) * DAY, scope="week")
    if week.startswith("the week after"):
        return Sense(monday(today) + (14 + day) * DAY, scope="week")
    if week == "week" or which.startswith("a week"):
        return Sense(next_weekday(today, day, today_counts=False) + 7 * DAY, scope="week")
    is_this = "this" in (which, week[:4])
    is_weak = said["weekday"] in AMBIGUOUS and not which
    found = next_weekday(today, day, today_counts=is_this)
    return Sense(found, bare="" if which or week else "weekday", scope="week", weak=is_weak)


def _span(period: str, which: str, frame: Frame) -> tuple[dtm.date, dtm.date]:
    """First and last day of a week, month, quarter, year or named month."""
    today, shift = frame.today, SHIFT.get(which.strip(), 0)
    if period.endswith(("week", "wk")):
        first = monday(today) + 7 * shift * DAY
        return first, first + SUNDAY * DAY
    if period == "year":
        return dtm.date(today.year + shift, 1, 1), dtm.date(today.year + shift, MONTHS, 31)
    if period in ("quarter", "q1", "q2", "q3", "q4"):
        now = (today.month - 1) // QUARTER
        which_one = now + shift if period == "quarter" else int(period[1]) - 1
        start = (which_one + MONTHS // QUARTER * (which_one < now)) * QUARTER + 1
        return month_start(today.year, start), month_end(today.year, start + QUARTER - 1)
    month = today.month + shift
    if period != "month":
        month = EN_MONTHS[period[:3]]
        month += MONTHS * (month < today.month)
    return month_start(today.year, month), month_end(today.year, month)


def _en_edge(said: Said, frame: Frame) -> Sense | None:
    edge = said["edge"]
    edge = "end" if edge == "out" else edge
    period = {"eow": "week", "eom": "month", "eoy": "year"}.get(edge) or said["period"]
    first, last = _span(period, said.get("of", ""), frame)
    is_again = period == "month" and "of" not in said
    if edge in ("start", "beginning", "early"):
        first = months_on(first, 1) if first < frame.today and period == "month" else first
        return Sense(first) if first >= frame.today else None
    if edge.startswith("mid") or edge == "first half":
        if period.endswith("week"):
            return Sense(first + WEDNESDAY * DAY)
        middle = first + (last - first) // 2 if period in ("year", "quarter") else first.replace(day=HALF_MONTH)
        return Sense(months_on(middle, 1) if is_again and middle < frame.today else middle)
    if period.endswith("week") and edge in ("end", "close", "late", "eow"):
        return Sense(first + FRIDAY * DAY if first + FRIDAY * DAY >= frame.today else last)
    return Sense(last, is_deadline=edge not in ("end", "close", "late", "eom", "eoy"))


def _en_period(said: Said, frame: Frame) -> Sense | None:
    if said["which"] == "last":
        return Sense(is_vague=True, is_past=True)
    if said["which"] == "after next":
        return Sense(monday(frame.today) + (14 + SUNDAY) * DAY, is_deadline=True, scope="week")
    return Sense(_span(said["period"], said["which"], frame)[1], is_deadline=True, scope="week")


def _en_weekend(said: Said, frame: Frame) -> Sense | None:
    first, lead = monday(frame.today) + (7 if "next" in said else 0) * DAY, said.get("lead", "")
    day = {"before": FRIDAY, "after": SUNDAY + 1}.get(lead, SUNDAY)
    return Sense(first + day * DAY, is_deadline=lead in ("before", "by"))


def _en_named_month(said: Said, frame: Frame) -> Sense | None:
    first, last = _span(said["month"], "", frame)
    return Sense(last if said["whole"].startswith(("in", "during")) else first, is_deadline=True)


def _en_clock(said: Said, _: Frame) -> Sense | None:
    hour, minute = number(said["hour"]), int(said.get("minute", "0").lstrip(":"))
    if "past" in said:
        minute = {"half past": 30, "quarter past": 15, "quarter to": 45}[said["past"]]
        hour -= said["past"] == "quarter to"
    if "half" in said:
        return Sense(time=dtm.time(hour % MONTHS + MONTHS * said["half"].startswith("p"), minute), part="clock")
    is_deadline = said.get("at") in ("by", "before")
    return Sense(time=dtm.time(hour, minute), is_deadline=is_deadline, weak="at" in said and "minute" not in said)


MEANINGS: Mapping[str, Rule] = {
    "full_date": _full_date,
    "offset": _offset,
    "several_days": _several_days,
    "passing": _passing,
    "new_year": _new_year,
    "year_month": _year_month,
    "month_day": _month_day,
    "named_month": _named_month,
    "lunar_day": _lunar_day,
    "relative_month": _relative_month,
    "half_month": _half_month,
    "bare_month": _bare_month,
    "quarter": _quarter,
    "year_edge": _year_edge,
    "day_word": _day_word,
    "weekday": _weekday,
    "weekend_over": _weekend_over,
    "week": _week,
    "month_day_figures": _month_day_figures,
    "day_of_month": _day_of_month,
    "vague": _vague,
    "part": _part,
    "clock": _clock,
    "festival": _festival,
    "en_full_date": _en_full_date,
    "en_month_day": _en_month_day,
    "en_day_of_month": _en_day_of_month,
    "en_offset": _en_offset,
    "en_day_word": _en_day_word,
    "en_weekday": _en_weekday,
    "en_edge": _en_edge,
    "en_period": _en_period,
    "en_weekend": _en_weekend,
    "en_vague": _vague,
    "en_named_month": _en_named_month,
    "en_part": _part,
    "en_clock": _en_clock,
    "en_festival": _festival,
}
"""The meaning of every rule, by its name in the lexicon."""


def sense_of(name: str, found: re.Match[str], frame: Frame) -> Sense | None:
    """What the words that a rule has found mean; None where they name no day."""
    said = {key.rstrip("_"): value for key, value in found.groupdict().items() if value is not None}
    return MEANINGS[name]({**said, "whole": found[0]}, frame)
