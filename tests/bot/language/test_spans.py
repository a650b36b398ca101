"""Spans of days as people type them; read on Monday, 23 November 2026, in Shanghai."""

from __future__ import annotations

import datetime as dtm
from zoneinfo import ZoneInfo

import pytest

from bot.language.spans import read_span
from bot.workdays import Workdays

NOW = dtm.datetime(2026, 11, 23, 8, 30, tzinfo=ZoneInfo("Asia/Shanghai"))


def read(text: str) -> str:
    span = read_span(text, NOW, Workdays())
    return "" if span is None else f"{span[0]:%y-%m-%d} {span[1]:%y-%m-%d}"


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("12月1日到12月5日", "26-12-01 26-12-05"),
        ("12月1日到5日", "26-12-01 26-12-05"),
        ("12月1-5日", "26-12-01 26-12-05"),
        ("1-5号", "26-12-01 26-12-05"),
        ("1号至5号休假", "26-12-01 26-12-05"),
        ("12.1-12.5", "26-12-01 26-12-05"),
        ("2026-12-01 到 2026-12-05", "26-12-01 26-12-05"),
        ("2026-12-01-2026-12-05", "26-12-01 26-12-05"),
        ("下周一到下周三", "26-11-30 26-12-02"),
        ("下周一到周三", "26-11-30 26-12-02"),
        ("我从下周一休到下周三", "26-11-30 26-12-02"),
        ("今天到周五", "26-11-23 26-11-27"),
        ("明天~后天", "26-11-24 26-11-25"),
        ("12月28日到3日", "26-12-28 27-01-03"),
        ("12月28日到1月3日", "26-12-28 27-01-03"),
        ("Dec 1 to Dec 5", "26-12-01 26-12-05"),
        ("Dec 1 - 5", "26-12-01 26-12-05"),
        ("December 28 until January 3", "26-12-28 27-01-03"),
        ("from next Monday to next Wednesday", "26-11-30 26-12-02"),
        ("tomorrow through Friday", "26-11-24 26-11-27"),
    ],
)
def test_from_to(text: str, span: str) -> None:
    assert read(text) == span


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("明天起三天", "26-11-24 26-11-26"),
        ("12月1日开始休3天", "26-12-01 26-12-03"),
        ("下周一休十天", "26-11-30 26-12-09"),
        ("3 days from tomorrow", "26-11-24 26-11-26"),
        ("two days from next Monday", "26-11-30 26-12-01"),
    ],
)
def test_so_many_days(text: str, span: str) -> None:
    assert read(text) == span


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("明天", "26-11-24"),
        ("下周三请假", "26-12-02"),
        ("3天后", "26-11-26"),
        ("2026-12-01", "26-12-01"),
        ("tomorrow", "26-11-24"),
    ],
)
def test_a_single_day(text: str, day: str) -> None:
    assert read(text) == f"{day} {day}"


def test_an_end_before_the_beginning_stays_as_typed() -> None:
    assert read("12月5日到12月1日") == "26-12-05 26-12-01"


@pytest.mark.parametrize("text", ["休假", "下周", "下个月", "周末", "周五前", "next week", "三天", "", "到", "- -"])
def test_what_names_no_clear_days_is_asked_again(text: str) -> None:
    assert read(text) == ""


@pytest.mark.parametrize("text", ["到" * 80, "1-" * 40, "天" * 2000, "下周一到" * 500])
def test_what_only_looks_like_days_names_none(text: str) -> None:
    assert read(text) == ""
