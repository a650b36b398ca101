"""/leave on the phone: typed days, listed, cancelled; a lead enters them for his people, who hear of it."""

from __future__ import annotations

import datetime as dtm

import pytest
from sqlalchemy import select

from bot.models import Leave
from tests.bot.handlers.organisation import CHEN, LEAD, LIN, person_of
from tests.bot.handlers.test_team import open_member
from tests.telegram import Stage, height


async def kept(stage: Stage) -> list[tuple[int, str, str]]:
    """Whose days off, first and last."""
    async with stage.coach.database.read() as session:
        rows = await session.scalars(select(Leave).order_by(Leave.id))
        return [(row.person_id, row.first_day.isoformat(), row.last_day.isoformat()) for row in rows]


async def test_days_off_are_typed_listed_and_cancelled(stage: Stage) -> None:
    chen = stage.person(CHEN)
    me = (await person_of(stage, CHEN)).id
    (empty,) = await chen.says("/leave")
    assert "还没有登记" in empty
    await chen.taps("＋ 登记休假")
    await chen.says("12月1日到5日")
    assert chen.buttons == ["✖ 12月1日 周二 到 12月5日 周六（5 天）", "＋ 登记休假"]
    await chen.taps("＋ 登记休假")
    await chen.says("明天")
    assert chen.buttons[0] == "✖ 11月24日 周二"
    assert await kept(stage) == [(me, "2026-12-01", "2026-12-05"), (me, "2026-11-24", "2026-11-24")]
    await chen.taps("✖ 11月24日 周二")
    assert chen.notices[-1] == "取消了"
    assert chen.buttons == ["✖ 12月1日 周二 到 12月5日 周六（5 天）", "＋ 登记休假"]
    assert len(await kept(stage)) == 1


async def test_the_same_in_english(stage: Stage) -> None:
    chen = stage.person(CHEN, "en")
    await chen.says("/leave")
    await chen.taps("＋ Enter days off")
    (answer,) = await chen.says("Dec 1 to Dec 5")
    assert "days off" in answer
    assert chen.buttons[0] == "✖ Tue 1 Dec to Sat 5 Dec (5 days)"
    assert height(answer) <= 12


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("下周", "没看出是哪几天"),
        ("不知道", "没看出是哪几天"),
        ("12月5日到12月1日", "结束的日子在开始之前"),
        ("2026年12月1日到2028年12月5日", "超过一年"),
        ("2026年11月1日到2026年11月5日", "已经过去"),
    ],
)
async def test_what_cannot_be_is_asked_again_and_the_question_stays(stage: Stage, text: str, answer: str) -> None:
    chen = stage.person(CHEN)
    await chen.says("/leave")
    await chen.taps("＋ 登记休假")
    assert answer in (await chen.says(text))[0]
    assert await kept(stage) == []
    await chen.says("明天")
    assert len(await kept(stage)) == 1


async def test_a_lead_enters_days_off_for_his_manager_who_hears_of_it(stage: Stage) -> None:
    lead, chen = stage.person(LEAD), stage.person(CHEN, "en")
    await chen.says("/start")
    await open_member(lead, "陈晓")
    await lead.taps("休假")
    assert "陈晓 Chen Xiao · 休假" in lead.last["text"]
    await lead.taps("＋ 登记休假")
    await lead.says("下周一到下周三")
    assert chen.last["text"] == (
        "周敏 Zhou Min has entered days off for you: Mon 30 Nov to Wed 2 Dec. Send /leave to change them."
    )
    assert await kept(stage) == [((await person_of(stage, CHEN)).id, "2026-11-30", "2026-12-02")]
    await lead.taps("◀ 陈晓 Chen Xiao")
    assert "休假：11月30日 周一 到 12月2日 周三" in lead.last["text"]
    await chen.says("/leave")
    await chen.taps("✖ Mon 30 Nov to Wed 2 Dec (3 days)")
    assert await kept(stage) == []


async def test_past_days_off_are_no_longer_listed(stage: Stage) -> None:
    lin = stage.person(LIN)
    await lin.says("/leave")
    await lin.taps("＋ 登记休假")
    await lin.says("明天")
    stage.clock.move_to(stage.clock.now() + dtm.timedelta(days=2))
    assert "还没有登记" in (await lin.says("/leave"))[0]
