from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.names import Span
from bot.language.people import contacts_in, is_person
from tests.bot.language.test_names import CASES


@pytest.mark.parametrize(("text", "expected"), CASES["people"].items())
def test_a_text_names_these_people(text: str, expected: str) -> None:
    assert ("; ".join(one.words for one in contacts_in(text)) or "none") == expected


def test_traditional_and_wide_writing_stays_as_typed() -> None:
    assert [one.words for one in contacts_in("跟陳經理、權哥聊了")] == ["陳經理", "權哥"]
    assert [one.words for one in contacts_in("ＡＢＣ的王总")] == ["王总"]


def test_nobody_is_found_where_an_account_stands() -> None:
    text = "met Harvey Nichols, then Anna at the store"
    assert [one.words for one in contacts_in(text, [Span(4, 18, "Harvey Nichols")])] == ["Anna"]


def test_a_nickname_right_behind_an_account_is_a_person() -> None:
    assert contacts_in("十足小敏订货") == []
    assert [one.words for one in contacts_in("十足小敏订货", [Span(0, 2, "十足")])] == ["小敏"]


@pytest.mark.parametrize(
    ("words", "is_one"), [("老王", True), ("王姐", True), ("张建国经理", True), ("恒达", False), ("王府井", False)]
)
def test_words_that_are_just_a_person(words: str, is_one: bool) -> None:
    assert is_person(words) is is_one


@given(st.lists(st.sampled_from(list(CASES["people"])) | st.text(max_size=6), max_size=5))
def test_people_stand_in_order_as_typed(texts: list[str]) -> None:
    text = "，".join(texts)
    people = contacts_in(text)
    assert all(text[one.start : one.end] == one.words != "" for one in people)
    assert all(one.end <= two.start for one, two in itertools.pairwise(people))
