from __future__ import annotations

import datetime as dtm
import itertools
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.language.dates import DateMention, find_dates, read_date
from bot.workdays import Workdays

CASES: dict[str, dict[str, str]] = yaml.load(
    (Path(__file__).parent / "dates.yaml").read_text(encoding="utf-8"),
    Loader=yaml.BaseLoader,  # noqa: S506 - makes nothing but strings
)
SATURDAY = dtm.datetime.fromisoformat("2026-11-21 10:00")
FAR = dtm.datetime.fromisoformat("2050-01-01 10:00")
CHINA = Workdays()


def told(mention: DateMention) -> str:
    """A mention as the cases write it."""
    if mention.is_vague:
        parts = ["vague", str(mention.proposal) if mention.proposal else ""]
    else:
        parts = [str(mention.day), f"{mention.time:%H:%M}" if mention.time else "", "by" if mention.is_deadline else ""]
    return " ".join(filter(None, [*parts, "past" if mention.is_past else ""]))


def found(text: str, now: dtm.datetime = SATURDAY, workdays: Workdays = CHINA) -> str:
    """All mentions of a text as the cases write them."""
    return "; ".join(map(told, find_dates(text, now, workdays))) or "none"


@pytest.mark.parametrize(
    ("now", "text", "expected"), [(now, *case) for now, texts in CASES.items() for case in texts.items()]
)
def test_a_text_names_these_dates(now: str, text: str, expected: str) -> None:
    assert found(text, dtm.datetime.fromisoformat(now)) == expected


def test_a_mention_covers_what_belongs_to_it() -> None:
    text = "答应他最晚下周三下午3点前送样品"
    (mention,) = find_dates(text, SATURDAY, CHINA)
    assert mention.words == text[mention.start : mention.end] == "最晚下周三下午3点前"


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("说好下周一…不对是下周二送", "下周一…不对是下周二", "下周二"),
        ("by Monday, no wait, Tuesday morning", "by Monday, no wait, Tuesday morning", "Tuesday morning"),
        ("从周四改到周五", "周四改到周五", "周五"),
    ],
)
def test_a_correction_covers_the_day_that_it_takes_back(text: str, place: str, words: str) -> None:
    (mention,) = find_dates(text, SATURDAY, CHINA)
    assert text[mention.start : mention.end] == place
    assert mention.words == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("下周一上午10点不对是下周二", "2026-11-24 10:00"),
        ("明天下午3点,不对,4点", "2026-11-22 16:00"),
        ("周三不是周四", "2026-11-25"),
        ("Monday, not Tuesday", "2026-11-23"),
        ("不是周三,是周四", "2026-11-26"),
        ("周三或周四", "2026-11-25; 2026-11-26"),
    ],
)
def test_what_a_correction_leaves_out_stays(text: str, expected: str) -> None:
    assert found(text) == expected


def test_a_hour_without_a_day_is_today_and_a_passed_deadline_is_tomorrow() -> None:
    evening = SATURDAY.replace(hour=18)
    assert found("下午3点见的", evening) == "2026-11-21 15:00 past"
    assert found("晚上8点吃饭", evening) == "2026-11-21 20:00"
    assert found("中午12点前送到", evening) == "2026-11-22 12:00 by"


def test_workdays_are_those_of_the_person() -> None:
    away = Workdays(leave=((dtm.date(2026, 11, 23), dtm.date(2026, 11, 24)),))
    assert found("三个工作日内") == "2026-11-25 by"
    assert found("三个工作日内", workdays=away) == "2026-11-27 by"
    assert (
        found("元旦后", workdays=Workdays("US", leave=((dtm.date(2027, 1, 4), dtm.date(2027, 1, 4)),))) == "2027-01-05"
    )


def test_the_zone_of_now_changes_nothing() -> None:
    zoned = SATURDAY.replace(tzinfo=ZoneInfo("Asia/Shanghai"))
    for text in ("明天下午3点", "两小时后", "下午5点前", "in 45 minutes"):
        assert find_dates(text, zoned, CHINA) == find_dates(text, SATURDAY, CHINA)


def test_a_lunar_festival_beyond_the_table_is_not_guessed() -> None:
    assert found("中秋前送到", FAR) == "none"
    assert found("国庆前送到", FAR) == "2050-09-30 by"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("下周三", "2026-11-25"),
        ("12.8", "2026-12-08"),
        ("12/8", "2026-12-08"),
        ("friday", "2026-11-27"),
        ("不是周三是周五", "2026-11-27"),
        ("改到12月3号", "2026-12-03"),
        ("the 3rd", "2026-12-03"),
        ("sat", "2026-11-28"),
        ("三天后吧", "2026-11-24"),
        ("过两天", "vague 2026-11-23"),
        ("周三,回头再说", "2026-11-25"),
    ],
)
def test_a_typed_correction_is_read(text: str, expected: str) -> None:
    mention = read_date(text, SATURDAY, CHINA)
    assert mention is not None
    assert told(mention) == expected


@pytest.mark.parametrize("text", ["不知道", "3箱", "ok", "", "取消"])
def test_a_correction_without_a_day_is_none(text: str) -> None:
    assert read_date(text, SATURDAY, CHINA) is None


@given(
    st.lists(st.sampled_from([text for texts in CASES.values() for text in texts]) | st.text(max_size=6), max_size=5)
)
def test_mentions_stand_in_order_and_hold_their_words(texts: list[str]) -> None:
    text = "，".join(texts)
    mentions = find_dates(text, SATURDAY, CHINA)
    for mention in mentions:
        assert 0 <= mention.start < mention.end <= len(text)
        assert mention.words
        assert mention.words in text[mention.start : mention.end]
        assert (mention.day is None) == mention.is_vague
    for one, two in itertools.pairwise(mentions):
        assert one.end <= two.start


HOSTILE = [
    *(
        "一",
        "下周",
        "1.",
        "前",
        "12/",
        "十",
        "3点",
        "今天不对明天",
        "a",
        " ",
        "不是",
        "再过",
        "2026-",
        "周一",
        "(",
        "过完",
    ),
    *(
        "by the end of ",
        "the ",
        "mid-",
        "at 3 ",
        "met ",
        "by ",
        "节后",
        "号5",
        "半个",
        "周一去了",
        "价12.8 ",
        "sat ",
        "\n",
    ),
]


@pytest.mark.parametrize("piece", HOSTILE)
def test_a_hostile_text_of_the_greatest_length_is_read_to_its_end(piece: str) -> None:
    """The time that each takes is told by benchmarks.language."""
    text = (piece * 2000)[:2000]
    assert all(0 <= one.start < one.end <= len(text) for one in find_dates(text, SATURDAY, CHINA))
