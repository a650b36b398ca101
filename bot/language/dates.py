"""Dates and times in what people type, Chinese and English: where they stand, and which day they mean.

The text is cut into pieces by the rules of `lexicon/dates.yaml`; each piece gets its sense from the function of the
rule's name; pieces that stand together (下周三|下午|3点, Friday|at|noon) make one mention. Conventions: weeks begin on
Monday; 下周三 is that day of the next calendar week; a bare weekday is the next such day, a bare 15号 the next such day
of a month; a stretch of days counts with its last; in X前 and "before X" X is the last day, save a festival, whose eve
is; 节后 is the first workday after it.
"""

from __future__ import annotations

import calendar
import datetime as dtm
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import chinese_calendar
import yaml

from bot.language.plain import plain
from bot.workdays import Workdays

LEXICON = Path(__file__).parent / "lexicon" / "dates.yaml"
DAY = dtm.timedelta(days=1)
WORD = re.compile(r"\{([a-z_]+)\}")
DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2}
TENS = {"廿": 20, "卅": 30}
WEEKDAYS = (
    {name: number for number, name in enumerate("一二三四五六日")}
    | {"天": 6, "末": 6}
    | {str(n): n - 1 for n in range(1, 8)}
)
SUNDAY = 6
FRIDAY = 4
QUARTER = 3
EN_NUMBERS = dict(
    zip("one two three four five six seven eight nine ten eleven twelve".split(), range(1, 13), strict=True)
)
EN_NUMBERS |= {"a": 1, "an": 1, "fifteen": 15, "twenty": 20, "thirty": 30}
EN_WEEKDAYS = {name: number for number, name in enumerate(("mon", "tue", "wed", "thu", "fri", "sat", "sun"))}
EN_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
OFFICE = range(1, 7)
"""Hours that without a word for the part of the day mean the afternoon."""
PARTS = (
    (re.compile("早|晨|morning|first thing"), 12, None),
    (re.compile("上午"), 12, None),
    (re.compile("中午|正午|晌午|noon|midday|lunch"), 14, dtm.time(12)),
    (re.compile("下午|午后|afternoon"), 18, None),
    (re.compile("凌晨"), 6, None),
    (re.compile("下班|收工|打烊|关门|收市|天黑|e|c|上班"), 24, None),
    (re.compile(""), 24, None),
)


@dataclass(frozen=True)
class DateMention:
    """A day or time that a text names.

    `start` and `end` are its place, with what belongs to it (by, 前) and with an earlier mention that it corrects;
    `words` are those that count, as typed. `day` is None where it is vague; then `proposal` is the day that the coach
    may offer, if any is natural. `is_past` where it is said as past, or lies before now.
    """

    start: int
    end: int
    words: str
    day: dtm.date | None
    time: dtm.time | None = None
    is_deadline: bool = False
    is_vague: bool = False
    proposal: dtm.date | None = None
    is_past: bool = False


@dataclass(frozen=True)
class Sense:
    """What a piece says. `eve`: the day that 前 makes of it. `bare`: a weekday or day of a month alone, which may lean
    on the mention before. `part`: words for a part of the day. `weak`: a time only beside something else."""

    day: dtm.date | None = None
    time: dtm.time | None = None
    part: str = ""
    eve: dtm.date | None = None
    later: dtm.date | None = None
    is_deadline: bool = False
    is_vague: bool = False
    proposal: dtm.date | None = None
    is_past: bool = False
    bare: str = ""
    scope: str = ""
    weak: bool = False


@dataclass(frozen=True)
class Frame:
    """When and for whom a text is read."""

    now: dtm.datetime
    workdays: Workdays

    @property
    def today(self) -> dtm.date:
        """The local day."""
        return self.now.date()


Said = Mapping[str, str]
Rule = Callable[[Said, Frame], Sense | None]


@dataclass(frozen=True)
class Grammar:
    """The lexicon, compiled."""

    pieces: re.Pattern[str]
    rules: Mapping[str, re.Pattern[str]]
    festivals: Mapping[str, tuple[str, re.Pattern[str]]]
    vague: tuple[tuple[re.Pattern[str], int | None], ...]
    lunar: Mapping[int, tuple[str, int, str, str, str, str]]
    breaks: tuple[str, ...]
    marks: Mapping[str, re.Pattern[str]]


@cache
def grammar() -> Grammar:
    """The grammar of `lexicon/dates.yaml`, compiled once."""
    data = yaml.safe_load(LEXICON.read_text(encoding="utf-8"))
    words: dict[str, str] = dict(data["words"])
    for name, table in (("vague", data["vague"]), ("en_vague", data["en_vague"])):
        words[name] = "(?:" + "|".join(one["words"] for one in table) + ")"
    rules = dict(data["rules"])
    rules["festival"] = _festival_pattern(data["festivals"])
    filled = {
        name: _whole_words(name, WORD.sub(lambda found: words[found[1]], source)) for name, source in rules.items()
    }
    marks = {
        "glue": data["glue"],
        "joins": data["joins"],
        "corrections": data["corrections"],
        "denials": data["denials"],
        "past": data["past"],
        "en_past": data["en_past"],
    } | data["deadlines"]
    named = "|".join(f"(?P<{name}>{re.sub(r'[(][?]P<[a-z_]+>', '(?:', source)})" for name, source in filled.items())
    return Grammar(
        re.compile(named),
        {name: re.compile(source) for name, source in filled.items()},
        {
            name: (one["day"], re.compile(one["words"] + ("|" + one["whole"] if "whole" in one else "")))
            for name, one in data["festivals"].items()
        },
        tuple((re.compile(one["words"]), one["days"]) for table in ("vague", "en_vague") for one in data[table]),
        {year: tuple(row) for year, row in data["lunar"].items()},
        tuple(data["breaks"]),
        {name: re.compile(source) for name, source in marks.items()},
    )


def _whole_words(name: str, source: str) -> str:
    return f"(?<![a-z0-9])(?:{source})(?![a-z])" if name.startswith("en_") else source


def _festival_pattern(festivals: Mapping[str, Mapping[str, str]]) -> str:
    after = r"(?P<when>(?:放假|假期|长假|节|那天|当天)*(?:之?后(?:的?(?:第一个?)?(?:工作日|上班))?|以后|过后)|(?:放假|假期|长假|节)*(?:之前|以前|前(?![台往面去])))"
    names = "|".join(one["words"] for one in festivals.values())
    whole = "|".join(one["whole"] for one in festivals.values() if "whole" in one)
    english = r"(?P<lead>after|before|by) (?:the )?"
    return (
        rf"(?<![a-z])(?:{english})?(?:过了?完?|过)?(?P<name>{names}){after}?(?![a-z])"
        rf"|(?<![一二三四五六七八九十双\d])(?:过了?完?)?(?P<name_>{whole})(?:{after.replace('when', 'when_')}|(?=期间|放假|假期|节))"
        rf"|(?P<unnamed>(?:过完?)?(?<![\d春])节(?:前|后)|(?:放完|过完|休完)假(?:之?后|以后)?|(?:长假|小长假|假期|放假)(?:之?前|之?后|以后|回来)|(?<![a-z])(?:after|before) the (?:holidays?|long weekend|break)(?![a-z]))"
    )


# -- Numbers and days ------------------------------------------------------------------------------------------------


def number(text: str) -> int:
    """The value of a number up to 999 in Arabic, or up to 99 in Chinese or English."""
    text = text.strip().removeprefix("初")
    if text.isdigit():
        return int(text)
    if text in EN_NUMBERS:
        return EN_NUMBERS[text]
    if "couple" in text:
        return 2
    if text[0] in TENS:
        return TENS[text[0]] + DIGITS.get(text[1:] or "零", 0)
    if "十" in text:
        tens, ones = text.split("十")
        return DIGITS.get(tens, 1) * 10 + DIGITS.get(ones, 0)
    return DIGITS[text[-1]]


def several(text: str) -> int:
    """The larger of two numbers said together: 两三, 2-3."""
    figures = re.findall(r"\d+", text)
    return int(figures[-1]) if figures else DIGITS["五" if text == "三五" else text[-1]]


def of_month(year: int, month: int, day: int) -> dtm.date | None:
    """The day of a month counted on from January of the year; None where there is no such day."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    try:
        return dtm.date(year, month, day)
    except ValueError:
        return None


def month_end(year: int, month: int) -> dtm.date:
    """The last day of a month counted on from January of the year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return dtm.date(year, month, calendar.monthrange(year, month)[1])


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
    for ahead in range(3):
        found = of_month(today.year, today.month + ahead, day)
        if found is not None and found >= today:
            return found
    return None


def next_date(today: dtm.date, month: int, day: int) -> dtm.date | None:
    """The next such day of the year, today included."""
    for ahead in range(9):
        found = of_month(today.year + ahead, month, day)
        if found is not None and found >= today:
            return found
    return None


# -- What each rule means ---------------------------------------------------------------------------------------------

SHIFT = {"上上": -2, "上": -1, "下": 1, "下下": 2, "下下下": 3, "next": 1, "last": -1, "the following": 1}
YEARS = {"去": -1, "今": 0, "明": 1, "来": 1, "后": 2}
STRETCHES = {"初": 1, "上旬": 10, "中": 15, "中旬": 15}
DAY_WORDS = {
    "大后": 3,
    "后": 2,
    "隔": 1,
    "翌": 1,
    "次": 1,
    "明": 1,
    "今": 0,
    "昨": -1,
    "前": -2,
    "大前": -3,
}
EN_DAY_WORDS = {"after": 2, "before": -2, "tomo": 1, "tomm": 1, "tmr": 1, "2mo": 1, "yest": -1, "last": -1}


def _year(text: str, today: dtm.date) -> int:
    if text[0] in YEARS:
        return today.year + YEARS[text[0]]
    figures = int(text.removesuffix("年"))
    return figures if figures > 100 else 2000 + figures


def _stretch(year: int, month: int, stretch: str) -> dtm.date:
    day = STRETCHES.get(stretch)
    return month_end(year, month) if day is None else dtm.date(year, 1, 1).replace(**_month(year, month), day=day)


def _month(year: int, month: int) -> dict[str, int]:
    return {"year": year + (month - 1) // 12, "month": (month - 1) % 12 + 1}


def _full_date(said: Said, frame: Frame) -> Sense | None:
    day = of_month(_year(said["year"], frame.today), number(said["month"]), number(said["day"]))
    return Sense(day, scope="month") if day and number(said["month"]) <= 12 else None


def _year_month(said: Said, frame: Frame) -> Sense | None:
    year, month = _year(said["year"], frame.today), number(said["month"])
    if "day" in said:
        day = of_month(year, month, number(said["day"]))
        return Sense(day, scope="month") if day else None
    if "stretch" in said:
        return Sense(_stretch(year, month, said["stretch"]))
    return Sense(month_end(year, month), is_deadline=True)


def _month_day(said: Said, frame: Frame) -> Sense | None:
    month, today = number(said["month"]), frame.today
    if "day" in said:
        day = next_date(today, month, number(said["day"]))
        return Sense(day, scope="month") if day else None
    days = (_stretch(today.year + ahead, month, said["stretch"]) for ahead in range(2))
    return Sense(next(day for day in days if day >= today or day.year > today.year))


def _named_month(said: Said, frame: Frame) -> Sense | None:
    month, today = number(said["month"]), frame.today
    year = today.year + (month < today.month)
    return Sense(month_end(year, month), is_deadline=True)


def _relative_month(said: Said, frame: Frame) -> Sense | None:
    today = frame.today
    year, month = today.year, today.month + SHIFT.get(said["which"], 0)
    if "day" in said:
        day = of_month(year, month, number(said["day"]))
        return Sense(day, scope="month") if day else None
    if "stretch" in said:
        return Sense(_stretch(year, month, said["stretch"]))
    if said["which"] in ("那", "每", "当"):
        return None
    if SHIFT.get(said["which"], 0) < 0:
        return Sense(is_vague=True, is_past=True)
    return Sense(month_end(year, month), is_deadline=True)


def _half_month(said: Said, frame: Frame) -> Sense | None:
    end = frame.today.replace(day=15) if said["which"] == "上" else month_end(frame.today.year, frame.today.month)
    return Sense(end, is_deadline=True)


def _bare_month(said: Said, frame: Frame) -> Sense | None:
    today = frame.today
    days = (_stretch(today.year, today.month + ahead, said["stretch"]) for ahead in range(2))
    return Sense(next(day for day in days if day >= today), is_deadline=said["stretch"] == "内")


def _quarter(said: Said, frame: Frame) -> Sense | None:
    today = frame.today
    if "number" in said:
        which = number(said["number"]) - 1
        if "edge" not in said:
            return None
    else:
        which = (today.month - 1) // QUARTER + SHIFT.get(said["which"], 0)
        if SHIFT.get(said["which"], 0) < 0 or (said["which"] in "本这" and "edge" not in said):
            return None
    first = dtm.date(today.year, 1, 1).replace(**_month(today.year, which * QUARTER + 1))
    last = month_end(first.year, first.month + QUARTER - 1)
    if "number" in said and last < today:
        first, last = months_on(first, 12), months_on(last, 12)
    if said.get("edge") == "初":
        return Sense(first)
    return Sense(last, is_deadline=said.get("edge") != "底")


def _year_edge(said: Said, frame: Frame) -> Sense | None:
    year = frame.today.year + YEARS.get(said.get("which", "今"), 0)
    if said["edge"] == "初":
        return Sense(dtm.date(year, 1, 1)) if "which" in said else None
    if said["edge"] == "中":
        day = dtm.date(year, 6, 30)
        return Sense(day if day >= frame.today or "which" in said else day.replace(year=year + 1))
    return Sense(dtm.date(year, 12, 31), is_deadline=said["edge"] == "内")


def _ahead(count: float, unit: str, frame: Frame) -> tuple[dtm.date, dtm.time | None]:
    """The day so many units on (back where negative), and the time where the unit is shorter than a day."""
    today = frame.today
    if unit in ("小时", "钟头", "分钟", "刻钟"):
        minutes = {"分钟": 1, "刻钟": 15}.get(unit, 60)
        moment = frame.now + dtm.timedelta(minutes=count * minutes)
        return moment.date(), moment.time().replace(second=0, microsecond=0)
    if unit == "工作日":
        return frame.workdays.after(today, int(count)), None
    if unit in ("月", "季度", "年"):
        months = count * {"月": 1, "季度": QUARTER, "年": 12}[unit]
        if months % 1:
            return months_on(today, int(months // 1)) + 15 * DAY, None
        return months_on(today, int(months)), None
    return today + round(count * (1 if unit in ("天", "日") else 7)) * DAY, None


def _offset(said: Said, frame: Frame) -> Sense | None:
    if "some" in said:
        count: float = several(said["some"])
    else:
        count = 0.5 if said["count"] == "半" else number(said["count"])
        count += 0.5 * ("half" in said or "more" in said)
    if "ago" in said:
        if said["unit"] == "工作日":
            return None
        day, time = _ahead(-count, said["unit"], frame)
        return Sense(day, time, is_past=True)
    day, time = _ahead(count, said["unit"], frame)
    return Sense(day, time, is_deadline="within" in said)


def _passing(said: Said, frame: Frame) -> Sense | None:
    count: float = (
        several(said["some"]) if "some" in said else (0.5 if said["count"] == "半" else number(said["count"]))
    )
    return Sense(*_ahead(count, said["unit"], frame))


def _several_days(said: Said, frame: Frame) -> Sense | None:
    if said["whole"].startswith("前"):
        return Sense(is_vague=True, is_past=True)
    far = 3 if "几" in said["whole"] else 7 if re.search("阵|段", said["whole"]) else 0 if "会" in said["whole"] else 2
    return Sense(is_vague=True, proposal=frame.today + far * DAY)


def _day_word(said: Said, frame: Frame) -> Sense | None:
    word = said["word"]
    key = next(key for key in ("大后", "大前", "后", "前", "隔", "翌", "次", "明", "今", "昨") if word.startswith(key))
    return Sense(frame.today + DAY_WORDS[key] * DAY, scope="day")


def _weekday(said: Said, frame: Frame) -> Sense | None:
    today, which, day = frame.today, said.get("which", ""), WEEKDAYS[said["weekday"]]
    if which in SHIFT:
        return Sense(monday(today) + (7 * SHIFT[which] + day) * DAY, scope="week")
    if "每" in said or which in ("每", "那"):
        which = ""
    today_counts = bool(which) or said["weekday"] == "末"
    return Sense(next_weekday(today, day, today_counts=today_counts), bare="" if which else "weekday", scope="week")


def _week(said: Said, frame: Frame) -> Sense | None:
    shift = SHIFT.get(said["which"], 0)
    first = monday(frame.today) + 7 * shift * DAY
    if shift < 0:
        return Sense(is_vague=True, is_past=True)
    edge = said.get("edge", "")
    if edge in ("初", "中", "底", "尾"):
        return Sense(first + {"初": 0, "中": 2, "底": FRIDAY, "尾": FRIDAY}[edge] * DAY)
    return Sense(first + SUNDAY * DAY, is_deadline=True, scope="week")


def _month_day_figures(said: Said, frame: Frame) -> Sense | None:
    month, day = int(said["month"]), int(said["day"])
    if month > 12 >= day and said["mark"] == "/":
        month, day = day, month
    if not (1 <= month <= 12):
        return None
    found = next_date(frame.today, month, day)
    return Sense(found, scope="month", weak=True) if found else None


def _day_of_month(said: Said, frame: Frame) -> Sense | None:
    found = next_month_day(frame.today, number(said["day"]))
    return Sense(found, bare="monthday") if found else None


def _vague(said: Said, frame: Frame) -> Sense | None:
    days = next(days for pattern, days in grammar().vague if pattern.fullmatch(said["whole"]))
    return Sense(is_vague=True, proposal=None if days is None else frame.today + days * DAY)


def _part(said: Said, frame: Frame) -> Sense | None:
    return Sense(part=said["part"])


def _clock(said: Said, frame: Frame) -> Sense | None:
    hour, minute = number(said["hour"]), 0
    if "half" in said:
        minute = 30
    elif "quarters" in said:
        minute = 15 * number(said["quarters"])
    elif "minute" in said:
        minute = number(said["minute"])
    strong = "half" in said or "quarters" in said or "minute" in said or "strong" in said
    if hour == 24:
        hour, minute = 23, 59
    return Sense(time=dtm.time(hour, minute), weak=not strong)


def _lunar_day(said: Said, frame: Frame) -> Sense | None:
    day = number(said["day"])
    if said["month"] == "年" or (said["month"] == "大年" and day > 7):
        return _feast("eve", frame) if day in (29, 30) else None
    for year in range(frame.today.year, frame.today.year + 3):
        row = grammar().lunar.get(year)
        if row is None:
            return None
        first = dtm.date.fromisoformat(f"{year}-{row[0]}") - (row[1] * DAY if said["month"] == "腊月" else 0 * DAY)
        if first + (day - 1) * DAY >= frame.today:
            return Sense(first + (day - 1) * DAY)
    return None


def festival_day(key: str, year: int) -> dtm.date | None:
    """The day of a festival in a year, by its entry in the lexicon; None beyond the years of the lunar table."""
    if key[0].isdigit():
        return dtm.date.fromisoformat(f"{year}-{key}")
    if not key.isascii():
        found = chinese_calendar.get_solar_terms(dtm.date(year, 1, 1), dtm.date(year, 12, 31))
        return next(day for day, name in found if name == key)
    if (row := grammar().lunar.get(year)) is None:
        return None
    spring = dtm.date.fromisoformat(f"{year}-{row[0]}")
    around = {"spring": 0, "eve": -1, "lantern": 14, "small_year": 22 - row[1]}
    if key in around:
        return spring + around[key] * DAY
    return dtm.date.fromisoformat(
        f"{year}-{row[('dragon_boat', 'double_seventh', 'mid_autumn', 'double_ninth').index(key) + 2]}"
    )


def _feast(key: str, frame: Frame, when: str = "") -> Sense | None:
    for year in range(frame.today.year - 1, frame.today.year + 2):
        day = festival_day(key, year)
        if day is None:
            continue
        over = frame.workdays.after(day, 1)
        if "after" in when and over > frame.today:
            return Sense(over)
        if "after" not in when and day >= frame.today:
            return Sense(day - DAY, is_deadline=True) if "before" in when else Sense(day, eve=day - DAY)
    return None


def _festival(said: Said, frame: Frame) -> Sense | None:
    before = "前" in said["whole"] or said["whole"].startswith("before")
    after = not before and (
        "后" in said["whole"] or "过" in said["whole"] or said["whole"].startswith("after") or "回来" in said["whole"]
    )
    when = "before" if before else "after" if after else ""
    if "unnamed" in said:
        senses = [_feast(grammar().festivals[name][0], frame, when) for name in grammar().breaks]
        return min((sense for sense in senses if sense and sense.day), key=lambda sense: sense.day or frame.today)
    key = next(key for key, names in grammar().festivals.values() if names.fullmatch(said["name"]))
    sense = _feast(key, frame, when)
    return replace(sense, is_deadline=True) if sense and said.get("lead", "").startswith("by") else sense


def _new_year(said: Said, frame: Frame) -> Sense | None:
    return _feast("spring", frame, "before" if "before" in said else "after")


def _en_full_date(said: Said, frame: Frame) -> Sense | None:
    day = of_month(int(said["year"]), EN_MONTHS[said["month"][:3]], int(said["day"]))
    return Sense(day, scope="month") if day else None


def _en_month_day(said: Said, frame: Frame) -> Sense | None:
    day = next_date(frame.today, EN_MONTHS[said["month"][:3]], int(said["day"]))
    return Sense(day, scope="month") if day else None


def _en_day_of_month(said: Said, frame: Frame) -> Sense | None:
    today = frame.today
    if "which" not in said:
        found = next_month_day(today, int(said["day"][:-2]))
        return Sense(found, bare="monthday") if found else None
    month = today.month + SHIFT.get(said["which"], 0)
    if said["day"] == "last day":
        return Sense(month_end(today.year, month))
    found = of_month(today.year, month, 1 if said["day"] == "first" else int(said["day"][:-2]))
    return Sense(found, scope="month") if found else None


EN_UNITS = (
    ("min", "分钟", 1),
    ("h", "小时", 1),
    ("day", "天", 1),
    ("w", "周", 1),
    ("fortnight", "周", 2),
    ("month", "月", 1),
    ("quarter", "季度", 1),
    ("year", "年", 1),
)


def _en_offset(said: Said, frame: Frame) -> Sense | None:
    if "fortnight" in said:
        return Sense(frame.today + 14 * DAY, is_deadline=said["fortnight"].startswith("within"))
    count: float = 0.5
    if "count" in said:
        count = number(said["to"].split()[-1].lstrip("-")) if "to" in said else number(said["count"])
        count += 0.5 * ("half" in said)
    unit, times = next((unit, times) for start, unit, times in EN_UNITS if said["unit"].startswith(start))
    if "kind" in said and unit == "天":
        unit = "工作日"
    if said.get("tail") in ("ago", "back"):
        return None if unit == "工作日" else Sense(*_ahead(-count * times, unit, frame), is_past=True)
    start = replace(frame, now=frame.now + DAY) if said.get("tail") == "from tomorrow" else frame
    return Sense(*_ahead(count * times, unit, start), is_deadline=said.get("lead", "in") not in ("in", "after"))


def _en_day_word(said: Said, frame: Frame) -> Sense | None:
    word = said["word"]
    if "day after" in word or "day before" in word:
        return Sense(frame.today + (2 if "after" in word else -2) * DAY, scope="day")
    days = next((days for start, days in EN_DAY_WORDS.items() if word.startswith(start)), 0)
    return Sense(frame.today + days * DAY, part="night" if "night" in word else "", scope="day")


def _en_weekday(said: Said, frame: Frame) -> Sense | None:
    today, day, which = frame.today, EN_WEEKDAYS[said["weekday"][:3]], said.get("which", "")
    bare = "" if which or "week" in said else "weekday"
    if said["weekday"] in ("sat", "sun", "mon", "wed") and not which:
        bare = "short"
    if said.get("week") == "week":
        return Sense(next_weekday(today, day, today_counts=False) + 7 * DAY, scope="week")
    if which in ("last", "past"):
        return Sense(next_weekday(today - 7 * DAY, day, today_counts=True), is_past=True, scope="week")
    if which.startswith("next") or said.get("week") == "next week":
        return Sense(monday(today) + (7 + day) * DAY, scope="week")
    if said.get("week", "").startswith("the week after"):
        return Sense(monday(today) + (14 + day) * DAY, scope="week")
    counts = which == "this" or said.get("week") == "this week"
    return Sense(next_weekday(today, day, today_counts=counts), bare=bare, scope="week", weak=bare == "short")


def _en_span(period: str, which: str, frame: Frame) -> tuple[dtm.date, dtm.date]:
    """First and last day of a week, month, quarter or year, or of a named month."""
    today, shift = frame.today, SHIFT.get(which.strip(), 0)
    if period.endswith("week"):
        first = monday(today) + 7 * shift * DAY
        return first, first + SUNDAY * DAY
    if period == "year":
        return dtm.date(today.year + shift, 1, 1), dtm.date(today.year + shift, 12, 31)
    if period == "quarter":
        start = ((today.month - 1) // QUARTER + shift) * QUARTER + 1
        return of_month(today.year, start, 1) or today, month_end(today.year, start + QUARTER - 1)
    month = today.month + shift
    if period != "month":
        month = EN_MONTHS[period[:3]]
        month += 12 * (month < today.month)
    return of_month(today.year, month, 1) or today, month_end(today.year, month)


def _en_edge(said: Said, frame: Frame) -> Sense | None:
    edge = said["edge"]
    period = {"eow": "week", "eom": "month", "eoy": "year"}.get(edge) or said["period"]
    if edge in ("sometime", "some time") and "of" not in said:
        return None
    first, last = _en_span(period, said.get("of", ""), frame)
    if edge in ("start", "beginning", "early"):
        if first < frame.today and period == "month":
            first = months_on(first, 1)
        return Sense(first) if first >= frame.today else None
    if edge.startswith("mid") or edge == "first half":
        if period.endswith("week"):
            return Sense(first + 2 * DAY)
        day = first + (last - first) // 2 if period == "year" else first.replace(day=15)
        return Sense(day if day >= frame.today else months_on(day, 1 if period == "month" else 12))
    if period.endswith("week") and edge in ("end", "close", "late", "eow"):
        return Sense(first + FRIDAY * DAY if first + FRIDAY * DAY >= frame.today else last)
    return Sense(last, is_deadline=edge in ("later", "sometime", "some time", "second half"))


def _en_period(said: Said, frame: Frame) -> Sense | None:
    if said["which"] == "last":
        return Sense(is_vague=True, is_past=True)
    return Sense(_en_span(said["period"], said["which"], frame)[1], is_deadline=True, scope="week")


def _en_weekend(said: Said, frame: Frame) -> Sense | None:
    return Sense(monday(frame.today) + (SUNDAY + (7 if "next" in said else 0)) * DAY)


def _en_named_month(said: Said, frame: Frame) -> Sense | None:
    first, last = _en_span(said["month"], "", frame)
    return Sense(last if said["whole"].startswith(("in", "during")) else first, is_deadline=True)


def _en_clock(said: Said, frame: Frame) -> Sense | None:
    hour, minute = number(said["hour"]), int(said.get("minute", "0").lstrip(":"))
    if "past" in said:
        minute = {"half past": 30, "quarter past": 15, "quarter to": 45}[said["past"]]
        hour -= said["past"] == "quarter to"
    if "half" in said:
        hour = hour % 12 + 12 * said["half"].startswith("p")
        return Sense(time=dtm.time(hour, minute), part=said["half"] + " ")
    return Sense(time=dtm.time(hour, minute), weak="at" in said and "minute" not in said)


RULES: Mapping[str, Rule] = {
    "full_date": _full_date,
    "offset": _offset,
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
    "several_days": _several_days,
    "day_word": _day_word,
    "weekday": _weekday,
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
}


# -- From pieces to mentions ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Piece:
    """A stretch of the text with its sense; `lean` where it has no day of its own."""

    start: int
    end: int
    sense: Sense


def find_dates(text: str, now: dtm.datetime, workdays: Workdays) -> list[DateMention]:
    """Every day and time that a text names, in order, for somebody whose local time is `now`."""
    frame = Frame(now.replace(tzinfo=None), workdays)
    flat = plain(text)
    groups = _grouped(flat, list(_pieces(flat, frame)))
    mentions = _settled(flat, groups, frame)
    return [replace(mention, words=text[place : place + len(mention.words)]) for mention, place in mentions]


def read_date(text: str, now: dtm.datetime, workdays: Workdays) -> DateMention | None:
    """The day that a typed correction names: the last one in it, else the last vague one; None where there is none."""
    mentions = find_dates(text, now, workdays)
    dated = [mention for mention in mentions if mention.day is not None]
    return next(reversed(dated or mentions), None)


def _pieces(flat: str, frame: Frame) -> Iterator[Piece]:
    rules = grammar()
    for found in rules.pieces.finditer(flat):
        name = found.lastgroup or ""
        again = rules.rules[name].match(flat, found.start())
        if again is None:
            continue
        said = {key.rstrip("_"): value for key, value in again.groupdict().items() if value is not None}
        said["whole"] = again[0]
        sense = RULES[name](said, frame)
        if sense is not None:
            yield Piece(again.start(), again.end(), sense)


def _grouped(flat: str, pieces: list[Piece]) -> list[Piece]:
    groups: list[Piece] = []
    glue = grammar().marks["glue"]
    for piece in pieces:
        if groups and glue.fullmatch(flat, groups[-1].end, piece.start):
            joined = _joined(groups[-1].sense, piece.sense)
            if joined is not None:
                groups[-1] = Piece(groups[-1].start, piece.end, joined)
                continue
        groups.append(piece)
    return groups


def _joined(first: Sense, second: Sense) -> Sense | None:
    """Both as one where they complete each other: a day and a time, or one day named twice."""
    if first.is_vague or second.is_vague:
        return None
    if first.day and second.day and not (second.bare or first.bare or first.day == second.day):
        return None
    if first.time and second.time:
        return None
    leading, other = (second, first) if first.bare and second.day and not second.bare else (first, second)
    if not leading.day and other.day:
        leading, other = other, leading
    return replace(
        leading,
        time=leading.time or other.time,
        part=first.part + second.part,
        is_deadline=first.is_deadline or second.is_deadline,
        is_past=first.is_past or second.is_past,
        weak=False,
    )


def _timed(sense: Sense, frame: Frame) -> Sense:
    """With the hour as its part of the day makes it, and today where no day is said."""
    time = sense.time
    if time is not None:
        afternoon = re.search("下午|傍晚|晚|夜|午后|afternoon|evening|night", sense.part) is not None
        noon = re.search("中午|正午|晌午", sense.part) is not None
        plain_hour = not sense.part and time.hour in OFFICE
        if (afternoon and time.hour < 12) or (noon and time.hour < 4) or plain_hour:
            time = time.replace(hour=time.hour + 12)
    elif re.search("中午|正午|晌午|noon|midday|midnight", sense.part) and "after" not in sense.part:
        time = dtm.time(23, 59) if "midnight" in sense.part else dtm.time(12)
    day = sense.day if sense.day or sense.is_vague else frame.today
    return replace(sense, day=day, time=time)


def _settled(flat: str, groups: list[Piece], frame: Frame) -> list[tuple[DateMention, int]]:
    marks = grammar().marks
    settled: list[tuple[DateMention, int]] = []
    before: Piece | None = None
    for group in groups:
        start, end, sense = group.start, group.end, group.sense
        after = marks["after"].match(flat, end)
        ahead = marks["before"].search(flat, max(0, start - 20), start)
        if sense.weak and not _is_meant(flat, group, bool(after or ahead)):
            continue
        gap = flat[before.end : start] if before else ""
        corrected = before is not None and len(gap) <= 14 and marks["corrections"].search(gap) is not None
        denied = before is not None and marks["denials"].fullmatch(gap) is not None
        if denied and settled:
            mention, place = settled[-1]
            settled[-1] = replace(mention, end=end), place
            before = Piece(before.start if before else start, end, before.sense if before else sense)
            continue
        if before is not None and (corrected or marks["joins"].fullmatch(gap)):
            sense = _leaning(sense, before.sense)
        if after:
            end = after.end()
            if sense.eve:
                sense = replace(sense, day=sense.eve)
        small = None if ahead else marks["small"].search(flat, max(0, start - 8), start)
        full_start = ahead.start() if ahead else small.start() if small else start
        past = sense.is_past or (sense.bare and not after and _is_told_as_past(flat, start, end))
        whole = _timed(sense, frame)
        if past and sense.bare == "weekday" and whole.day and whole.day > frame.today:
            whole = replace(whole, day=whole.day - 7 * DAY)
        if past and sense.bare == "monthday" and whole.day and whole.day > frame.today:
            whole = replace(whole, day=months_on(whole.day, -1))
        mention = DateMention(
            full_start,
            end,
            flat[full_start:end],
            whole.day,
            whole.time,
            is_deadline=bool(after or ahead or sense.is_deadline),
            is_vague=sense.is_vague,
            proposal=sense.proposal,
            is_past=bool(past) or _lies_before(whole, frame),
        )
        if corrected and settled:
            earlier, _ = settled.pop()
            mention = replace(
                mention, start=min(earlier.start, mention.start), is_deadline=mention.is_deadline or earlier.is_deadline
            )
            if mention.time is None and earlier.time is not None and sense.day:
                mention = replace(mention, time=earlier.time)
        settled.append((mention, full_start))
        before = Piece(group.start, end, replace(sense, day=whole.day))
    return settled


def _leaning(sense: Sense, before: Sense) -> Sense:
    """The second of two dates that are said together, where it leaves out what the first has said."""
    if before.day is None:
        return sense
    if sense.day is None and not sense.is_vague:
        return replace(sense, day=before.day, part=sense.part or before.part)
    if sense.bare == "weekday" and before.scope == "week" and sense.day:
        return replace(sense, day=monday(before.day) + sense.day.weekday() * DAY, bare="")
    if sense.bare == "monthday" and sense.day:
        day = of_month(before.day.year, before.day.month, sense.day.day)
        return replace(sense, day=day, bare="") if day and day >= before.day else sense
    return sense


def _is_meant(flat: str, group: Piece, marked: bool) -> bool:
    """Whether a piece that also could be something else (12.8, 3点, sat) is a date here."""
    if marked:
        return True
    before, after = flat[: group.start], flat[group.end :]
    if group.sense.bare == "short":
        return bool(re.search(r"\bon $", before)) or not (before + after).strip()
    if group.sense.time is not None:
        return bool(re.match(r"\s?(?:见|开会|开|到[^位货]|出发|集合|碰头|的会|会议|左右[见到])", after)) or bool(
            re.search(r"\d:\d", flat[group.start : group.end])
        )
    if not (before + after).strip(" .。,，!！的就是那改到"):
        return True
    clause = re.split("[,，;；。]", before)[-1] + re.split("[,，;；。]", after)[0]
    if re.search(r"[价降涨折块元%￥¥$万斤吨箱条比例分点]|\d\s?$|到$|版本|v$", clause) or re.search(
        r"[降涨到第~]$", before
    ):
        return False
    slash = "/" in flat[group.start : group.end]
    return (
        bool(re.match(r"\s?(?:[送交给来去见开发到出寄拜回约签]|上午|下午|晚上|$)", after))
        or bool(re.search(r"(?:[在到于约定]|\b(?:on|for|until|due))\s?$", before))
        or (slash and bool(re.search(r"[1-3]\d", flat[group.start : group.end])))
    )


def _is_told_as_past(flat: str, start: int, end: int) -> bool:
    marks = grammar().marks
    clause = re.split(r"[.;,，。；]", flat[max(0, start - 60) : start])[-1]
    return marks["past"].match(flat[end : end + 16]) is not None or marks["en_past"].search(clause) is not None


def _lies_before(sense: Sense, frame: Frame) -> bool:
    if sense.day is None:
        return False
    if sense.day != frame.today:
        return sense.day < frame.today
    if sense.time is not None:
        return sense.time < frame.now.time()
    ends = next((ends for words, ends, _ in PARTS if sense.part and words.search(sense.part)), 24)
    return frame.now.hour >= ends
