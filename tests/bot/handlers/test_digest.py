"""/digest and /whatmyleadsees on the phone: unfolded to records by tap, and closed to whom they do not concern."""

from __future__ import annotations

import datetime as dtm
import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.models import HelpRequest, Membership, Note, Person, Question, Role, Team
from bot.services import demo
from tests.bot.handlers.organisation import (
    CHEN,
    LEAD,
    LIN,
    OTHER_LEAD,
    OTHER_MANAGER,
    OWNER,
    WEST,
    add_west,
    east,
    everything,
    person_of,
    tap,
)
from tests.bot.services.digest_team import JOINED, Manager, at, day
from tests.telegram import Chatter, Stage, height, rows

CODE = "261116"
"""The week before the stage's Monday, as buttons name it."""


@pytest.fixture
async def week(tmp_path: Path) -> AsyncIterator[Stage]:
    """The demo team after a week in which 陈晓 did something of every kind, 林建国 nothing; and a team beside it."""
    async with Stage(tmp_path) as stage:
        await add_west(stage)
        async with stage.coach.database.begin() as session:
            people = {person.telegram_id: person for person in await session.scalars(select(Person))}
            for person in people.values():
                person.joined_at = JOINED
            chen, ma = Manager(session, people[CHEN]), Manager(session, people[OTHER_MANAGER])
            shop, small = await chen.account("永辉五一店"), await chen.account("小河副食", "C")
            await chen.plan(day(0), 2, shop, small)
            await chen.visit(shop, day(0), "order")
            await chen.promise("送样品", day(1), kept_on=day(1), account_id=shop)
            await chen.promise("报价", day(4), account_id=small)
            await chen.news("竞品啤酒降价四块", day(2), account_id=shop)
            await chen.flag("broken_promise", at(3), account_id=small)
            await chen.flag("no_market_feedback", at(-4), cleared_at=at(2), severity="notice")
            await chen.flag("bad_wording", at(3), is_private=True, item="M4.7.2.9")
            await ma.news("城西的消息", day(2))
            await ma.flag("trust_at_risk", at(3), severity="critical")
            unanswered = {"locale": "zh", "outcome": "none", "suggested": [], "confidence": 0.0}
            session.add(Question(person_id=chen.id, asked_at=at(1), text="彩票怎么兑", **unanswered))
            session.add(HelpRequest(person_id=chen.id, text="陪我去趟五一店", asked_at=at(4)))
        yield stage


def shown(chatter: Chatter) -> str:
    return str(chatter.last["text"])


def actions_of(chatter: Chatter) -> list[str]:
    """What the buttons under the newest message do."""
    return [button["callback_data"].split("|")[0] for row in rows(chatter.last) for button in row]


async def touch(chatter: Chatter, action: str) -> str:
    """Tap a button with this action under the newest message; return the notice that answered."""
    stage, message_id = chatter.stage, chatter.last["message_id"]
    data = stage.coach.shared.signer.sign(action, chatter.id, stage.clock.now())
    await chatter.does(lambda: stage.api.tap(chatter.id, message_id, data, stale=True))
    return chatter.notices[-1]


@pytest.mark.parametrize(("language", "fits"), [("zh-hans", "周报"), ("en", "week")])
async def test_a_lead_reads_the_week_before_and_unfolds_all_of_it(week: Stage, language: str, fits: str) -> None:
    lead = week.person(LEAD, language)
    (answer,) = await lead.says("/digest")
    assert fits in answer.split("\n")[0]
    assert height(answer) <= 20
    assert "城西" not in answer
    visited: set[str] = set()
    waiting = actions_of(lead)
    while waiting:
        action = waiting.pop()
        if action in visited or action.startswith("digest-files") or CODE not in action:
            continue
        visited.add(action)
        assert await touch(lead, action) == "", action
        text = shown(lead)
        assert height(text) <= (20 if action.startswith("digest:") else 12), text
        assert not re.search(r"SECRET|城西|M4\.7\.2|[{}]", text), text
        waiting += actions_of(lead)
    verbs = {action.split(":")[0] for action in visited}
    assert verbs == {"digest", "digest-of", "digest-list", "digest-more", "digest-coach"}
    assert len([action for action in visited if action.startswith("digest-list")]) >= 9


async def test_figures_unfold_to_their_records_by_tap(week: Stage) -> None:
    lead = week.person(LEAD)
    (answer,) = await lead.says("/digest")
    assert "😶 林建国 Lin Jianguo：已 5 个工作日没动静" in answer
    assert "🟠 陈晓 Chen Xiao：承诺逾期 · 小河副食" in answer
    assert "📋 计划落实 50%（1/2）" in answer
    assert "🤝 到期 2 个：按时 1，失约 1" in answer
    assert "❓ 没答上来 1 问" in answer
    assert "⏳ 等回话：求助 1" in answer
    await lead.taps("🟠 陈晓 Chen Xiao · 拜访 1/26")
    assert "📋 计划 2 家，当天去 1 家 = 50%" in shown(lead)
    assert "🚩 新提示 1，消除 1，还开着 1" in shown(lead)
    await lead.taps("📋 计划")
    assert "✅ 11月16日 周一 永辉五一店\n▫️ 11月16日 周一 小河副食" in shown(lead)
    await lead.taps("陈晓 Chen Xiao")
    await lead.taps("🤝 承诺")
    assert "✅ 送样品 · 永辉五一店 · 11月17日 周二\n❗ 报价 · 小河副食 · 11月20日 周五" in shown(lead)
    await lead.taps("陈晓 Chen Xiao")
    await lead.taps("◀ 周报")
    await lead.taps("🗣 陈晓 Chen Xiao：问他三句")
    assert "客户：小河副食" in shown(lead)
    assert shown(lead).count("？") == 3
    await lead.taps("◀ 周报")
    await lead.taps("⏳ 等回话 1")
    assert "陈晓 Chen Xiao：求助 1\n🙋 陪我去趟五一店" in shown(lead)
    await lead.taps("陈晓 Chen Xiao · 1 件")
    assert "陪我去趟五一店" in shown(lead)
    await lead.taps("看 1")
    assert "陪我去趟五一店" in shown(lead)
    assert "💬 回话" in lead.buttons


async def test_weeks_are_turned_back_and_forth(week: Stage) -> None:
    lead = week.person(LEAD)
    await lead.says("/digest")
    await lead.taps("11月23日至29日 ▶")
    assert "刚开始，明天就有数" in shown(lead)
    assert not any("▶" in label for label in lead.buttons)
    week.clock.move_to(week.clock.now() + dtm.timedelta(days=2))
    await touch(lead, f"digest:{await east(week)}:261123:0")
    assert "还没过完，算到11月24日 周二" in shown(lead)
    await lead.taps("◀ 11月16日至22日")
    assert "🚶 拜访 1 次" in shown(lead)
    await lead.taps("◀ 11月9日至15日")
    assert "🚩 新提示 1" in shown(lead)
    await lead.taps("◀ 11月2日至8日")
    assert "这周没有记录" in shown(lead)
    assert "没找到" in await touch(lead, f"digest:{await east(week)}:261130:0")


async def test_picture_and_workbook_come_by_tap(week: Stage) -> None:
    lead = week.person(LEAD)
    await lead.says("/digest")
    before = len(week.api.messages(LEAD))
    await lead.taps("📊 图和表")
    picture, document = week.api.messages(LEAD)[before:]
    assert picture["photo"]
    assert document["document"]["file_name"] == "周报-城东一组 East Team-2026-11-16.xlsx"


async def test_a_manager_sees_the_very_words_that_his_lead_sees(week: Stage) -> None:
    chen, lead = week.person(CHEN), week.person(LEAD)
    intro, own = await chen.says("/whatmyleadsees")
    assert "一字不差" in intro
    assert "笔记原文" in intro
    assert height(intro) <= 12
    person = await person_of(week, CHEN)
    await lead.says("/digest")
    await touch(lead, f"digest-of:{person.id}:{CODE}")
    assert shown(lead) == own
    lists = [action for action in actions_of(chen) if action.startswith("digest-list")]
    assert [action for action in actions_of(lead) if action.startswith("digest-list")] == lists
    assert not any(action.startswith("digest:") for action in actions_of(chen))
    for action in lists:
        assert await touch(chen, action) == ""
        await touch(lead, action)
        assert shown(lead) == shown(chen)
    assert "客户经理" in (await lead.says("/whatmyleadsees"))[0]


async def test_without_a_team_nobody_sees_anything(week: Stage) -> None:
    async with week.coach.database.begin() as session:
        person = await session.scalar(select(Person).where(Person.telegram_id == CHEN))
        assert person is not None
        membership = await session.get(Membership, (person.id, await east(week)))
        await session.delete(membership)
    (answer,) = await week.person(CHEN).says("/whatmyleadsees")
    assert "还没有进团队" in answer


async def test_every_path_is_closed_to_other_leads_managers_and_whoever_was_removed(week: Stage) -> None:
    team, chen, lin = await east(week), (await person_of(week, CHEN)).id, (await person_of(week, LIN)).id
    actions = [
        f"digest:{team}:{CODE}:0",
        f"digest-of:{chen}:{CODE}",
        *(f"digest-list:{chen}:{CODE}:{what}:0" for what in ("plan", "visits", "promises", "standing", "market")),
        *(f"digest-more:{team}:{CODE}:{what}:0" for what in ("concerns", "market", "gaps", "owed")),
        f"digest-coach:{team}:{CODE}:{chen}",
        f"digest-files:{team}:{CODE}",
    ]
    for telegram_id in (OTHER_LEAD, OTHER_MANAGER, LIN):
        for action in actions:
            before = await everything(week)
            assert "没找到" in await tap(week, telegram_id, action), (telegram_id, action)
            assert await everything(week) == before
    for action in actions[:1] + actions[-6:]:
        assert "没找到" in await tap(week, CHEN, action), action  # a manager sees himself, not his team
    assert "没找到" in await tap(week, CHEN, f"digest-of:{lin}:{CODE}")
    assert "没有这个命令" in (await week.person(CHEN).says("/digest"))[0]
    async with week.coach.database.begin() as session:
        lead = await session.scalar(select(Person).where(Person.telegram_id == LEAD))
        assert lead is not None
        lead.removed_at = week.clock.now()
    already = len(week.api.messages(LEAD))
    await week.person(LEAD).says("/digest")
    for action in actions:
        await tap(week, LEAD, action)
    told = "\n".join(str(message.get("text", "")) for message in week.api.messages(LEAD)[already:])
    assert not re.search("陈晓|永辉|周报", told), told


async def test_unknown_words_in_a_button_find_nothing(week: Stage) -> None:
    team, chen = await east(week), (await person_of(week, CHEN)).id
    for action in (
        f"digest-more:{team}:{CODE}:notes:0",
        f"digest-list:{chen}:{CODE}:person_id:0",
        f"digest-coach:{team}:{CODE}:999",
    ):
        assert "没找到" in await tap(week, LEAD, action), action


async def test_several_teams_have_a_page_above_and_one_digest_each(week: Stage) -> None:
    owner = week.person(OWNER)
    (answer,) = await owner.says("/digest")
    assert answer.split("\n")[0] == "您的团队 · 11月16日至22日"
    assert f"🟠 {demo.TEAM_NAME}：计划 50% · 拜访 1/56 · 失约 1" in answer
    assert f"🔴 {WEST}" in answer
    await owner.taps(f"🔴 {WEST}")
    assert "重点客户的信任有风险" in shown(owner)
    assert "陈晓" not in shown(owner)
    await owner.taps("◀ 全部团队")
    await owner.taps("◀ 11月9日至15日")
    assert "您的团队 · 11月9日至15日" in shown(owner)


async def test_a_lead_without_a_team_and_a_team_without_managers(week: Stage) -> None:
    async with week.coach.database.begin() as session:
        lead = await session.scalar(select(Person).where(Person.telegram_id == LEAD))
        assert lead is not None
        await session.delete(await session.get(Membership, (lead.id, await east(week))))
    lead_chat = week.person(LEAD)
    assert "还没有团队" in (await lead_chat.says("/digest"))[0]
    async with week.coach.database.begin() as session:
        team = Team(name="新组", overrides={}, created_at=week.clock.now())
        session.add(team)
        await session.flush()
        session.add(Membership(person_id=lead.id, team_id=team.id))
    assert "还没有经理" in (await lead_chat.says("/digest"))[0]


async def test_a_manager_who_joined_this_week_is_shown_from_then(week: Stage) -> None:
    async with week.coach.database.begin() as session:
        lin = await session.scalar(select(Person).where(Person.telegram_id == LIN))
        assert lin is not None
        lin.joined_at = week.clock.now()
    _, own = await week.person(LIN).says("/whatmyleadsees")
    assert "11月23日至29日" in own
    (answer,) = await week.person(LEAD).says("/digest")
    assert "林建国" not in answer


async def test_a_note_is_no_part_of_what_a_lead_sees(week: Stage) -> None:
    chen = week.person(CHEN)
    week.clock.move_to(week.clock.now() + dtm.timedelta(hours=2))
    await chen.says("去了永辉五一店，店长私下说他要离婚了，答应他周五前送样品")
    await chen.taps("✅ 对，记下")
    async with week.coach.database.read() as session:
        assert await session.scalar(select(Note.id)) is not None
        assert (await session.scalar(select(Person.role).where(Person.telegram_id == CHEN))) == Role.MANAGER
    week.clock.move_to(week.clock.now() + dtm.timedelta(days=7))
    lead, person = week.person(LEAD), await person_of(week, CHEN)
    await lead.says("/digest")
    for what in ("visits", "promises", "days", "window"):
        await touch(lead, f"digest-list:{person.id}:261123:{what}:0")
        assert "永辉五一店" in shown(lead) or what == "days"
        assert "离婚" not in shown(lead)
        assert "私下" not in shown(lead)
