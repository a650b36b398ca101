"""Flags that stay open, on the phone: the manager first, then his lead, whose answer comes back; /owed; privacy."""

from __future__ import annotations

import datetime as dtm
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot import owed_words
from bot.models import Flag, Kind, LeadAnswer, Leave, MessageState, OutboxMessage, Reminder, ReminderState
from tests.bot.escalating import (
    CHEN,
    LEAD,
    LIN,
    MONDAY,
    ONLY,
    OWNER,
    at,
    change,
    ends,
    escalation_of,
    go_to,
    heard,
    raise_flag,
)
from tests.bot.handlers.organisation import OTHER_LEAD, OTHER_MANAGER, STRANGER, add_west, everything, person_of, tap
from tests.telegram import Chatter, Stage, height

BEFORE, TOLD = {"zh-hans": "会请主管一起看", "en": "your lead joins in"}, {"zh-hans": "帮一把", "en": "Lend a hand"}


@pytest.fixture
async def quiet(tmp_path: Path) -> AsyncIterator[Stage]:
    """The demo team, to whom nothing else is told unasked; everybody has come in."""
    async with Stage(tmp_path, composers=ONLY) as stage:
        for telegram_id in (CHEN, LIN, LEAD):
            await stage.person(telegram_id).says("/start")
        yield stage


def shown(chatter: Chatter) -> str:
    return str(chatter.last["text"])


def evening(day: int) -> dtm.datetime:
    """When a manager hears of what was in no morning prompt of his."""
    return at(day, 18, 0)


async def escalated(stage: Stage, *flags: int) -> None:
    """Let the manager and then the lead hear of critical flags opened on Monday."""
    await go_to(stage, evening(0))
    await go_to(stage, at(1))
    for flag_id in flags:
        escalation = await escalation_of(stage, flag_id)
        assert escalation is not None
        assert escalation.told_at is not None


@pytest.mark.parametrize(
    ("language", "button", "answer", "kept", "said"),
    [
        ("zh-hans", "🤝 帮忙 1", "说要帮您", "已经回过", "我来帮您"),
        ("en", "🤝 Help 1", "offers to help", "answered already", "will help"),
    ],
)
async def test_the_manager_hears_first_then_the_lead_whose_answer_comes_back(
    quiet: Stage, language: str, button: str, answer: str, kept: str, said: str
) -> None:
    chen, lead = quiet.person(CHEN, language), quiet.person(LEAD, language)
    await chen.says("/start")
    await lead.says("/start")
    for name in ("永辉超市五一广场店", "百顺烟酒超市"):
        await raise_flag(quiet, CHEN, name, at(0, 1))
    disputed = {"disputed_at": at(1), "dispute": "老板出国了，下个月才回来，承诺改到那时候再看"}
    await raise_flag(quiet, LIN, "小河副食批发部东塘店", at(0, 1), **disputed)
    for day in range(9):
        await go_to(quiet, at(day))
        await go_to(quiet, evening(day))
    assert [len(heard(quiet, CHEN, BEFORE[language])), len(heard(quiet, LEAD, TOLD[language]))] == [1, 1]
    (before,) = heard(quiet, CHEN, BEFORE[language])
    assert height(before) <= 12
    assert "永辉超市" in before
    (told,) = heard(quiet, LEAD, TOLD[language])
    assert height(told) <= 12
    assert "老板出国了" in told
    assert len(lead.buttons) == 3 * len(LeadAnswer) + 3
    await lead.taps(button)
    assert said in shown(lead)
    assert "promise_late v1" in shown(lead)
    assert height(shown(lead)) <= 12
    assert answer in shown(chen)
    assert "周敏" in shown(chen)
    assert height(shown(chen)) <= 12
    before_tap = await everything(quiet)
    await lead.taps(button)
    assert kept in lead.notices[-1]
    assert await everything(quiet) == before_tap
    await chen.taps(chen.buttons[0])
    assert said in shown(chen)
    assert height(shown(chen)) <= 12


async def test_what_waits_for_the_lead_is_listed_opened_and_leads_to_its_threshold(quiet: Stage) -> None:
    lead = quiet.person(LEAD)
    (nothing,) = await lead.says("/owed")
    assert "没有等回话的" in nothing
    dispute = {"disputed_at": at(0), "dispute": "标准太严"}
    first = await raise_flag(quiet, CHEN, "永辉五一店", at(0, 1), severity="critical", **dispute)
    second = await raise_flag(quiet, LIN, "小河副食", at(0, 1), severity="critical")
    await escalated(quiet, first, second)
    (listed,) = await lead.says("/owed")
    assert listed.split("\n") == [
        "等回话 2 件，2 位经理在等：",
        "林建国 Lin Jianguo：提示 1",
        "🔴 承诺逾期 · 小河副食",
        "陈晓 Chen Xiao：提示 1",
        "🔴 承诺逾期 · 永辉五一店",
    ]
    assert lead.buttons == ["林建国 Lin Jianguo · 1 件", "陈晓 Chen Xiao · 1 件", "🙅 有异议的提示 1"]
    await lead.taps("🙅 有异议的提示 1")
    assert "标准太严" in shown(lead)
    await lead.taps(lead.buttons[0])
    assert "📏 改：承诺逾期几个工作日" in lead.buttons
    await lead.taps("📏 门槛不合适")
    assert "门槛不合适，我来看" in shown(lead)
    await lead.taps("📏 改：承诺逾期几个工作日")
    assert "现在 1，默认 1" in shown(lead)
    (listed,) = await lead.says("/owed")  # of the only one who waits all is shown at once
    assert listed == "林建国 Lin Jianguo：等回话 1 件\n1. 🔴 承诺逾期 · 小河副食"
    await change(quiet, second, cleared_at=at(1, 9))
    (listed,) = await lead.says("/owed")
    assert "没有等回话的" in listed


async def waiting(stage: Stage) -> Chatter:
    """The lead before whom there stands what 陈晓 waits for: seven flags of one habit, one of another."""
    for number in range(7):
        await raise_flag(stage, CHEN, f"店{number}", at(0, 1), severity="critical")
    await raise_flag(stage, CHEN, "红梅副食", at(0, 2), habit="vague_promise", severity="critical")
    await raise_flag(stage, LIN, "小河副食", at(0, 1), severity="critical")
    await go_to(stage, evening(0))
    await go_to(stage, at(1))
    return stage.person(LEAD)


async def test_one_tap_answers_the_flags_of_a_habit_and_their_manager_hears_once(quiet: Stage) -> None:
    lead, chen = await waiting(quiet), quiet.person(CHEN)
    await lead.says("/owed")
    await lead.taps("陈晓 Chen Xiao · 8 件")
    assert shown(lead).split("\n") == [
        "陈晓 Chen Xiao：等回话 8 件",
        "1. 🔴 承诺逾期 7 家：店0，店1，店2，店3，店4，店5，店6",
        "2. 🔴 承诺没有日子 · 红梅副食",
    ]
    assert lead.buttons == ["看 1", "看 2", "🤝 都帮 8", "🗣 都约谈 8", "◀ 等回话的"]
    await lead.taps("看 1")
    assert shown(lead).split("\n")[:2] == ["🔴 陈晓 Chen Xiao：承诺逾期", "1. 店0 · 11月24日 周二起"]
    assert height(shown(lead)) <= 12
    await lead.taps("🗣 都约谈 7")
    assert "7 条都记下了" in lead.notices[-1]
    assert shown(lead).split("\n") == ["✅ 7 条都回了", "陈晓 Chen Xiao：等回话 1 件", "1. 🔴 承诺没有日子 · 红梅副食"]
    (told,) = heard(quiet, CHEN, "想和您聊聊")
    assert told.split("\n")[1:-1] == [f"· 承诺逾期 · 店{number}" for number in range(3)] + ["· 还有 4 条"]
    assert height(told) <= 12
    before = await everything(quiet)
    again = f"owed-all:{(await person_of(quiet, CHEN)).id}:talk:{owed_words.until(at(0))}"
    assert "已经回过，或者消除了" in await tap(quiet, LEAD, again)
    assert await everything(quiet) == before
    await chen.taps("看我的提示")
    assert "承诺逾期" in shown(chen)


async def test_one_tap_answers_all_of_a_manager_but_not_what_came_later(quiet: Stage) -> None:
    lead = await waiting(quiet)
    await lead.says("/owed")
    await lead.taps("陈晓 Chen Xiao · 8 件")
    later = await raise_flag(quiet, CHEN, "后来的", at(1, 9), severity="critical")
    await go_to(quiet, evening(1))
    await go_to(quiet, at(2))
    await lead.taps("🤝 都帮 8")
    (answered,) = heard(quiet, LEAD, "✅ 8 条都回了")
    assert "1. 🔴 承诺逾期 · 后来的" in answered
    escalation = await escalation_of(quiet, later)
    assert escalation is not None
    assert escalation.answer is None
    assert len(heard(quiet, CHEN, "说要帮您")) == 1


async def test_a_limit_that_is_wrong_for_all_of_a_habit_leads_to_it(quiet: Stage) -> None:
    lead = await waiting(quiet)
    await lead.says("/owed")
    await lead.taps("陈晓 Chen Xiao · 8 件")
    await lead.taps("看 1")
    await lead.taps("📏 门槛都不合适 7")
    assert "📏 改：承诺逾期几个工作日" in lead.buttons
    (told,) = heard(quiet, CHEN, "门槛不合适")
    assert "还有 4 条" in told


async def test_what_a_manager_is_told_in_the_morning_opens_with_ways_to_settle_it(quiet: Stage) -> None:
    flag_id = await raise_flag(quiet, CHEN, "永辉五一店", at(0, 1), severity="critical")
    await go_to(quiet, evening(0))
    chen = quiet.person(CHEN)
    await tap(quiet, CHEN, "forewarned:")
    assert "明天会请主管一起看" in shown(chen)
    await chen.taps("看第 1 条")
    assert "👥 11月24日 周二会请主管一起看" in shown(chen)
    await change(quiet, flag_id, cleared_at=at(0, 19))
    await tap(quiet, CHEN, "forewarned:")
    assert "会请主管一起看" not in shown(chen)


async def test_a_digest_that_may_be_lost_is_said_once(quiet: Stage) -> None:
    lead = quiet.person(LEAD)
    person = await person_of(quiet, LEAD)
    async with quiet.coach.database.begin() as session:
        key, day = f"digest:{person.id}:{MONDAY}", MONDAY
        about = {"person_id": person.id, "kind": Kind.DIGEST, "day": day, "due_at": at(0), "not_before": at(0)}
        session.add(Reminder(key=key, state=ReminderState.QUEUED, **about))
        for number, state in ((key, MessageState.SENT), (f"{key}:2", MessageState.DEAD)):
            message = {"chat_id": LEAD, "method": "sendMessage", "params": {}, "created_at": at(0), "not_before": at(0)}
            session.add(OutboxMessage(key=number, state=state, **message))
    (told,) = await lead.says("/owed")
    assert told.startswith("📭 本周的周报可能没送到。")
    await lead.taps("📊 打开周报")
    assert "周报" in shown(lead)
    (page,) = await lead.says("/digest")
    assert "没送到" not in page
    async with quiet.coach.database.begin() as session:
        reminder = await session.scalar(select(Reminder).where(Reminder.key == key))
        assert reminder is not None
        reminder.reason = None
    told, page = await lead.says("/digest")
    assert "📭 本周的周报可能没送到，补在这里" in told
    assert "周报" in page


async def test_a_lead_hears_once_a_day_the_worst_first_and_at_most_three_by_name(quiet: Stage) -> None:
    for number in range(4):
        await raise_flag(quiet, CHEN, f"警{number}", at(-7, 1))
    await raise_flag(quiet, LIN, "急", at(0, 1), severity="critical")
    await go_to(quiet, evening(0))
    (before,) = heard(quiet, CHEN, BEFORE["zh-hans"])
    assert "警3" not in before
    await go_to(quiet, at(1))
    await go_to(quiet, at(1, 18, 0))
    (told,) = heard(quiet, LEAD, TOLD["zh-hans"])
    assert told.split("\n")[1].endswith("急")
    assert sum(line[0].isdecimal() for line in told.split("\n")) == 3
    lead = quiet.person(LEAD)
    await lead.taps("还有 2 条")
    assert "等回话 5 件" in shown(lead)
    assert height(shown(lead)) <= 12


async def test_what_cleared_before_the_lead_heard_is_told_to_nobody(quiet: Stage) -> None:
    flag_id = await raise_flag(quiet, CHEN, "永辉", at(0, 1), severity="critical")
    await go_to(quiet, evening(0))
    assert len(heard(quiet, CHEN, BEFORE["zh-hans"])) == 1
    await change(quiet, flag_id, cleared_at=at(0, 20))
    await go_to(quiet, at(1))
    assert heard(quiet, LEAD, TOLD["zh-hans"]) == []


async def test_nobody_hears_at_night_on_leave_or_after_blocking_the_coach(quiet: Stage) -> None:
    await raise_flag(quiet, CHEN, "永辉", at(0, 1), severity="critical")
    chen, lead = await person_of(quiet, CHEN), await person_of(quiet, LEAD)
    async with quiet.coach.database.begin() as session:
        session.add(Leave(person_id=chen.id, first_day=MONDAY, last_day=MONDAY))
        session.add(Leave(person_id=lead.id, first_day=MONDAY + dtm.timedelta(2), last_day=MONDAY + dtm.timedelta(2)))
    for hour in (0, 3, 8, 18, 23):
        await go_to(quiet, at(0, hour))
    assert heard(quiet, CHEN, BEFORE["zh-hans"]) == []
    await go_to(quiet, evening(1))
    await go_to(quiet, at(2))
    assert (len(heard(quiet, CHEN, BEFORE["zh-hans"])), heard(quiet, LEAD, TOLD["zh-hans"])) == (1, [])
    await go_to(quiet, at(3))
    assert len(heard(quiet, LEAD, TOLD["zh-hans"])) == 1
    assert await ends(quiet, "escalation") == [("skipped", "day_off"), ("queued", None)]


async def test_the_answer_waits_for_the_end_of_the_managers_night(quiet: Stage) -> None:
    flag_id = await raise_flag(quiet, CHEN, "永辉", at(0, 1), severity="critical")
    await escalated(quiet, flag_id)
    quiet.clock.move_to(at(1, 22, 0))
    await quiet.person(LEAD).taps("🗣 约谈 1")
    assert heard(quiet, CHEN, "想和您聊聊") == []
    chen = quiet.person(CHEN)
    await chen.says("/flags")
    await chen.taps("承诺逾期 · 永辉")
    assert "周敏 Zhou Min：约您聊聊" in shown(chen)


@pytest.mark.parametrize("asker", [CHEN, LIN, OTHER_LEAD, OTHER_MANAGER, STRANGER, "former", "removed"])
async def test_nobody_else_sees_or_answers_anything(quiet: Stage, asker: int | str) -> None:
    await add_west(quiet)
    dispute = {"disputed_at": at(0), "dispute": "标准太严"}
    flag_id = await raise_flag(quiet, CHEN, "永辉五一店", at(0, 1), severity="critical", **dispute)
    await escalated(quiet, flag_id)
    who = asker if isinstance(asker, int) else LEAD
    if asker == "former":
        lead, west = await person_of(quiet, LEAD), await person_of(quiet, OTHER_LEAD)
        await tap(quiet, OWNER, f"role:{lead.id}:manager")
        assert west.id != lead.id
    elif asker == "removed":
        await tap(quiet, OWNER, f"remove:{(await person_of(quiet, LEAD)).id}:yes")
    chen, late = (await person_of(quiet, CHEN)).id, owed_words.until(at(9))
    before, said = await everything(quiet), len(quiet.api.messages(who))
    for action in (
        f"escalated:{flag_id}",
        *(f"escalated-say:{flag_id}:{said}" for said in LeadAnswer),
        f"escalated-say:{flag_id}:help:here",
        f"escalated-say:{flag_id}:nonsense",
        f"owed-habit:{flag_id}:0",
        *(f"owed-each:{flag_id}:{said}:{late}" for said in LeadAnswer),
        *(f"owed-all:{chen}:{said}:{late}" for said in LeadAnswer),
    ):
        notice = await tap(quiet, who, action)
        assert "没找到" in notice or "邀请" in notice, action
    if asker == OTHER_LEAD:
        for action in ("owed:0", f"owed-of:{chen}:0", "disputed:0"):
            await tap(quiet, who, action)
        texts = str(quiet.api.messages(who)[said:])
        assert "永辉" not in texts
        assert "标准太严" not in texts
    else:
        for action in ("owed:0", f"owed-of:{chen}:0", "disputed:0"):
            notice = await tap(quiet, who, action)
            assert "没找到" in notice or "邀请" in notice, action
        assert len(quiet.api.messages(who)) == said
    after = await everything(quiet)
    assert {name: rows for name, rows in after.items() if name != "person"} == {
        name: rows
        for name, rows in before.items()
        if name != "person"  # not everybody has a phone here
    }


async def test_to_a_manager_the_list_of_a_lead_does_not_exist(quiet: Stage) -> None:
    (answer,) = await quiet.person(CHEN).says("/owed")
    assert "/help" in answer


async def test_after_a_restart_nothing_is_told_twice(tmp_path: Path) -> None:
    async with Stage(tmp_path, composers=ONLY) as stage:
        for telegram_id in (CHEN, LEAD):
            await stage.person(telegram_id).says("/start")
        flag_id = await raise_flag(stage, CHEN, "永辉", at(0, 1), severity="critical")
        await escalated(stage, flag_id)
    async with Stage(tmp_path, composers=ONLY, demo_team=False) as again:
        await go_to(again, at(1))
        await go_to(again, at(2))
        assert heard(again, CHEN, "主管") == heard(again, LEAD, "帮一把") == []
        async with again.coach.database.read() as session:
            nudged_at = (await session.get_one(Flag, flag_id)).nudged_at
        assert nudged_at is not None
        assert nudged_at - evening(0) < dtm.timedelta(minutes=1)
