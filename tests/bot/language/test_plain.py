"""One form of a text, of the same length."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.language.plain import plain


def test_width_case_and_characters_are_one() -> None:
    assert plain("ＡＢＣ，客戶說３號") == "abc,客户说3号"


def test_an_apostrophe_is_one_however_the_phone_sets_it() -> None:
    assert plain("I’ll") == "i'll"


def test_letters_are_one_with_accents_and_without() -> None:
    assert plain("Müller à Zürich, ㎏") == "muller a zurich, ㎏"


@given(st.text(max_size=60))
def test_a_place_stays_the_same_place(text: str) -> None:
    assert len(plain(text)) == len(text)
