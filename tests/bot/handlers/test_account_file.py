"""Editing an account's file on the phone: tapped, typed, checked, emptied; its name and its aliases."""

from __future__ import annotations

from bot.handlers import account_file
from bot.services import accounts
from tests.bot.handlers.organisation import CHEN
from tests.bot.handlers.test_accounts import add, shown, stored
from tests.telegram import Chatter, Stage


async def opened(stage: Stage, name: str = "永兴便利店", **about: object) -> Chatter:
    """The manager's phone with the file of an account on it."""
    await add(stage, CHEN, name, **about)
    chen = stage.person(CHEN)
    await chen.says(f"/accounts {name}")
    await chen.taps("✏️ 改资料")
    return chen


async def test_the_file_shows_every_field_with_its_value(stage: Stage) -> None:
    chen = await opened(stage, tier="B", segment="零售", margin_pct=8.5, aliases=["永兴", "老永"])
    assert chen.buttons == [
        "改名字",
        "分级：B",
        "类别：零售",
        "片区：—",
        "年销：—",
        "潜力：—",
        "毛利 8.5%",
        "拖款天数：—",
        "走势：—",
        "别的叫法：永兴、老永",
        "◀ 客户卡片",
    ]


async def test_tier_and_trend_are_tapped(stage: Stage) -> None:
    chen = await opened(stage)
    await chen.taps("分级：C")
    await chen.taps("A 级")
    assert chen.notices[-1] == "改好了"
    assert shown(chen).startswith("永兴便利店\nA 级")
    await chen.taps("✏️ 改资料")
    await chen.taps("走势：—")
    await chen.taps("走势下滑")
    assert "💰 走势下滑" in shown(chen)


async def test_the_rest_is_typed_and_the_card_shown_again(stage: Stage) -> None:
    chen = await opened(stage)
    for button, typed in (
        ("类别：—", "便利店"),
        ("片区：—", "城东"),
        ("年销：—", "120万"),
        ("潜力：—", "3m"),
        ("毛利：—", "8.5%"),
        ("拖款天数：—", "两周"),
    ):
        await chen.taps(button)
        (answer,) = await chen.says(typed)
        assert answer.startswith("永兴便利店\nC 级")
        await chen.taps("✏️ 改资料")
    await chen.taps("◀ 客户卡片")
    assert shown(chen).split("\n")[1:3] == [
        "C 级 · 便利店 · 城东",
        "💰 年销 1,200,000 · 潜力 3,000,000 · 毛利 8.5% · 拖款 14 天",
    ]


async def test_a_value_that_cannot_be_is_told_in_one_sentence_and_asked_again(stage: Stage) -> None:
    chen = await opened(stage)
    for button, typed, told in (
        ("年销：—", "好多好多", "请写一个 0 以上的数"),
        ("潜力：—", "-8", "请写一个 0 以上的数"),
        ("潜力：—", "999999999亿", "这个数太大了"),
        ("毛利：—", "300%", "-100 到 100"),
        ("拖款天数：—", "一百年", "0 到 1,000 之间的天数"),
        ("类别：—", "长" * 65, "64 个字以内"),
    ):
        await chen.taps(button)
        (answer,) = await chen.says(typed)
        assert told in answer
        assert "\n" not in answer
    (answer,) = await chen.says("便利店")
    assert answer.startswith("永兴便利店\nC 级 · 便利店")


async def test_a_field_is_emptied_by_a_tap_and_the_question_is_over(stage: Stage) -> None:
    chen = await opened(stage, annual_sales=80.0)
    await chen.taps("年销 80")
    await chen.taps("🧹 清空")
    assert (await stored(stage, "永兴便利店")).annual_sales is None
    (answer,) = await chen.says("什么样的客户才算大客户")
    assert "出处" in answer


async def test_nothing_is_changed_after_all(stage: Stage) -> None:
    chen = await opened(stage)
    await chen.taps("片区：—")
    await chen.taps("不改了")
    (answer,) = await chen.says("什么样的客户才算大客户")
    assert "出处" in answer
    assert (await stored(stage, "永兴便利店")).area is None


async def test_renamed_at_once_or_after_a_question_where_another_is_much_like_it(stage: Stage) -> None:
    await add(stage, CHEN, "永辉超市五一店", tier="A")
    chen = await opened(stage)
    await chen.taps("改名字")
    (answer,) = await chen.says("大山商行")
    assert answer.startswith("大山商行")
    await chen.taps("✏️ 改资料")
    await chen.taps("改名字")
    (answer,) = await chen.says("永辉超市五一店")
    assert "已经有" in answer
    (answer,) = await chen.says("永惠超市五一店")
    assert "很像" in answer
    assert chen.buttons == ["A 永辉超市五一店", "✅ 就用这个名字"]
    await chen.taps("✅ 就用这个名字")
    assert shown(chen).startswith("永惠超市五一店")
    await stored(stage, "永惠超市五一店")


async def test_its_own_old_name_is_no_other_account(stage: Stage) -> None:
    chen = await opened(stage)
    await chen.taps("改名字")
    (answer,) = await chen.says("永兴便利店总店")
    assert answer.startswith("永兴便利店总店")


async def test_aliases_are_added_found_and_taken_away_once(stage: Stage) -> None:
    chen = await opened(stage)
    await chen.taps("别的叫法：—")
    await chen.taps("➕ 加一个叫法")
    await chen.says("老永")
    await chen.taps("➕ 加一个叫法")
    (answer,) = await chen.says("街口那家")
    assert "别的叫法" in answer
    assert chen.buttons == ["✖ 老永", "✖ 街口那家", "➕ 加一个叫法", "◀ 客户卡片"]
    message_id, first = chen.button("✖ 老永")
    await chen.taps("✖ 老永")
    await chen.does(lambda: stage.api.tap(CHEN, message_id, first, stale=True))
    assert (await stored(stage, "永兴便利店")).aliases == ["街口那家"]
    (answer,) = await chen.says("/accounts 街口")
    assert answer.startswith("永兴便利店")


async def test_an_alias_of_another_account_is_refused(stage: Stage) -> None:
    await add(stage, CHEN, "小河副食", aliases=["小河"])
    chen = await opened(stage)
    await chen.taps("别的叫法：—")
    await chen.taps("➕ 加一个叫法")
    (answer,) = await chen.says("小河")
    assert answer == "「小河」已经是「小河副食」的叫法了，请换一个。"


def test_every_action_fits_its_button() -> None:
    fields = {field for row in account_file.FIELDS for field in row}
    assert set(accounts.FILE) < fields
    for field in fields:
        assert len(f"account-field:1000000000:{field}".encode()) <= 44
        assert len(f"account-set:1000000000:{field}:{account_file.EMPTY}".encode()) <= 44
