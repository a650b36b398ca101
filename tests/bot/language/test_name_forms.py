from __future__ import annotations

import pytest

from bot.language.name_forms import forms, heard, name_parts, one_slip, phrases


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("永辉超市五一店", ["永辉!", "超市", "五一!", "店"]),
        ("杭州顺丰速运有限公司", ["杭州", "顺丰!", "速运", "有限公司"]),
        ("恒达五金厂", ["恒达!", "五金厂"]),
        ("ole精品超市万象城店", ["ole!", "精品超市", "万象城!", "店"]),
        ("超市", ["超市"]),
        ("北京", ["北京!"]),
    ],
)
def test_a_name_falls_into_parts_of_which_some_tell_it_from_others(name: str, parts: list[str]) -> None:
    assert [part.text + "!" * part.tells for part in name_parts(name)] == parts


def test_a_name_may_be_written_without_parts_but_never_without_all_that_tells() -> None:
    written = {form.text: form for form in forms("永辉超市五一店")}
    assert {"永辉超市五一店", "永辉五一店", "永辉", "永辉超市", "五一店", "永辉店"} <= written.keys()
    assert {"超市", "店", "超市店"}.isdisjoint(written)
    assert written["永辉超市五一店"].score == 1
    assert written["永辉五一店"].score > written["永辉"].score > 0.6
    assert written["五一店"].is_branch
    assert "五一" not in written
    assert {form.text: form.needs for form in forms("永辉超市解放路店")}["解放路"] == "shop"


def test_everyday_words_and_pieces_need_something_around_them() -> None:
    assert {form.text: form.needs for form in forms("幸福超市")}["幸福"] == "visit"
    assert {form.text: form.needs for form in forms("红星美凯龙")}["美凯龙"] == "account"
    assert {form.text: form.is_person for form in forms("阿强士多")}["阿强"]


def test_an_english_name_may_be_written_without_words_that_many_share() -> None:
    written = dict(phrases("blue ocean trading ltd"))
    assert {("blue", "ocean"), ("blue", "ocean", "trading", "ltd"), ("blueocean",), ("blue",)} <= written.keys()
    assert ("trading",) not in written
    assert dict(phrases("the market")) == {("the", "market"): 1.0, ("themarket",): 0.95}


def test_characters_that_sound_alike_are_heard_alike() -> None:
    assert heard("永辉") == heard("勇辉") != heard("永和")
    assert heard("兰州") == heard("南州")
    assert len(heard("a永b")) == 3


@pytest.mark.parametrize(
    ("one", "other", "changed"),
    [
        ("永辉超市", "永灰超市", "辉灰"),
        ("永辉超市", "永超市", "辉"),
        ("永辉超市", "永辉大超市", "大"),
        ("永辉超市", "辉永超市", "永辉"),
        ("永辉超市", "永辉超市", None),
        ("永辉超市", "勇灰超市", None),
        ("永辉超市", "永辉", None),
    ],
)
def test_one_slip(one: str, other: str, changed: str | None) -> None:
    slip = one_slip(one, other)
    assert (slip and slip.changed) == changed
