from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.people import Span
from bot.language.strangers import unknown_names
from tests.bot.language.test_names import CASES


@pytest.mark.parametrize(("text", "expected"), CASES["strangers"].items())
def test_a_text_names_these_strangers(text: str, expected: str) -> None:
    assert ("; ".join(one.words for one in unknown_names(text)) or "none") == expected


def test_what_is_taken_is_no_stranger() -> None:
    text = "去了宏图五金厂和天天乐便利店"
    assert [one.words for one in unknown_names(text)] == ["宏图五金厂", "天天乐便利店"]
    assert [one.words for one in unknown_names(text, [Span(2, 7, "宏图五金厂")])] == ["天天乐便利店"]


@given(st.lists(st.sampled_from(list(CASES["strangers"])) | st.text(max_size=6), max_size=5))
def test_strangers_stand_in_order_as_typed(texts: list[str]) -> None:
    text = "，".join(texts)
    strangers = unknown_names(text)
    assert all(text[one.start : one.end] == one.words != "" for one in strangers)
    assert all(one.end <= two.start for one, two in itertools.pairwise(strangers))
