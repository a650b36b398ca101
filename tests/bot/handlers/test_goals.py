"""/goals on the phone: set by tap and by typing, progress beside the pace, the volume reported; both languages."""

from __future__ import annotations

import datetime as dtm

import pytest
from sqlalchemy import select

from bot.models import Goal, GoalKind, Person
from tests.bot.handlers.days import lines, met, shown
from tests.bot.handlers.organisation import CHEN, person_of, tap
from tests.bot.handlers.test_accounts import add
from tests.telegram import Stage

NOVEMBER, OCTOBER = dtm.date(2026, 11, 1), dtm.date(2026, 10, 1)


async def set_goal(stage: Stage, month: dtm.date, kind: GoalKind, target: float, reached: float | None = None) -> None:
    person = await person_of(stage, CHEN)
    async with stage.coach.database.begin() as session:
        session.add(Goal(person_id=person.id, month=month, kind=kind, target=target, reached=reached))


async def goals_of(stage: Stage) -> dict[str, float]:
    async with stage.coach.database.read() as session:
        query = select(Goal).join(Person, Person.id == Goal.person_id).where(Person.telegram_id == CHEN)
        return {goal.kind: goal.target for goal in await session.scalars(query)}


async def test_a_goal_is_set_by_tap_and_by_typing(stage: Stage) -> None:
    await add(stage, CHEN, "永辉五一店", met(2), met(3), tier="A")
    await set_goal(stage, OCTOBER, GoalKind.VISITS, 60)
    chen = stage.person(CHEN)
    await chen.says("/goals")
    assert lines(chen) == ["🎯 2026年11月的目标", "还没有定。点一项，定一个够得着的数，我替您看着进度。"]
    assert chen.buttons == ["🎯 拜访", "🎯 销量", "🎯 新客户"]
    await chen.taps("🎯 拜访")
    assert chen.buttons == ["4", "60", "◀ 目标"]
    await chen.taps("60")
    assert lines(chen) == ["🎯 2026年11月的目标", "✅ 拜访定了：60", "· 拜访 2/60 = 3%，该到 43"]
    await chen.taps("🎯 新客户")
    for refused, why in (("很多", "没看出是多少"), ("2.5", "没看出是多少"), ("999999", "不像真的")):
        (answer,) = await chen.says(refused)
        assert why in answer
    await chen.says("三家")
    assert await goals_of(stage) == {"visits": 60, "new_accounts": 3}


async def test_the_volume_is_typed_in_ones_own_unit_and_reported(stage: Stage) -> None:
    person = await person_of(stage, CHEN)
    async with stage.coach.database.begin() as session:
        (await session.get_one(Person, person.id)).money_unit = "万元"
    chen = stage.person(CHEN, "en")
    await chen.says("/goals")
    assert "📦 Report volume" not in chen.buttons
    await chen.taps("🎯 Volume")
    await chen.says("120万")
    assert lines(chen)[1:] == ["✅ Volume set: 120 万元", "· Volume: 120 万元, not told yet"]
    await chen.taps("📦 Report volume")
    (answer,) = await chen.says("no idea")
    assert "no number there" in answer
    await chen.says("30.5")
    assert lines(chen)[1:] == ["✅ Volume noted: 30.5 万元", "· Volume 30.5/120 万元 = 25%, pace 86"]
    await chen.taps("🎯 Volume")
    await chen.taps("◀ Goals")
    assert lines(chen)[0] == "🎯 Goals for November 2026"


async def test_what_is_no_goal_does_not_exist_and_nought_takes_one_back(stage: Stage) -> None:
    await set_goal(stage, NOVEMBER, GoalKind.VISITS, 60)
    assert "没找到" in await tap(stage, CHEN, "goal-ask:202611:happiness")
    assert "没找到" in await tap(stage, CHEN, "goal-set:202611:happiness:5")
    chen = stage.person(CHEN)
    await chen.says("/goals")
    await chen.taps("🎯 拜访")
    await chen.says("0")
    assert await goals_of(stage) == {}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
async def test_the_fullest_screen_fits(stage: Stage, language: str) -> None:
    person = await person_of(stage, CHEN)
    async with stage.coach.database.begin() as session:
        (await session.get_one(Person, person.id)).money_unit = "thousand USD"
    await set_goal(stage, NOVEMBER, GoalKind.VISITS, 1200)
    await set_goal(stage, NOVEMBER, GoalKind.VOLUME, 123_456_789.5, 23_456_789.25)
    await set_goal(stage, NOVEMBER, GoalKind.NEW_ACCOUNTS, 100)
    chen = stage.person(CHEN, language)
    await chen.says("/goals")
    shown(chen)
    assert len(lines(chen)) == 4


@pytest.mark.parametrize(("language", "before"), [("zh-hans", "上个月做到 2。"), ("en", "Last month: 2.")])
async def test_what_the_last_month_brought_is_told_where_a_goal_is_set(
    stage: Stage, language: str, before: str
) -> None:
    await add(stage, CHEN, "永辉五一店", met(40), met(41), tier="A")
    chen = stage.person(CHEN, language)
    await chen.says("/goals")
    await chen.taps("🎯 拜访" if language != "en" else "🎯 Visits")
    assert lines(chen)[0] == before
    assert chen.buttons[0] == "2"
