"""Pinyin: initials and whole syllables find a Chinese name; other letters and single ones do not."""

from __future__ import annotations

import pytest

from bot.language.pinyin import stand_for


@pytest.mark.parametrize(
    ("letters", "name"),
    [
        ("yh", "永辉超市五一店"),
        ("YH", "永辉超市五一店"),
        ("cswyd", "永辉超市五一店"),
        ("yonghui", "永辉超市五一店"),
        ("wuyidian", "永辉超市五一店"),
        ("zh", "张华商行"),
        ("nj", "牛记副食"),
        ("lj", "牛记副食"),
        ("yh", "永輝超市"),
        ("kfc", "KFC 城东"),
    ],
)
def test_letters_that_stand_for_a_name(letters: str, name: str) -> None:
    assert stand_for(letters, name)


@pytest.mark.parametrize(
    ("letters", "name"),
    [("y", "永辉"), ("onghui", "永辉"), ("hy", "永辉"), ("永辉", "永辉"), ("12", "12号店"), ("", "永辉"), ("yh", "")],
)
def test_letters_that_do_not(letters: str, name: str) -> None:
    assert not stand_for(letters, name)
