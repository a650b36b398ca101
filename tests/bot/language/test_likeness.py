"""Which names of a list may mean the same account, and which shops only look alike."""

from __future__ import annotations

import pytest

from bot.language.likeness import Forms, alike

ALIKE = [
    ("永辉超市五一店", "永辉五一店"),
    ("永辉超市五一店", "勇辉超市五一店"),
    ("永輝超市五一店", "永辉超市五一店"),
    ("7-11便利店", "7－11便利店"),
    ("恒顺五金厂", "恒顺五金"),
    ("小河副食", "小何副食"),
    ("华联超市", "华联商行"),
    ("长沙永辉五一店", "永辉五一店"),
    ("大润发超市", "大润发"),
    ("永兴（超市）", "永兴超市"),
    ("新华书店中山路店", "新华书店中山璐店"),
    ("Starbucks Main St", "Starbuks Main St"),
    ("Acme Ltd", "Acme Limited"),
]
APART = [
    ("永辉超市五一店", "永辉超市五二店"),
    ("美宜佳001店", "美宜佳002店"),
    ("城东便利店", "城西便利店"),
    ("和平路店", "和平路二店"),
    ("王记", "李记"),
    ("大河五金厂", "大河副食"),
    ("阳光饭店", "阳光超市"),
    ("超市", "便利店"),
    ("全家便利店A店", "全家便利店B店"),
    ("永辉超市", "永辉超市五一店"),
    ("新桥加油站", "老桥加油站"),
    ("Shop A", "Shop B"),
    ("Unit 12 Cafe", "Unit 13 Cafe"),
    ("Best", "Rest"),
]


@pytest.mark.parametrize(("one", "other"), ALIKE)
def test_the_same_may_be_meant(one: str, other: str) -> None:
    assert Forms.of(one).is_like(Forms.of(other))
    assert alike([other], [one]) == [one]
    assert alike([one, other], []) == [None, one]
    assert alike([other, one], []) == [None, other]


@pytest.mark.parametrize(("one", "other"), APART)
def test_another_is_meant(one: str, other: str) -> None:
    assert alike([other], [one]) == [None]
    assert alike([one], [other]) == [None]


def test_what_is_known_already_is_no_question() -> None:
    assert alike(["永辉超市五一店", "永辉五一店"], ["永辉超市五一店", "永辉五一店"]) == [None, None]


@pytest.mark.parametrize("name", ["", " ", "()", "😀", "店"])
def test_odd_names_are_like_nothing_else(name: str) -> None:
    assert alike([name], ["永辉超市五一店"]) == [None]


def test_thousands_of_branches_are_told_apart() -> None:
    assert set(alike([f"美宜佳{number}店" for number in range(3000)], [])) == {None}
