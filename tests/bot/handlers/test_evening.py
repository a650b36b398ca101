"""/review on the phone: a tap for each planned account, a sentence for its note, reasons, market news, the close."""

from __future__ import annotations

import datetime as dtm
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.models import (
    DayReview,
    Evaluation,
    Flag,
    MarketReport,
    NextStep,
    Note,
    NoteState,
    Person,
    PlannedAccount,
    Promise,
    Visit,
)
from bot.services import day_plans
from tests.bot.handlers.organisation import CHEN, LEAD, LIN, add_accounts, person_of, tap
from tests.telegram import Chatter, Stage, height

TODAY = dtm.date(2026, 11, 23)
"""Monday, the day on which the stage's clock stands."""
EVENING = dtm.timedelta(hours=9, minutes=30)
NAMES = ("永辉五一店", "华联超市", "小河副食", "城东烟酒行", "Sunny Mart", "顺发烟酒行")


async def plan(stage: Stage, telegram_id: int, ids: list[int], day: dtm.date = TODAY) -> None:
    async with stage.coach.database.begin() as session:
        person = await session.scalar(select(Person).where(Person.telegram_id == telegram_id))
        assert person is not None
        now = stage.clock.now()
        await day_plans.confirm(session, person, day, ids, target=6, arithmetic=None, reasons=(), now=now)


@pytest.fixture
async def chen(stage: Stage) -> Chatter:
    """A manager at 18:00, with six accounts of which he planned the first five."""
    ids = await add_accounts(stage, CHEN, *NAMES)
    await plan(stage, CHEN, ids[:5])
    stage.clock.move_to(stage.clock.now() + EVENING)
    return stage.person(CHEN)


async def found(stage: Stage, table: type[Any]) -> list[Any]:
    async with stage.coach.database.read() as session:
        return list(await session.scalars(select(table)))


def shown(chatter: Chatter) -> str:
    """The newest message, held to the twelve lines that a screen may take."""
    text = str(chatter.last["text"])
    assert height(text) <= 12
    return text


async def test_went_is_recorded_at_once_and_the_next_sentence_becomes_its_note(stage: Stage, chen: Chatter) -> None:
    await chen.says("/review")
    assert shown(chen).split("\n")[0] == "🌙 11月23日 周一 · 计划 5 家，去了 0 家"
    assert "…还有 1 家" in shown(chen)
    await chen.taps("✅ 1 去了")
    assert "✅ 永辉五一店 记上了。谈得怎样？" in shown(chen)
    (visit,) = await found(stage, Visit)
    assert (visit.day, visit.kind, visit.text) == (TODAY, "visit", "")
    (card,) = await chen.says("谈得不错，张经理答应下周进两件，我答应他周五送样品，下周三再去")
    assert "永辉五一店 · 张经理 · 拜访 · 11月23日 周一" in card
    assert height(card) <= 12
    await chen.taps("✅ 对，记下")
    (visit,) = await found(stage, Visit)  # the same visit, now with its words
    assert (visit.contact, visit.outcome, visit.text[:4]) == ("张经理", "next_step", "谈得不错")
    assert [one.what for one in await found(stage, Promise)] == ["送样品"]
    assert [one.due for one in await found(stage, NextStep)] == [dtm.date(2026, 12, 2)]
    await chen.taps("↩ 撤销（10 分钟内）")
    (visit,) = await found(stage, Visit)  # the tap stands as it did before
    assert (visit.contact, visit.outcome, visit.text) == (None, "info", "")
    await chen.taps("✅ 对，记下")
    await chen.taps("📋 今天还有 4 家")
    assert "计划 5 家，去了 1 家" in shown(chen)


async def test_a_note_of_today_counts_by_itself(stage: Stage, chen: Chatter) -> None:
    await chen.says("去了华联超市，李姐要了两箱")
    await chen.taps("✅ 对，记下")
    await chen.says("去了顺发烟酒行，老板不在")
    await chen.taps("✅ 对，记下")
    await chen.says("/review")
    assert "✅ 去了：华联超市\n➕ 计划外：顺发烟酒行" in shown(chen)
    assert "1. ▫️ 永辉五一店" in shown(chen)
    assert "2. ▫️ 小河副食" in shown(chen)


async def test_a_sentence_after_a_restart_is_still_the_note(tmp_path: Path) -> None:
    async with Stage(tmp_path) as stage:
        await plan(stage, CHEN, await add_accounts(stage, CHEN, *NAMES))
        chen = stage.person(CHEN)
        await chen.says("/review")
        await chen.taps("✅ 2 去了")
        saved = stage.api.dump()
    async with Stage(tmp_path) as stage:
        stage.api.load(saved)
        (card,) = await stage.person(CHEN).says("老板娘嫌上次送货慢")
        assert "华联超市 · " in card


async def test_what_is_no_sentence_about_the_visit_is_answered_as_what_it_is(stage: Stage, chen: Chatter) -> None:
    await chen.says("/review")
    await chen.taps("✅ 1 去了")
    (answer, *_) = await chen.says("客户总压价怎么办？")
    assert "我这样记" not in answer
    assert "《" in answer
    assert await found(stage, Note) != []  # the tap's own
    assert all(note.state != NoteState.DRAFT for note in await found(stage, Note))


async def test_not_done_with_a_reason_by_tap_by_typing_and_undone(stage: Stage, chen: Chatter) -> None:
    await chen.says("/review")
    await chen.taps("✖ 1 没去")
    assert "永辉五一店 今天没去成" in shown(chen)
    await chen.taps("时间不够")
    assert "✖ 永辉五一店：时间不够" in shown(chen)
    assert "计划 5 家，去了 0 家" in shown(chen)  # what was planned stays planned
    await chen.taps("↩ 点错了")
    assert "1. ▫️ 永辉五一店" in shown(chen)
    await chen.taps("✖ 1 没去")
    await chen.says("路上车坏了")
    assert "✖ 永辉五一店：路上车坏了" in shown(chen)
    states = {one.account_id: (one.state, one.reason) for one in await found(stage, PlannedAccount)}
    assert ("dropped", "路上车坏了") in states.values()
    assert await found(stage, Visit) == []


async def test_put_off_by_tap_and_by_typing(stage: Stage, chen: Chatter) -> None:
    await chen.says("/review")
    await chen.taps("✖ 1 没去")
    await chen.taps("📅 改约到别的日子")
    assert chen.buttons == ["11月24日 周二", "11月25日 周三", "11月30日 周一", "◀ 返回"]
    await chen.taps("11月25日 周三")
    assert "📅 永辉五一店：改到 11月25日 周三" in shown(chen)
    await chen.taps("✖ 1 没去")
    await chen.taps("📅 改约到别的日子")
    (answer,) = await chen.says("随便吧")
    assert "没看出是哪天" in answer
    await chen.says("下周三")
    assert "📅 华联超市：改到 12月2日 周三" in shown(chen)
    assert "📅 改天：永辉五一店、华联超市" in shown(chen)
    days = {one.moved_to for one in await found(stage, PlannedAccount) if one.state == "moved"}
    assert days == {dtm.date(2026, 11, 25), dtm.date(2026, 12, 2)}


async def test_an_attempt_that_met_nobody_counts_as_one(stage: Stage, chen: Chatter) -> None:
    await chen.says("/review")
    await chen.taps("✖ 1 没去")
    await chen.taps("🚪 去了，没见到人")
    assert "🚪 永辉五一店：去了，没见到人" in shown(chen)
    assert "计划 5 家，去了 1 家" in shown(chen)
    (visit,) = await found(stage, Visit)
    assert visit.outcome == "absent"
    await chen.taps("↩ 点错了")
    assert await found(stage, Visit) == []


async def test_a_second_tap_changes_nothing(stage: Stage, chen: Chatter) -> None:
    await chen.says("/review")
    message_id, went = chen.button("✅ 1 去了")
    _, missed = chen.button("✖ 1 没去")
    await chen.taps("✅ 1 去了")
    _, undo = chen.button("↩ 点错了")
    for data in (went, missed):
        await chen.does(lambda data=data: stage.api.tap(CHEN, message_id, data, stale=True))
        assert "已经处理过" in chen.notices[-1]
    assert len(await found(stage, Visit)) == 1
    await chen.taps("↩ 点错了")
    await chen.does(lambda: stage.api.tap(CHEN, message_id, undo, stale=True))
    assert "已经处理过" in chen.notices[-1]
    assert await found(stage, Visit) == []


async def test_market_news_goes_the_way_of_notes(stage: Stage, chen: Chatter) -> None:
    await chen.says("/review")
    (asked,) = await chen.taps("📣 市场消息")
    assert "市场消息" in asked
    await chen.says("双喜这周买十送一")
    assert "双喜这周买十送一" in shown(chen)
    await chen.taps("✅ 对，记下")
    (report,) = await found(stage, MarketReport)
    assert (report.day, report.text) == (TODAY, "双喜这周买十送一")
    await chen.says("/review")
    assert "📣 市场消息 1" in chen.buttons


async def test_a_forgotten_note_is_offered_again(stage: Stage, chen: Chatter) -> None:
    await chen.says("去了华联超市，李姐要了两箱")
    await chen.says("/review")
    (offered,) = await chen.taps("📝 没确认的记录 1")
    assert offered.startswith("📝 这条还没确认")
    message_id, again = chen.button("📝 没确认的记录 1")
    await chen.taps("✅ 对，记下")
    await chen.does(lambda: stage.api.tap(CHEN, message_id, again, stale=True))
    assert "已经处理过" in chen.notices[-1]


async def test_the_first_step_by_tap_and_by_typing(stage: Stage, chen: Chatter) -> None:
    me = await person_of(stage, CHEN)
    async with stage.coach.database.begin() as session:
        session.add(Promise(person_id=me.id, made_on=TODAY, what="送样品", due=dtm.date(2026, 11, 24)))
    await chen.says("/review")
    await chen.taps("➡️ 定第一步")
    assert chen.buttons == ["送样品", "先去 永辉五一店", "先去 华联超市", "先去 小河副食", "◀ 返回"]
    await chen.taps("送样品")
    assert "➡️ 下次先做：送样品" in shown(chen)
    await chen.taps("➡️ 定第一步")
    await chen.says("给张经理打电话")
    assert "➡️ 下次先做：给张经理打电话" in shown(chen)
    (kept,) = await found(stage, DayReview)
    assert (kept.day, kept.first_step) == (TODAY, "给张经理打电话")


async def test_the_close_praises_what_the_day_bears_out_and_a_second_one_says_so(stage: Stage, chen: Chatter) -> None:
    await chen.says("/review")
    for _ in range(5):
        await chen.taps("✅ 1 去了")
    assert "计划 5 家，去了 5 家" in shown(chen)
    message_id, close = chen.button("🌙 收工")
    await chen.taps("🌙 收工")
    assert shown(chen).startswith("🌙 收工，辛苦了。\n👏 计划的 5 家")
    (kept,) = await found(stage, DayReview)
    await chen.does(lambda: stage.api.tap(CHEN, message_id, close, stale=True))
    assert "已经收工" in chen.notices[-1]
    (again,) = await found(stage, DayReview)
    assert again.closed_at == kept.closed_at


async def test_the_close_names_the_worst_flag_where_there_is_nothing_to_praise(stage: Stage, chen: Chatter) -> None:
    me = await person_of(stage, CHEN)
    because = dict.fromkeys(("account", "item", "why")) | {"rule": "overloaded", "version": 1, "layer": "habit"}
    because |= {"code": "overloaded_book", "tested": [], "source": ["M4.8.1"], "because": []}
    now = stage.clock.now()
    async with stage.coach.database.begin() as session:
        look = Evaluation(person_id=me.id, day=TODAY, evaluated_at=now, rule_set="", facts=[])
        session.add(look)
        await session.flush()
        flag = {"habit": "overloaded_book", "severity": "warning", "advice": "over-promising", "clears": "clears"}
        session.add(
            Flag(**flag, is_private=False, person_id=me.id, evaluation_id=look.id, derivation=because, opened_at=now)
        )
    await chen.says("/review")
    await chen.taps("🌙 收工")
    assert "明天有一件最该留心：\n🟠 客户量超负荷\n还有 5 家没说" in shown(chen)
    assert chen.buttons[0] == "看为什么"


async def test_after_midnight_the_evening_is_still_that_of_the_day_before(stage: Stage, chen: Chatter) -> None:
    stage.clock.move_to(stage.clock.now() + dtm.timedelta(hours=7))  # 01:00 on Tuesday
    await chen.says("/review")
    assert shown(chen).startswith("🌙 11月23日 周一")
    await chen.taps("✅ 1 去了")
    (visit,) = await found(stage, Visit)
    assert visit.day == TODAY
    await chen.taps("✖ 1 没去")
    await chen.taps("时间不够")
    told = {one.state: one.settled_on for one in await found(stage, PlannedAccount)}
    assert told["dropped"] == TODAY, "no word about the list of the new day"


async def test_the_whole_in_english(stage: Stage, chen: Chatter) -> None:
    english = stage.person(CHEN, "en")
    await english.says("/review")
    assert shown(english).startswith("🌙 Mon 23 Nov · 5 planned, 0 visited")
    await english.taps("✅ 1 went")
    (card,) = await english.says("Went well, Ms Lee wants two cases, I promised samples by Friday")
    assert "永辉五一店 · Ms Lee · visit · Mon 23 Nov" in card
    await english.says("/review")
    await english.taps("✖ 1 did not")
    assert "What kept you from" in shown(english)
    await english.taps("No time")
    assert "✖ Not visited: 华联超市" in shown(english)
    await english.taps("🌙 Call it a day")
    assert shown(english).startswith("🌙 Done for today. Rest well.\n3 accounts are still to be told")


async def test_many_long_names_fit_a_phone(stage: Stage) -> None:
    names = [f"{number}号永兴便利店五一路旗舰分店（城东片区）" for number in range(9)]
    ids = await add_accounts(stage, CHEN, *names)
    await plan(stage, CHEN, ids)
    for language, miss, reason, went in (
        ("zh-hans", "✖ 1 没去", "时间不够", "✅ 1 去了"),
        ("en", "✖ 1 did not", "No time", "✅ 1 went"),
    ):
        chatter = stage.person(CHEN, language)
        await chatter.says("/review")
        shown(chatter)
        await chatter.taps(miss)
        shown(chatter)
        await chatter.taps(reason)
        shown(chatter)
        await chatter.taps(went)
        shown(chatter)


async def test_somebody_without_accounts_is_told_where_to_begin(stage: Stage) -> None:
    for telegram_id in (CHEN, LEAD):
        (answer,) = await stage.person(telegram_id).says("/review")
        assert "/accounts" in answer


async def test_another_managers_day_does_not_exist(stage: Stage, chen: Chatter) -> None:
    (theirs,) = await add_accounts(stage, LIN, "别人的店")
    await plan(stage, LIN, [theirs])
    for verb in ("went", "nobody", "missed", "why", "day", "move", "undo"):
        assert "没找到" in await tap(stage, CHEN, f"review-{verb}:20261123:{theirs}:20261130")
    assert await found(stage, Visit) == []
    assert {one.state for one in await found(stage, PlannedAccount)} == {"planned"}
