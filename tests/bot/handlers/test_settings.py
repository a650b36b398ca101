"""/settings on the phone: every time and switch by tap and by typing, the schedules that follow, both languages."""

from __future__ import annotations

import datetime as dtm
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.models import Person, Schedule
from bot.services import schedules
from tests.bot.handlers.organisation import CHEN, LEAD, add_accounts, person_of, tap
from tests.telegram import Chatter, Stage, height


@pytest.fixture
async def chen(stage: Stage) -> Chatter:
    """A manager whose schedules are arranged."""
    async with stage.coach.database.begin() as session:
        for person in await session.scalars(select(Person)):
            await schedules.arrange(session, person, stage.clock.now())
    return stage.person(CHEN)


async def times(stage: Stage, telegram_id: int = CHEN) -> dict[str, str]:
    """When each kind is told, by the person's own clock, with its next day."""
    person = await person_of(stage, telegram_id)
    async with stage.coach.database.read() as session:
        rows = await session.scalars(select(Schedule).where(Schedule.person_id == person.id))
        return {row.kind: f"{person.local(row.next_due):%m-%d %H:%M}" for row in rows}


def shown(chatter: Chatter) -> str:
    """The newest message, held to the twelve lines that a screen may take."""
    text = str(chatter.last["text"])
    assert height(text) <= 12
    return text


async def test_a_time_by_tap_moves_its_schedules(stage: Stage, chen: Chatter) -> None:
    await chen.says("/settings")
    assert "上海，现在 08:30" in shown(chen)
    assert chen.buttons[:5] == [
        "🌅 早上计划 08:30",
        "🌙 晚上回顾 18:00",
        "📝 补记录 15:30",
        "📍 约见前 1 小时",
        "🤫 安静 21:00–07:00",
    ]
    await chen.taps("🌅 早上计划 08:30")
    assert chen.buttons == ["07:30", "08:00", "08:30", "09:00", "◀ 返回设置"]
    message_id, data = chen.button("09:00")
    await chen.taps("09:00")
    assert shown(chen).startswith("✅ 改好了：🌅 早上计划 09:00")
    found = await times(stage)
    assert (found["morning"], found["promises"], found["evening"]) == ("11-23 09:00", "11-23 09:00", "11-23 18:00")
    await chen.does(lambda: stage.api.tap(CHEN, message_id, data, stale=True))  # a second tap changes nothing
    assert await times(stage) == found


@pytest.mark.parametrize(
    ("button", "typed", "label", "kind"),
    [
        ("🌅 早上计划 08:30", "8:45", "🌅 早上计划 08:45", ("morning", "11-23 08:45")),
        ("🌙 晚上回顾 18:00", "晚上八点半", "🌙 晚上回顾 20:30", ("evening", "11-23 20:30")),
        ("🌙 晚上回顾 18:00", "8点", "🌙 晚上回顾 20:00", ("promises_eve", "11-23 20:00")),
        ("📝 补记录 15:30", "4点", "📝 补记录 16:00", ("nudge", "11-23 16:00")),
        ("📍 约见前 1 小时", "一个半小时", "📍 约见前 90 分钟", None),
        ("🤫 安静 21:00–07:00", "晚上十点到早上六点半", "🤫 安静 22:00–06:30", None),
        ("🌏 上海", "东京", "🌏 东京", ("evening", "11-23 18:00")),
    ],
)
async def test_each_can_be_typed(
    stage: Stage, chen: Chatter, button: str, typed: str, label: str, kind: tuple[str, str] | None
) -> None:
    await chen.says("/settings")
    await chen.taps(button)
    await chen.says(typed)
    assert label in chen.buttons
    if kind is not None:
        assert (await times(stage))[kind[0]] == kind[1]


async def test_what_cannot_be_read_is_told_in_one_sentence_and_the_question_stays(stage: Stage, chen: Chatter) -> None:
    asked = {
        "🌅 早上计划 08:30": "请写成「8:45」这样，04:00 到 13:59 之间",
        "📍 约见前 1 小时": "没看出提前多久",
        "🤫 安静 21:00–07:00": "请写成「22:00-7:00」这样",
        "🌏 上海": "没认出这个地方",
    }
    for button, refusal in asked.items():
        await chen.says("/settings")
        await chen.taps(button)
        for words in ("随便吧", "火星上 25:99"):
            (answer,) = await chen.says(words)
            assert refusal in answer
    await chen.says("西雅图")
    assert "🌏 洛杉矶" in chen.buttons
    await chen.taps("📍 约见前 1 小时")
    (answer,) = await chen.says("3天")
    assert "最多 24 小时" in answer
    assert (await person_of(stage, CHEN)).choices == {}


async def test_quiet_hours_that_swallow_a_time_are_told(chen: Chatter) -> None:
    await chen.says("/settings")
    await chen.taps("🤫 安静 21:00–07:00")
    await chen.taps("20:00–08:00")
    assert "⚠️" not in shown(chen)
    await chen.taps("🌅 早上计划 08:30")
    await chen.taps("07:30")
    assert "⚠️ 🌅 早上计划 07:30 在安静时段里" in shown(chen)
    await chen.taps("🤫 安静 20:00–08:00")
    await chen.taps("不设")
    assert "⚠️" not in shown(chen)
    assert "🤫 安静 不设" in chen.buttons


async def test_each_kind_can_be_switched_off_and_on(stage: Stage, chen: Chatter) -> None:
    await chen.says("/settings")
    await chen.taps("🔔 哪些要提醒")
    shown(chen)
    assert len(chen.buttons) == 8  # seven kinds and the way back
    message_id, data = chen.button("✅ 补拜访记录")
    await chen.taps("✅ 补拜访记录")
    assert "nudge" not in await times(stage)
    await chen.does(lambda: stage.api.tap(CHEN, message_id, data, stale=True))  # a second tap keeps it off
    assert "🔕 补拜访记录" in chen.buttons
    await chen.taps("◀ 返回设置")
    assert "🔔 哪些要提醒（关了 1 项）" in chen.buttons
    await chen.taps("🔔 哪些要提醒（关了 1 项）")
    await chen.taps("🔕 补拜访记录")
    assert "nudge" in await times(stage)


async def test_a_lead_sets_the_digest_and_no_more_than_is_told_him(stage: Stage, chen: Chatter) -> None:
    lead = stage.person(LEAD, "en")
    await lead.says("/settings")
    assert lead.buttons[0] == "📊 Monday digest 08:30"
    assert not any("Plan" in label for label in lead.buttons)
    await lead.taps("📊 Monday digest 08:30")
    await lead.says("9 am")
    assert await times(stage, LEAD) == {"digest": "11-23 09:00"}
    assert "没找到" in await tap(stage, CHEN, "settings-kind:digest:off")
    assert "没找到" in await tap(stage, LEAD, "settings-kind:morning:off")
    await add_accounts(stage, LEAD, "自己的店")
    await lead.says("/settings")
    assert {"📊 Monday digest 09:00", "🌅 Plan 08:30"} <= set(lead.buttons)


async def test_another_zone_is_told_with_its_time_and_a_switch_of_language_is_one_tap_away(chen: Chatter) -> None:
    english = Chatter(chen.stage, CHEN, "en")
    await english.says("/settings")
    await english.taps("🌏 Shanghai")
    await english.taps("London")
    assert "by your clock: London, now 00:30" in shown(english)
    await english.taps("🌐 Language")
    await english.taps("中文")
    await english.says("设置")
    assert "伦敦，现在 00:30" in shown(english)
    await english.taps("🏖 休假")
    assert "休假" in shown(english)


async def test_a_typed_answer_after_a_restart_is_still_the_answer(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        chen = stage.person(CHEN)
        await chen.says("/settings")
        await chen.taps("🌅 早上计划 08:30")
        saved = stage.api.dump()
    async with Stage(tmp_path) as stage:
        stage.api.load(saved)
        chen = stage.person(CHEN)
        await chen.says("7:15")
        assert "🌅 早上计划 07:15" in chen.buttons
        assert (await person_of(stage, CHEN)).preferences.morning_at == dtm.time(7, 15)


async def test_the_unit_of_money_is_tapped_or_typed_by_whoever_has_a_book(stage: Stage, chen: Chatter) -> None:
    await chen.says("/settings")
    await chen.taps("💰 金额 没定")
    (refused,) = await chen.says("很多")
    assert "没看出是什么单位" in refused
    await chen.says("万元")
    assert shown(chen).startswith("✅ 改好了：💰 金额 万元")
    english = stage.person(CHEN, "en")
    await english.taps("💰 金额 万元")
    await english.taps("元")
    assert (await person_of(stage, CHEN)).money_unit == "元"
    await stage.person(LEAD).says("/settings")
    assert not [label for label in stage.person(LEAD).buttons if "金额" in label]


async def test_going_back_waits_for_nothing(chen: Chatter) -> None:
    await chen.says("/settings")
    await chen.taps("🌅 早上计划 08:30")
    await chen.taps("◀ 返回设置")
    (answer, *_) = await chen.says("客户总压价怎么办")
    assert "没看出是几点" not in answer


async def test_what_does_not_exist_is_refused(stage: Stage, chen: Chatter) -> None:
    for action in ("settings-ask:skip_day", "settings-set:off:1", "settings-set:choices:1", "settings-kind:x:off"):
        assert "没找到" in await tap(stage, CHEN, action)
    assert (await person_of(stage, CHEN)).choices == {}
