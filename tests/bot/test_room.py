"""Cuts to size: at a clause, at a whole item, and in the middle of a word only where nothing else fits."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.room import clauses, fitted, listed, room


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("有 1 个说好的下一步过了日子，最久 9 个工作日（宽限 3 天）", 18.5, "有 1 个说好的下一步过了日子"),
        ("上次见面已过 21 天（周期 7 天，宽限 3 天）", 18.5, "上次见面已过 21 天"),
        (
            "the book asks for 1,540 visits in 8 weeks, the target allows 90",
            25,
            "the book asks for 1,540 visits in 8 weeks",
        ),
        ("many promises and more accounts: the cause is capacity", 20, "many promises and more accounts"),
        ("计划常常没落实而这家重点客户正好排在后面", 8, "计划常常没落实…"),
        ("often there, but through one or two people", 18.5, "often there, but through one or…"),
        ("a promise to a tier A account is past its day", 18.5, "a promise to a tier A account is…"),
        ("短", 8, "短"),
    ],
)
def test_a_sentence_ends_with_a_whole_clause(text: str, most: float, expected: str) -> None:
    assert clauses(text, most) == expected


def test_a_list_ends_with_a_whole_item() -> None:
    items = ["永辉五一店", "红梅副食", "百顺烟酒超市"]
    assert listed(items, "，", 40) == "永辉五一店，红梅副食，百顺烟酒超市"
    assert listed(items, "，", 12) == "永辉五一店，红梅副食"
    assert listed(items, "，", 11, "等") == "永辉五一店，红梅副食等"
    assert listed(items, "，", 4, "等") == "永辉…等"
    assert listed([], "，", 4, "等") == ""


@given(st.text(max_size=60), st.floats(3, 40))
def test_nothing_is_longer_than_its_room(text: str, most: float) -> None:
    assert room(clauses(text, most)) <= most
    assert room(listed([text, text], " · ", most, "…")) <= most
    assert room(fitted(text, most)) <= most
