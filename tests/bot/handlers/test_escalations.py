"""Flags that stay open, on the phone: the manager first, then his lead, whose answer comes back; /owed; privacy."""

from __future__ import annotations

import datetime as dtm
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.models import Flag, LeadAnswer, Leave
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


async def escalated(stage: Stage, *flags: int) -> None:
    """Let the manager and then the lead hear of critical flags opened on Monday."""
    await go_to(stage, at(0))
    await go_to(stage, at(1))
    for flag_id in flags:
        escalation = await escalation_of(stage, flag_id)
        assert escalation is not None
        assert escalation.told_at is not None


@pytest.mark.parametrize(
    ("language", "button", "answer", "kept", "said"),
    [
        ("zh-hans", "🤝 提供帮助 1", "说要帮您", "已经回过", "我来帮您"),
        ("en", "🤝 I’ll help 1", "offers to help", "answered already", "will help"),
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
    assert "没有等您回的" in nothing
    dispute = {"disputed_at": at(0), "dispute": "标准太严"}
    first = await raise_flag(quiet, CHEN, "永辉五一店", at(0, 1), severity="critical", **dispute)
    second = await raise_flag(quiet, LIN, "小河副食", at(0, 1), severity="critical")
    await escalated(quiet, first, second)
    (listed,) = await lead.says("/owed")
    assert "等您回 2 件" in listed
    assert height(listed) <= 12
    assert lead.buttons == ["🚩 陈晓 Chen Xiao · 永辉五一店", "🚩 林建国 Lin Jianguo · 小河副食", "🙅 有异议的提示 1"]
    await lead.taps("🙅 有异议的提示 1")
    assert "标准太严" in shown(lead)
    await lead.taps(lead.buttons[0])
    assert "📏 改：承诺逾期几个工作日" in lead.buttons
    await lead.taps("📏 门槛不合适")
    assert "门槛不合适，我来看" in shown(lead)
    await lead.taps("📏 改：承诺逾期几个工作日")
    assert "现在 1，默认 1" in shown(lead)
    (listed,) = await lead.says("/owed")
    assert "等您回 1 件" in listed


async def test_a_lead_hears_once_a_day_the_worst_first_and_at_most_three_by_name(quiet: Stage) -> None:
    for number in range(4):
        await raise_flag(quiet, CHEN, f"警{number}", at(-7, 1))
    await raise_flag(quiet, LIN, "急", at(0, 1), severity="critical")
    await go_to(quiet, at(0))
    (before,) = heard(quiet, CHEN, BEFORE["zh-hans"])
    assert "警3" not in before
    await go_to(quiet, at(1))
    await go_to(quiet, at(1, 18, 0))
    (told,) = heard(quiet, LEAD, TOLD["zh-hans"])
    assert told.split("\n")[1].endswith("急")
    assert sum(line[0].isdecimal() for line in told.split("\n")) == 3
    lead = quiet.person(LEAD)
    await lead.taps("还有 2 条")
    assert "等您回 5 件" in shown(lead)
    assert "▶" in lead.buttons
    await lead.taps("▶")
    assert height(shown(lead)) <= 12


async def test_what_cleared_before_the_lead_heard_is_told_to_nobody(quiet: Stage) -> None:
    flag_id = await raise_flag(quiet, CHEN, "永辉", at(0, 1), severity="critical")
    await go_to(quiet, at(0))
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
    await go_to(quiet, at(1))
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
    before, said = await everything(quiet), len(quiet.api.messages(who))
    for action in (
        f"escalated:{flag_id}",
        *(f"escalated-say:{flag_id}:{said}" for said in LeadAnswer),
        f"escalated-say:{flag_id}:help:here",
        f"escalated-say:{flag_id}:nonsense",
    ):
        notice = await tap(quiet, who, action)
        assert "没找到" in notice or "邀请" in notice, action
    if asker == OTHER_LEAD:
        for action in ("owed:0", "disputed:0"):
            await tap(quiet, who, action)
        texts = str(quiet.api.messages(who)[said:])
        assert "永辉" not in texts
        assert "标准太严" not in texts
    else:
        for action in ("owed:0", "disputed:0"):
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
        assert nudged_at - at(0) < dtm.timedelta(minutes=1)
