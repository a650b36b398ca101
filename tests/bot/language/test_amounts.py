"""Amounts: money in the writer's unit, percentages and days, typed in many ways; what is no single number is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.amounts import currency, read_count, read_days, read_money, read_percent, read_unit, scale


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("120", "万元", 120),
        ("120万", "万元", 120),
        ("120万元", "万元", 120),
        ("１２０万", "万元", 120),
        ("1200000元", "万元", 120),
        ("一百二十万", "万元", 120),
        ("十二点五万", "万元", 12.5),
        ("12万5", "元", 125_000),
        ("1万2千", "元", 12_000),
        ("1.2亿", "万元", 12_000),
        ("3千万", "万元", 3_000),
        ("大概100万左右", "万元", 100),
        ("12.5w", "元", 125_000),
        ("1,200,000", None, 1_200_000),
        ("500k", "万元", 50),
        ("US$ 1.5m", "k$", 1_500),
        ("80 thousand dollars", "kUSD", 80),
        ("about 3 million", None, 3_000_000),
        ("-5万", "万元", -5),
        ("负五万", "万元", -5),
        ("0", "万元", 0),
    ],
)
def test_money_is_read_in_the_writers_unit(text: str, unit: str | None, expected: float) -> None:
    assert read_money(text, unit) == pytest.approx(expected)


@pytest.mark.parametrize(
    "text", ["", "很多", "100-200万", "1.2.3", "12 5", "1e5", "inf", "nan", "5 kr", "约", "万", "a lot"]
)
def test_what_is_no_single_sum_is_none(text: str) -> None:
    assert read_money(text, "万元") is None


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        (None, 1),
        ("元", 1),
        ("千元", 1e3),
        ("万元", 1e4),
        ("百万元", 1e6),
        ("k$", 1e3),
        ("kUSD", 1e3),
        ("kr", 1),
        ("M€", 1e6),
    ],
)
def test_a_unit_names_its_multiplier(unit: str | None, expected: float) -> None:
    assert scale(unit) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("8.5%", 8.5),
        ("８％", 8),
        ("8", 8),
        ("八个点", 8),
        ("百分之八点五", 8.5),
        ("-3%", -3),
        ("8.5 percent", 8.5),
        ("8万", None),
        ("5-8%", None),
        ("还行", None),
    ],
)
def test_percentages(text: str, expected: float | None) -> None:
    assert read_percent(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15天", 15),
        ("15", 15),
        ("十五天", 15),
        ("三十天左右", 30),
        ("两周", 14),
        ("半个月", 15),
        ("1.5个月", 45),
        ("half a month", 15),
        ("2 weeks", 14),
        ("net 30", 30),
        ("不拖", 0),
        ("-3天", -3),
        ("15-20天", None),
        ("看情况", None),
    ],
)
def test_days(text: str, expected: int | None) -> None:
    assert read_days(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6", 6),
        ("六家", 6),
        ("约 5 家", 5),
        ("80 visits", 80),
        ("一百二十次", 120),
        ("1,200", 1200),
        ("-3", -3),
        ("6.5", None),
        ("3 家半", None),
        ("看情况", None),
    ],
)
def test_counts(text: str, expected: int | None) -> None:
    assert read_count(text) == expected


@pytest.mark.parametrize("text", ["9" * 2000, "九" * 2000, "0" + "亿" * 1999, "9" * 2000 + "天", "十" * 2000])
def test_endless_numbers_are_no_numbers(text: str) -> None:
    assert (read_money(text), read_percent(text), read_days(text), read_count(text)) == (None, None, None, None)


@given(st.text(max_size=40))
def test_no_text_breaks_the_reading(text: str) -> None:
    for read in (read_money, read_percent, read_days, read_count):
        read(text)


@pytest.mark.parametrize(
    ("text", "unit", "code"),
    [
        ("元", "元", "CNY"),
        (" 万元 ", "万元", "CNY"),
        ("RMB", "RMB", "CNY"),
        ("万", "万", None),
        ("k  USD", "k USD", "USD"),
        ("k$", "k$", "USD"),
        ("千美元", "千美元", "USD"),
        ("港元", "港元", "HKD"),
        ("12万", None, None),
        ("随便", None, None),
        ("", None, None),
        ("人民币" * 6, None, None),
    ],
)
def test_a_unit_of_money_is_read_with_its_currency(text: str, unit: str | None, code: str | None) -> None:
    assert read_unit(text) == unit
    assert currency(unit) == code
