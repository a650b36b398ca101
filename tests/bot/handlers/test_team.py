"""/team on the phone: who is in, roles, moves and removal; nothing for managers, nothing of other teams."""

from __future__ import annotations

import datetime as dtm

import pytest
from sqlalchemy import select

from bot import handlers
from bot.models import Leave, Membership, Person, Role, Team
from bot.services import demo, invitations
from tests.bot.handlers.organisation import (
    CHEN,
    LEAD,
    LIN,
    OTHER_LEAD,
    OTHER_MANAGER,
    OWNER,
    STRANGER,
    WEST,
    add_accounts,
    add_west,
    east,
    everything,
    person_of,
    tap,
)
from tests.telegram import Chatter, Stage, height


async def test_for_a_manager_the_command_does_not_exist(stage: Stage) -> None:
    (answer,) = await stage.person(CHEN).says("/team")
    assert "没有这个命令" in answer
    assert "/team" not in (await stage.person(CHEN).says("/help"))[0]


async def test_a_lead_sees_his_team_and_when_he_last_heard_of_whom(stage: Stage) -> None:
    lead = stage.person(LEAD)
    await stage.person(CHEN).says("您好")
    (page,) = await lead.says("/team")
    assert page == f"{demo.TEAM_NAME}\n主管：周敏 Zhou Min\n客户经理：2 位，点名字看详情。"
    people = ["陈晓 Chen Xiao · 今天", "林建国 Lin Jianguo · 还没来过"]
    assert lead.buttons == [*people, "＋ 邀请客户经理", "📤 导出团队"]
    stage.clock.move_to(stage.clock.now() + dtm.timedelta(days=1))
    await lead.says("/team")
    assert lead.buttons[0] == "陈晓 Chen Xiao · 昨天"
    stage.clock.move_to(stage.clock.now() + dtm.timedelta(days=1))
    await lead.says("/team")
    assert lead.buttons[0] == "陈晓 Chen Xiao · 11月23日 周一"


async def test_a_member_with_what_the_lead_may_do(stage: Stage) -> None:
    lead = stage.person(LEAD)
    await add_accounts(stage, LIN, "永辉", "华润")
    await lead.says("/team")
    await lead.taps("林建国 Lin Jianguo · 还没来过")
    assert lead.last["text"] == (
        f"林建国 Lin Jianguo · 客户经理\n团队：{demo.TEAM_NAME}\n最近露面：还没来过\n名下客户：2 家"
    )
    assert lead.buttons == ["换团队", "交接客户", "休假", "移出", f"◀ {demo.TEAM_NAME}"]
    await lead.taps(f"◀ {demo.TEAM_NAME}")
    assert lead.last["text"].startswith(demo.TEAM_NAME)


async def test_the_same_in_english(stage: Stage) -> None:
    lead = stage.person(LEAD, "en")
    (page,) = await lead.says("/team")
    assert page == f"{demo.TEAM_NAME}\nLead: 周敏 Zhou Min\nAccount managers: 2. Tap a name for more."
    await lead.taps("林建国 Lin Jianguo · never yet")
    assert "Last seen: never yet" in lead.last["text"]
    assert lead.buttons == ["Change team", "Days off", "Remove", f"◀ {demo.TEAM_NAME}"]


async def test_who_blocks_the_coach_is_shown_so(stage: Stage) -> None:
    await stage.person(CHEN).says("/start")
    stage.api.block(CHEN)
    await stage.settle()
    lead = stage.person(LEAD)
    await lead.says("/team")
    assert lead.buttons[0] == "陈晓 Chen Xiao · 停用了我"


async def test_an_owner_founds_a_team_by_typing_its_name(stage: Stage) -> None:
    owner = stage.person(OWNER)
    (overview,) = await owner.says("/team")
    assert overview == "团队（1 个）\n点一个，看里面的人。"
    assert owner.buttons == [demo.TEAM_NAME, "＋ 新团队"]
    (question,) = await owner.taps("＋ 新团队")
    assert "新团队叫什么" in question
    assert "换一个名字" in (await owner.says(demo.TEAM_NAME))[0]
    assert "64 个字以内" in (await owner.says("长" * 65))[0]
    (page,) = await owner.says("城东二组 <b>")
    assert page.startswith("城东二组 <b>\n主管：还没有\n客户经理：0 位")
    assert owner.buttons == ["＋ 邀请客户经理", "＋ 邀请主管", "◀ 全部团队"]
    await owner.taps("◀ 全部团队")
    assert owner.last["text"].startswith("团队（2 个）")


async def test_an_owner_without_teams_is_told_to_found_one(empty_stage: Stage) -> None:
    owner = empty_stage.person(OWNER)
    await owner.says("/start")
    (overview,) = await owner.says("/team")
    assert "还没有团队" in overview
    assert owner.buttons == ["＋ 新团队"]


async def open_member(chatter: Chatter, name: str) -> None:
    """From /team to a member's card."""
    await chatter.says("/team")
    if demo.TEAM_NAME in chatter.buttons:
        await chatter.taps(demo.TEAM_NAME)
    await chatter.taps(next(label for label in chatter.buttons if label.startswith(name)))


async def test_an_owner_makes_a_manager_a_lead_who_hears_of_it(stage: Stage) -> None:
    owner, chen = stage.person(OWNER), stage.person(CHEN, "en")
    await chen.says("/start")
    await open_member(owner, "陈晓")
    await owner.taps("改角色")
    assert owner.buttons == ["管理员", "主管", "◀ 陈晓 Chen Xiao"]
    _, data = owner.button("主管")
    message_id = owner.last["message_id"]
    await owner.taps("主管")
    assert owner.last["text"].startswith("陈晓 Chen Xiao · 主管")
    assert chen.last["text"].startswith("You are a lead now")
    heard = len(stage.api.messages(CHEN))
    assert (await person_of(stage, CHEN)).role == Role.LEAD
    stage.api.inject(tapped_again(OWNER, message_id, data))
    await stage.settle()
    assert len(stage.api.messages(CHEN)) == heard
    assert "/gaps" in (await chen.says("/help"))[0]


def tapped_again(who: int, message_id: int, data: str) -> dict[str, object]:
    """A second tap on a button that has gone in the meantime."""
    sender = {"id": who, "is_bot": False, "first_name": "X", "language_code": "zh-hans"}
    message = {"message_id": message_id, "date": 0, "chat": {"id": who, "type": "private"}}
    return {"callback_query": {"id": "78", "from": sender, "chat_instance": "1", "data": data, "message": message}}


async def test_a_manager_is_moved_and_hears_of_it(stage: Stage) -> None:
    await add_west(stage)
    owner, chen = stage.person(OWNER), stage.person(CHEN)
    await chen.says("/start")
    await open_member(owner, "陈晓")
    await owner.taps("换团队")
    assert owner.buttons == [demo.TEAM_NAME, WEST, "◀ 陈晓 Chen Xiao"]
    await owner.taps(WEST)
    assert f"团队：{WEST}" in owner.last["text"]
    assert chen.last["text"] == f"您换到了「{WEST}」。"
    lead = stage.person(LEAD)
    await lead.says("/team")
    assert not any("陈晓" in label for label in lead.buttons)


async def test_an_owner_gives_a_lead_more_teams_and_takes_them_back(stage: Stage) -> None:
    await add_west(stage)
    owner, lead = stage.person(OWNER), stage.person(LEAD)
    await lead.says("/start")
    await open_member(owner, "周敏")
    await owner.taps("换团队")
    assert owner.buttons == [f"☑ {demo.TEAM_NAME}", f"☐ {WEST}", "◀ 周敏 Zhou Min"]
    await owner.taps(f"☐ {WEST}")
    assert owner.buttons[1] == f"☑ {WEST}"
    assert lead.last["text"] == f"「{WEST}」现在由您带，发 /team 看看。"
    (overview,) = await lead.says("/team")
    assert "团队（2 个）" in overview
    await owner.taps(f"☑ {WEST}")
    await owner.taps(f"☑ {demo.TEAM_NAME}")
    assert "现在没有带团队" in (await lead.says("/team"))[0]
    await owner.says("/team")
    assert "不在团队里的人 1" in owner.buttons
    await owner.taps("不在团队里的人 1")
    assert owner.buttons[0].startswith("周敏 Zhou Min · 主管")


async def test_removal_asks_once_more_and_ends_access_at_once(stage: Stage) -> None:
    lead, chen = stage.person(LEAD), stage.person(CHEN)
    await add_accounts(stage, CHEN, "永辉")
    await chen.says("/language")
    await open_member(lead, "陈晓")
    await lead.taps("移出")
    assert "马上就进不来了" in lead.last["text"]
    assert (await person_of(stage, CHEN)).removed_at is None
    await lead.taps("是，移出")
    assert "11月23日 周一 移出，进不来了" in lead.last["text"]
    assert lead.buttons == ["交接客户", f"◀ {demo.TEAM_NAME}"]
    await lead.taps(f"◀ {demo.TEAM_NAME}")
    assert "陈晓 Chen Xiao · 已移出，1 家待交接" in lead.buttons


async def test_a_removed_person_is_a_stranger_whatever_he_does(stage: Stage) -> None:
    lead, chen = stage.person(LEAD), stage.person(CHEN)
    (strangers,) = await stage.person(STRANGER).says("您好")
    await chen.says("/leave")
    await chen.taps("＋ 登记休假")
    await tap(stage, LEAD, f"remove:{(await person_of(stage, CHEN)).id}:yes")
    before = await everything(stage)
    for text in ("明天", "/help", "/team", "/start", "/mydata", "什么样的客户才算大客户"):
        assert await chen.says(text) == [strangers]
    said = len(stage.api.messages(CHEN))
    for verb in sorted(handlers.BUTTONS):
        assert await tap(stage, CHEN, f"{verb}:1:0") == strangers
    assert len(stage.api.messages(CHEN)) == said
    assert await everything(stage) == before
    assert (await lead.says("/team"))[0].startswith(demo.TEAM_NAME)


async def test_an_owner_finds_whom_he_removed(stage: Stage) -> None:
    owner = stage.person(OWNER)
    await open_member(owner, "陈晓")
    await owner.taps("移出")
    await owner.taps("是，移出")
    assert owner.buttons == ["删除个人数据", "◀ 全部团队"]
    await owner.says("/team")
    await owner.taps("已移出的人 1")
    assert owner.buttons == ["陈晓 Chen Xiao · 已移出", "◀ 全部团队"]


async def test_nobody_changes_himself(stage: Stage) -> None:
    for who in (LEAD, OWNER):
        me = (await person_of(stage, who)).id
        before = await everything(stage)
        for action in (f"member:{me}", f"role:{me}:manager", f"remove:{me}:yes", f"delete:{me}:yes", f"move:{me}:1"):
            assert "没找到" in await tap(stage, who, action)
        assert await everything(stage) == before


OURS = ("team", "invite", "transfer", "leave", "mydata")
"""The conversations whose buttons are for leads and owners."""

ACTIONS = (
    "team:{east}",
    "team:{east}:1",
    "member:{chen}",
    "role:{chen}",
    "role:{chen}:lead",
    "move:{chen}",
    "move:{chen}:{west}",
    "move:{other}:{east}",
    "let-lead:{lead}:{west}:1",
    "let-lead:{lead}:{east}:0",
    "remove:{chen}",
    "remove:{chen}:yes",
    "remove:{lead}:yes",
    "invite:{east}:manager",
    "invite:{west}:lead",
    "invite:{west}:owner",
    "invite:{west}:manager:{awaited}",
    "invites:{east}",
    "uninvite:{invitation}",
    "uninvite:{invitation}:list",
    "transfer:{chen}",
    "hand:{chen}:{other}",
    "handed:{chen}:{other}:all",
    "handed:{chen}:{other}:{account}",
    "handed:{other}:{chen}:all",
    "leave:{chen}",
    "leave-add:{chen}",
    "leave-off:{leave}",
    "delete:{chen}",
    "delete:{chen}:yes",
    "delete:{other}:yes",
    "unplaced",
    "removed",
    "wishing",
    "team-new",
)
"""One of each for the first team's people, asked for by the lead of another team."""

OWN = {"teams", "export-me", "forget-me"}
"""What shows nobody but the asker's own."""


def test_every_button_of_these_conversations_is_tried() -> None:
    registered = {verb for verb, act in handlers.BUTTONS.items() if act.__module__.rpartition(".")[2] in OURS}
    assert registered == {action.split(":")[0] for action in ACTIONS} | OWN


@pytest.mark.parametrize("asker", [OTHER_LEAD, OTHER_MANAGER, LIN])
async def test_every_button_as_somebody_else_finds_nothing_and_changes_nothing(stage: Stage, asker: int) -> None:
    west = await add_west(stage)
    (account,) = await add_accounts(stage, CHEN, "永辉")
    await add_accounts(stage, OTHER_MANAGER, "华润")
    chen, lead, other = [(await person_of(stage, number)).id for number in (CHEN, LEAD, OTHER_MANAGER)]
    async with stage.coach.database.begin() as session:
        team_id = await east(stage)
        awaited = Person(telegram_id=None, name="王强", role=Role.MANAGER, time_zone="UTC", joined_at=stage.clock.now())
        off = Leave(person_id=chen, first_day=dtm.date(2026, 12, 1), last_day=dtm.date(2026, 12, 2))
        session.add_all([awaited, off])
        await session.flush()
        session.add(Membership(person_id=awaited.id, team_id=team_id))
        owner = await session.get_one(Person, (await person_of(stage, OWNER)).id)
        link = await invitations.create(session, owner, team_id, Role.MANAGER, stage.clock.now())
    ids = {
        "east": team_id,
        "west": west,
        "chen": chen,
        "lead": lead,
        "other": other,
        "awaited": awaited.id,
        "account": account,
        "leave": off.id,
        "invitation": link.invitation.id,
    }
    heard = len(stage.api.messages(asker))
    before = await everything(stage)
    for action in ACTIONS:
        assert "没找到" in await tap(stage, asker, action.format(**ids)), action
    assert await everything(stage) == before
    assert len(stage.api.messages(asker)) == heard


async def test_many_members_come_in_pages(stage: Stage) -> None:
    team_id = await east(stage)
    async with stage.coach.database.begin() as session:
        more = [
            Person(
                telegram_id=5000 + number,
                name=f"经理{number:02}",
                role=Role.MANAGER,
                time_zone="Asia/Shanghai",
                joined_at=stage.clock.now(),
            )
            for number in range(14)
        ]
        session.add_all(more)
        await session.flush()
        session.add_all(Membership(person_id=one.id, team_id=team_id) for one in more)
    lead = stage.person(LEAD)
    await lead.says("/team")
    assert [label for label in lead.buttons if label in "◀▶"] == ["▶"]
    seen = [label for label in lead.buttons if "·" in label]
    await lead.taps("▶")
    assert [label for label in lead.buttons if label in "◀▶"] == ["◀"]
    seen += [label for label in lead.buttons if "·" in label]
    assert len(seen) == len(set(seen)) == 16


async def test_every_page_fits_twelve_lines_of_a_phone(stage: Stage) -> None:
    await add_west(stage)
    async with stage.coach.database.begin() as session:
        chen = await session.scalar(select(Person).where(Person.telegram_id == CHEN))
        team = await session.scalar(select(Team).where(Team.name == WEST))
        assert chen is not None
        assert team is not None
        chen.name = "很" * 40
    for language in ("zh-hans", "en"):
        owner = stage.person(OWNER, language)
        await open_member(owner, "很")
        for text in [message["text"] for message in stage.api.messages(OWNER) if "text" in message]:
            assert height(text) <= 12
