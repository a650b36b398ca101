"""What was typed, before anything is understood."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.language.typed import LONGEST, read


@pytest.mark.parametrize(
    ("raw", "text", "flaw"),
    [
        ("  客户压价怎么办 ", "客户压价怎么办", None),
        ("一\n二", "一\n二", None),
        ("客\u202e户\x00", "客户", None),
        ("", "", "empty"),
        ("\x00\u200b \n", "", "empty"),
        ("😀👍", "😀👍", "symbols"),
        ("？！", "？！", "symbols"),
        ("1", "1", None),
        ("客" * LONGEST, "客" * LONGEST, None),
        ("客" * (LONGEST + 1), "客" * LONGEST, "too-long"),
    ],
)
def test_cleaning(raw: str, text: str, flaw: str | None) -> None:
    typed = read(raw)
    assert (typed.text, typed.flaw) == (text, flaw)


@given(st.text())
def test_nothing_invisible_is_left_and_nothing_raises(raw: str) -> None:
    text = read(raw).text
    assert text == text.strip() or read(raw).flaw == "too-long"
