"""Asking the lead for help, on the phone: from a flag or by command, told to every lead once, answered once."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import delete, select

from bot.models import HelpRequest, Membership, Person, Role
from tests.bot.escalating import CHEN, LEAD, LIN, ONLY, OWNER, at, change, go_to, heard, raise_flag
from tests.bot.handlers.organisation import OTHER_LEAD, STRANGER, add_west, east, person_of, tap
from tests.telegram import Chatter, Stage, height


@pytest.fixture
async def quiet(tmp_path: Path) -> AsyncIterator[Stage]:
    """The demo team, to whom nothing is told unasked; manager and lead have come in."""
    async with Stage(tmp_path, composers=ONLY) as stage:
        for telegram_id in (CHEN, LEAD):
            await stage.person(telegram_id).says("/start")
        yield stage


async def requests(stage: Stage) -> list[HelpRequest]:
    async with stage.coach.database.read() as session:
        return list(await session.scalars(select(HelpRequest).order_by(HelpRequest.id)))


def shown(chatter: Chatter) -> str:
    return str(chatter.last["text"])


@pytest.mark.parametrize(
    ("language", "ask", "head", "answer", "heard_by_manager"),
    [
        ("zh-hans", "🙋 请主管帮忙", "请您帮忙", "💬 回话", "回您："),
        ("en", "🙋 Ask your lead", "asks for your help", "💬 Answer", "answers:"),
    ],
)
async def test_a_request_about_a_flag_reaches_the_lead_and_his_answer_the_manager(
    quiet: Stage, language: str, ask: str, head: str, answer: str, heard_by_manager: str
) -> None:
    chen, lead = quiet.person(CHEN, language), quiet.person(LEAD, language)
    await lead.says("/start")
    await raise_flag(quiet, CHEN, "永辉超市五一广场店", at(0, 1))
    await chen.says("/flags")
    await chen.taps(chen.buttons[0])
    await chen.taps(ask)
    assert height(shown(chen)) <= 12
    await chen.says("老张要换供应商，" * 21)  # too long: it says so and waits
    assert "160" in shown(chen)
    assert await requests(quiet) == []
    words = "老张要换供应商，" * 19
    await chen.says(words)
    (told,) = heard(quiet, LEAD, head)
    assert words in told
    assert "永辉超市" in told
    assert height(told) <= 12
    await lead.taps(answer)
    assert height(shown(lead)) <= 12
    await lead.says("周四上午十点，我去")
    assert "周四上午十点，我去" in shown(chen)
    assert heard_by_manager in shown(chen)
    await chen.taps(chen.buttons[0])
    assert "周四上午十点，我去" in shown(chen)
    assert height(shown(chen)) <= 12
    (request,) = await requests(quiet)
    assert (request.answer, request.answered_by) == ("周四上午十点，我去", (await person_of(quiet, LEAD)).id)
    notice = await tap(quiet, LEAD, f"help-answer:{request.id}")
    assert "已经有人回了" in notice


async def test_by_command_as_it_is_once_and_open_until_answered(quiet: Stage) -> None:
    chen, lead = quiet.person(CHEN), quiet.person(LEAD)
    (asked,) = await chen.says("/askhelp")
    assert "周敏" in asked
    await chen.taps("就这样发")
    assert await tap(quiet, CHEN, "help-send:0") != ""  # a second tap says that it is done
    assert len(await requests(quiet)) == 1
    (told,) = heard(quiet, LEAD, "请您帮忙")
    assert "想请您一起看看" in told
    (listed,) = await lead.says("/owed")
    assert "想请您一起看看" in listed
    (digest,) = await lead.says("/digest")
    assert "求助" not in digest  # last week's
    await lead.says("/owed")
    await lead.taps("看 1")
    assert "还没回" in shown(lead)
    await lead.taps("💬 回话")
    await lead.says("好，下午聊")
    (listed,) = await lead.says("/owed")
    assert "没有等回话的" in listed


async def test_the_same_flag_is_not_asked_about_twice_and_a_private_one_is_not_named(quiet: Stage) -> None:
    chen = quiet.person(CHEN)
    flag_id = await raise_flag(quiet, CHEN, "永辉", at(0, 1))
    private = await raise_flag(quiet, CHEN, None, at(0, 1), habit="bad_wording", is_private=True, item="M4.7.2.9")
    for _ in range(2):
        await tap(quiet, CHEN, f"help-ask:{flag_id}")
        await chen.says("帮我看看")
    assert len([one for one in await requests(quiet) if one.flag_id == flag_id]) == 1
    assert "已经请主管了" in await tap(quiet, CHEN, f"help-ask:{flag_id}")
    await tap(quiet, CHEN, f"help-ask:{private}")
    await chen.says("怎么说话更稳")
    told = heard(quiet, LEAD, "怎么说话更稳")
    assert len(told) == 1
    assert "不良表达" not in told[0]
    assert (await requests(quiet))[-1].flag_id is None


async def test_what_cleared_is_asked_for_only_where_words_remain(quiet: Stage) -> None:
    ids = [await raise_flag(quiet, CHEN, name, at(0, 1)) for name in ("永辉", "红梅")]
    chen, lead = quiet.person(CHEN), quiet.person(LEAD)
    await tap(quiet, CHEN, f"help-ask:{ids[0]}")
    await chen.taps("就这样发")
    await tap(quiet, CHEN, f"help-ask:{ids[1]}")
    await chen.says("老板想见您")
    (listed,) = await lead.says("/owed")
    assert "等回话 2 件" in listed
    assert "1. 🙋 11月23日 周一：承诺逾期 · 永辉" in listed
    for flag_id in ids:
        await change(quiet, flag_id, cleared_at=at(0, 9))
    (listed,) = await lead.says("/owed")
    assert "等回话 1 件" in listed
    await lead.taps("看 1")
    assert "老板想见您" in shown(lead)
    assert "已经消除" in shown(lead)


async def test_an_answer_to_a_flag_serves_a_request_about_it_that_has_no_words(quiet: Stage) -> None:
    flag_id = await raise_flag(quiet, CHEN, "永辉", at(0, 1), severity="critical")
    await go_to(quiet, at(0, 18, 0))
    await go_to(quiet, at(1))
    chen, lead = quiet.person(CHEN), quiet.person(LEAD)
    await tap(quiet, CHEN, f"help-ask:{flag_id}")
    await chen.taps("就这样发")
    (listed,) = await lead.says("/owed")
    assert "等回话 2 件" in listed
    await tap(quiet, LEAD, f"escalated-say:{flag_id}:help")
    assert "没有等回话的" in (await lead.says("/owed"))[0]
    await chen.taps("看这条提示")
    assert "我来帮您" in shown(chen)
    assert "还没回" not in shown(chen)
    await tap(quiet, CHEN, f"help-ask:{flag_id}")  # he may ask again
    await chen.says("还是请您去一趟")
    assert "还是请您去一趟" in (await lead.says("/owed"))[0]


async def test_every_lead_is_told_and_only_one_answers(quiet: Stage) -> None:
    async with quiet.coach.database.begin() as session:
        row = await session.scalar(select(Person).where(Person.telegram_id == LIN))
        assert row is not None
        row.role = Role.LEAD
    lin = quiet.person(LIN)
    await lin.says("/start")
    await quiet.person(CHEN).says("/askhelp")
    await quiet.person(CHEN).says("陪我去一趟")
    assert len(heard(quiet, LEAD, "陪我去一趟")) == len(heard(quiet, LIN, "陪我去一趟")) == 1
    await lin.taps("💬 回话")
    await quiet.person(LEAD).taps("💬 回话")
    await lin.says("我去")
    (late,) = await quiet.person(LEAD).says("还是我去")
    assert "已经有人回了" in late
    assert [one.answer for one in await requests(quiet)] == ["我去"]


async def test_without_a_lead_and_for_a_lead_it_says_whom_to_ask(quiet: Stage) -> None:
    (answer,) = await quiet.person(LEAD).says("/askhelp")
    assert "/owed" in answer
    async with quiet.coach.database.begin() as session:
        await session.execute(delete(Membership).where(Membership.person_id == (await person_of(quiet, LEAD)).id))
    (answer,) = await quiet.person(CHEN).says("/askhelp")
    assert "还没有主管" in answer


@pytest.mark.parametrize("asker", [CHEN, LIN, OTHER_LEAD, STRANGER, "removed"])
async def test_nobody_else_reads_or_answers_a_request(quiet: Stage, asker: int | str) -> None:
    await add_west(quiet)
    flag_id = await raise_flag(quiet, CHEN, "永辉", at(0, 1))
    await quiet.person(CHEN).says("/askhelp")
    await quiet.person(CHEN).says("秘密的话")
    (request,) = await requests(quiet)
    who = asker if isinstance(asker, int) else LEAD
    if asker == "removed":
        await tap(quiet, OWNER, f"remove:{(await person_of(quiet, LEAD)).id}:yes")
    said = len(quiet.api.messages(who))
    actions = [f"help-of:{request.id}", f"help-answer:{request.id}"]
    for action in [*actions, *([f"help-ask:{flag_id}", f"help-send:{flag_id}"] if who != CHEN else [])]:
        notice = await tap(quiet, who, action)
        assert "没找到" in notice or "邀请" in notice, action
    assert len(quiet.api.messages(who)) == said
    assert [one.answer for one in await requests(quiet)] == [None]
    assert await east(quiet)
