"""Accounts of a plan on the phone: open ends of earlier days, done, moved, dropped, taken back; owners, languages."""

from __future__ import annotations

import datetime as dtm

import pytest

from bot.models import PlannedState
from tests.bot.handlers.days import (
    FRIDAY,
    TODAY,
    fill,
    keyboard,
    lines,
    made,
    plan_of,
    planned,
    rules,
    shown,
)
from tests.bot.handlers.organisation import CHEN, LIN, tap
from tests.telegram import Stage

__all__ = ["rules"]

TOMORROW = dtm.date(2026, 11, 24)

pytestmark = pytest.mark.usefixtures("rules")


async def test_open_ends_come_first_and_each_is_settled_by_a_tap(stage: Stage) -> None:
    ids = await fill(stage)
    await made(stage, FRIDAY, ids["小河副食"], ids["Sunny Mart"], ids["华联超市"], ids["百顺烟酒"])
    chen = stage.person(CHEN)
    await chen.says("/plan")
    assert lines(chen) == [
        "📋 今天 11月23日 周一",
        "建议 3 家：要求 0.4，团队目标 6",
        "先理一理：2 家还没了结",
        "1. 小河副食 · 11月20日 周五",
        "2. 华联超市 · 11月20日 周五",
    ]
    assert keyboard(chen)[0] == ["✅ 1 去了", "→ 1 今天去", "✖ 1 不去了"]
    await chen.taps("→ 1 今天去")
    assert lines(chen)[1:3] == ["→ 小河副食：放进今天", "先理一理：1 家还没了结"]
    await chen.taps("✅ 1 去了")
    assert chen.notices[-1] == "记成去了。有什么要记的，直接打字给我。"
    assert lines(chen)[:4] == [
        "📋 今天 11月23日 周一",
        "建议 3 家：要求 0.4，团队目标 6",
        "✅ 华联超市：去过了",
        "1. ☑ 永辉五一店 · 10:00 约好了",
    ]
    assert [line[3:10] for line in lines(chen)[3:]] == ["☑ 永辉五一店", "☑ 小河副食 ", "☑ 百顺烟酒 "], (
        "where he has been is left out"
    )
    states = dict(await planned(stage, FRIDAY))
    assert (states["小河副食"], states["华联超市"]) == (PlannedState.MOVED, PlannedState.DONE)
    await chen.taps("↩ 点错了")
    assert lines(chen)[1] == "先理一理：1 家还没了结"
    await chen.taps("看今天的计划 ▶")
    assert "🧹 1 家还没了结" in chen.buttons
    await chen.taps("🧹 1 家还没了结")
    assert lines(chen)[1] == "先理一理：1 家还没了结"


async def test_the_same_in_english_with_a_typed_reason(stage: Stage) -> None:
    ids = await fill(stage)
    await made(stage, FRIDAY, ids["小河副食"])
    chen = stage.person(CHEN, "en")
    await chen.says("/plan")
    assert lines(chen)[2:] == ["First: 1 open end", "1. 小河副食 · Fri 20 Nov"]
    await chen.taps("✖ 1 drop")
    assert chen.buttons == ["Client not free", "No time for it", "No need to go", "◀ Plan"]
    await chen.says("the owner is abroad until next month")
    assert lines(chen)[2] == "✖ 小河副食: the owner is a…"
    plan = await plan_of(stage, FRIDAY)
    assert plan is not None
    assert plan.items[0].planned.reason == "the owner is abroad until next month"


async def test_what_he_drops_in_the_morning_stands_last_and_waits_for_his_own_tick(stage: Stage) -> None:
    ids = await fill(stage)
    await made(stage, FRIDAY, ids["小河副食"], ids["华联超市"])
    chen = stage.person(CHEN)
    await chen.says("/plan")
    await chen.taps("✖ 2 不去了")
    await chen.taps("客户没空")
    await chen.taps("✅ 1 去了")
    assert lines(chen)[3:] == [
        "1. ☑ 永辉五一店 · 10:00 约好了",
        "2. ☑ 百顺烟酒 · 逾期 3 天：送样品",
        "3. ☐ 华联超市 · ✖ 客户没空、20 天没见",
    ], "where he has been is left out, though three are proposed"
    await chen.taps("☐ 3")
    assert lines(chen)[-1] == "3. ☑ 华联超市 · ✖ 客户没空、20 天没见"
    await chen.says("/plan")
    assert lines(chen)[-1] == "3. ☑ 华联超市 · ✖ 客户没空、20 天没见"


async def test_a_plan_is_changed_during_the_day(stage: Stage) -> None:
    ids = await fill(stage)
    await made(stage, TODAY, ids["永辉五一店"], ids["百顺烟酒"], ids["华联超市"])
    chen = stage.person(CHEN)
    await chen.says("/plan")
    await chen.taps("✏️ 改计划")
    assert lines(chen)[0] == "✏️ 11月23日 周一：哪家有变？"
    await chen.taps("✅ 1 去了")
    await chen.taps("✖ 1 不去了")
    await chen.taps("我排不过来")
    assert lines(chen)[1:] == ["✖ 百顺烟酒：我排不过来", "1. ▫️ 华联超市 · 您加的"]
    await chen.taps("📅 1 改天")
    assert chen.buttons[:3] == ["11月24日 周二", "11月25日 周三", "11月30日 周一"]
    await chen.taps("11月24日 周二")
    assert lines(chen) == [
        "📋 今天 11月23日 周一",
        "1 家，去了 1 家",
        "📅 华联超市：改到 11月24日 周二",
        "1. ✅ 永辉五一店 · 您加的",
        "2. ✖ 百顺烟酒 · 我排不过来",
        "3. 📅 华联超市 · 改到 11月24日 周二",
    ]
    await chen.taps("11月24日 周二 的计划 ▶")
    (moved,) = [line for line in lines(chen) if "华联超市" in line]
    assert "☑" in moved


async def test_moved_to_a_typed_day_and_on_to_a_list_that_waits(stage: Stage) -> None:
    ids = await fill(stage)
    await made(stage, TODAY, ids["Sunny Mart"], ids["小河副食"])
    chen = stage.person(CHEN)
    await chen.says("/plan")
    await chen.taps("11月24日 周二 的计划 ▶")
    await chen.taps("☑ 1")
    await chen.taps("◀ 今天的计划")
    await chen.taps("✏️ 改计划")
    await chen.taps("📅 1 改天")
    for refused in ("随便", "昨天"):
        (answer,) = await chen.says(refused)
        assert "没看出是哪天" in answer
    await chen.says("明天")
    assert lines(chen)[1] == "📅 Sunny Mart：改到 11月24日 周二"
    await chen.says("/plan")
    await chen.taps("11月24日 周二 的计划 ▶")
    assert "1. ☑ Sunny Mart · 您改来的" in lines(chen)
    assert "没看出是哪天" in await tap(stage, CHEN, f"plan-moved:20261123:{ids['小河副食']}:20261122")


async def test_a_second_tap_says_so_and_nobody_else_settles(stage: Stage) -> None:
    ids = await fill(stage)
    theirs = (await fill(stage, LIN))["Sunny Mart"]
    await made(stage, FRIDAY, ids["小河副食"], ids["华联超市"])
    assert await tap(stage, CHEN, f"plan-done:20261120:{ids['小河副食']}") == "记成去了。有什么要记的，直接打字给我。"
    for verb in ("plan-done", "plan-now", "plan-drop"):
        said = await tap(stage, CHEN, f"{verb}:20261120:{ids['小河副食']}")
        assert ("已经处理过" in said) == (verb != "plan-drop"), verb
    before = await planned(stage, FRIDAY)
    for verb in ("plan-done", "plan-now", "plan-drop", "plan-move", "plan-undo", "plan-dropped", "plan-moved"):
        more = {"plan-dropped": ":time", "plan-moved": ":20261124"}.get(verb, "")
        assert "没找到" in await tap(stage, CHEN, f"{verb}:20261120:{theirs}{more}"), verb
    assert "没找到" in await tap(stage, CHEN, f"plan-done:20261119:{ids['小河副食']}")
    assert "没找到" in await tap(stage, CHEN, f"plan-dropped:20261120:{ids['华联超市']}:because")
    assert "没找到" in await tap(stage, LIN, f"plan-done:20261120:{ids['华联超市']}")
    assert await planned(stage, FRIDAY) == before


async def test_many_open_ends_fit_a_phone(stage: Stage) -> None:
    ids = await fill(stage)
    await made(stage, FRIDAY, *(ids[name] for name in ("永辉五一店", "百顺烟酒", "华联超市", "小河副食")))
    await made(stage, dtm.date(2026, 11, 19), ids["永辉五一店"])
    chen = stage.person(CHEN)
    await chen.says("/plan")
    shown(chen)
    for _ in range(2):
        await chen.taps("✖ 1 不去了")
        await chen.taps("客户没空")
        shown(chen)
    assert [name for name, state in await planned(stage, FRIDAY) if state == PlannedState.DROPPED]
