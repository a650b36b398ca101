"""/gaps: leads see what their people asked and nothing answered well, and answer it for their team in the chat."""

from __future__ import annotations

from sqlalchemy import select

from bot import handlers
from bot.models import Membership, Person, Question, Role, Team, TeamAnswer
from tests.telegram import MORNING, Chatter, Stage, height

CHEN, LIN, LEAD, OWNER, OTHER = 1001, 1002, 2001, 3001, 9001
FUND, ANSWER = "公积金怎么提取", "每年七月在网上办，租房的每季度一次。"


async def another_lead(stage: Stage) -> Chatter:
    """A lead of another team, in which nobody else is."""
    async with stage.coach.database.begin() as session:
        person = Person(telegram_id=OTHER, name="贺", role=Role.LEAD, time_zone="UTC", joined_at=MORNING)
        team = Team(name="西片", overrides={}, created_at=MORNING)
        session.add_all([person, team])
        await session.flush()
        session.add(Membership(person_id=person.id, team_id=team.id))
    return stage.person(OTHER)


def heard_by(stage: Stage, who: int) -> list[str]:
    return [message["text"] for message in stage.api.messages(who) if "您问过" in message.get("text", "")]


async def test_a_manager_hears_that_there_is_no_such_command(stage: Stage) -> None:
    assert "没有这个命令" in (await stage.person(CHEN).says("/gaps"))[0]


async def test_without_gaps_it_says_so(stage: Stage) -> None:
    assert "没有没答上来的" in (await stage.person(LEAD).says("/gaps"))[0]


async def test_near_equal_questions_count_together_without_names(stage: Stage) -> None:
    for who, text in (
        (CHEN, "今天股票涨了吗"),
        (LIN, "今天股票涨了没"),
        (CHEN, "信用卡丢了怎么挂失"),
        (CHEN, "<b>彩票</b>&中奖号"),
    ):
        await stage.person(who).says(text)
    (listed,) = await stage.person(LEAD).says("/gaps")
    lines = listed.split("\n")
    assert "股票" in lines[1]
    assert "2 次" in lines[1]
    assert any("信用卡" in line and "1 次" in line for line in lines)
    assert "<b>彩票</b>&中奖号" in listed
    assert "陈晓" not in listed


async def test_a_disliked_answer_is_a_gap(stage: Stage) -> None:
    chen = stage.person(CHEN)
    await chen.says("什么样的客户才算大客户")
    await chen.taps("👎")
    (listed,) = await stage.person(LEAD).says("/gaps")
    assert "大客户" in listed
    assert "👎" in listed


async def test_help_tells_leads_of_it_and_managers_not(stage: Stage) -> None:
    assert "/gaps" in (await stage.person(LEAD).says("/help"))[0]
    assert "/gaps" not in (await stage.person(CHEN).says("/help"))[0]


async def test_the_menu_shows_only_what_everybody_may_use(stage: Stage) -> None:
    menu = stage.api.snapshot()["commands"]
    assert [entry["command"] for entry in menu["default"]] == list(handlers.COMMANDS)
    assert {"start", "help", "language"} <= handlers.COMMANDS.keys()
    assert not handlers.COMMANDS.keys() & handlers.LEAD_COMMANDS.keys()
    assert menu["en"][1]["description"] == "What I can do for you"


async def test_a_lead_sees_the_questions_of_his_own_teams_only(stage: Stage) -> None:
    await stage.person(CHEN).says(FUND)
    other = await another_lead(stage)
    assert "没有没答上来的" in (await other.says("/gaps"))[0]
    assert "公积金" in (await stage.person(LEAD).says("/gaps"))[0]
    assert "公积金" in (await stage.person(OWNER).says("/gaps"))[0]


async def test_a_lead_answers_and_whoever_asked_is_told_once(stage: Stage) -> None:
    lead, chen, lin = stage.person(LEAD), stage.person(CHEN), stage.person(LIN)
    for person in (chen, chen, lin):
        await person.says(FUND)
    (listed,) = await lead.says("/gaps")
    assert listed.split("\n")[1] == "1. 公积金怎么提取（3 次）"
    (asked,) = await lead.taps("✍ 1")
    assert "500 字以内" in asked
    (done,) = await lead.says(ANSWER)
    assert "已经告诉问过的 2 位" in done
    for who in (CHEN, LIN):
        assert heard_by(stage, who) == [f"💬 您问过「公积金怎么提取」，周敏 Zhou Min 答了：\n{ANSWER}"]
    (answer,) = await chen.says("公积金怎样提取")
    assert answer == f"📎 团队资料 · 公积金怎么提取\n{ANSWER}\n周敏 Zhou Min 答，11月23日 周一"
    assert "没有没答上来的" in (await lead.says("/gaps"))[0]
    assert max(map(height, (listed, asked, done, answer))) <= 12
    async with stage.coach.database.read() as session:
        assert list(await session.scalars(select(Question.outcome))) == ["settled"] * 3 + ["team"]


async def test_the_same_in_english(stage: Stage) -> None:
    lead, chen = stage.person(LEAD, "en"), stage.person(CHEN, "en")
    await chen.says("where do I get a parking permit")
    said = [*await lead.says("/gaps"), *await lead.taps("✍ 1"), *await lead.says("At the front desk, on Mondays.")]
    assert "I told the one who asked." in said[-1]
    (answer,) = await chen.says("where do I get the parking permit")
    assert answer.endswith("At the front desk, on Mondays.\n周敏 Zhou Min, Mon 23 Nov")
    assert max(map(height, [*said, answer])) <= 12


async def test_an_answer_is_edited_and_taken_back(stage: Stage) -> None:
    lead, chen = stage.person(LEAD), stage.person(CHEN)
    await chen.says(FUND)
    await lead.says("/gaps")
    await lead.taps("✍ 1")
    await lead.says(ANSWER)
    await lead.says("/handbook")
    await lead.taps("💬 我答过的 1")
    await lead.taps("1")
    assert ANSWER in lead.last["text"]
    await lead.taps("✏️ 改")
    (changed,) = await lead.says("改在手机上办。")
    assert "改在手机上办。" in changed
    assert "改在手机上办。" in (await chen.says(FUND))[0]
    await lead.taps("🗑 撤下")
    assert "改在手机上办。" in (await chen.says(FUND))[0]
    await lead.taps("是，撤下")
    assert "没有讲这个" in (await chen.says(FUND))[0]
    assert len(heard_by(stage, CHEN)) == 1


async def test_an_answer_that_is_too_long_is_asked_for_again(stage: Stage) -> None:
    lead = stage.person(LEAD)
    await stage.person(CHEN).says(FUND)
    await lead.says("/gaps")
    await lead.taps("✍ 1")
    assert "超过 500 字" in (await lead.says("长" * 501))[0]
    assert "答好了" in (await lead.says(ANSWER))[0]


async def test_a_gap_is_answered_once_and_by_whom_it_concerns(stage: Stage) -> None:
    lead, owner = stage.person(LEAD), stage.person(OWNER)
    await stage.person(CHEN).says(FUND)
    for person in (lead, owner):
        await person.says("/gaps")
    message_id, data = owner.button("✍ 1")
    await lead.taps("✍ 1")
    await lead.says(ANSWER)
    assert await owner.does(lambda: stage.api.tap(OWNER, message_id, data)) == []
    assert "没找到这一条" in owner.notices[-1]
    async with stage.coach.database.begin() as session:
        person = await session.scalar(select(Person).where(Person.telegram_id == LEAD))
        assert person is not None
        person.role = Role.MANAGER
    for label in ("✏️ 改", "🗑 撤下"):
        assert await lead.taps(label) == []
        assert "没找到这一条" in lead.notices[-1]
    async with stage.coach.database.read() as session:
        assert [one.text for one in await session.scalars(select(TeamAnswer))] == [ANSWER]


async def test_ten_long_gaps_fit_a_phone(stage: Stage) -> None:
    lead = stage.person(LEAD)
    async with stage.coach.database.begin() as session:
        chen = await session.scalar(select(Person).where(Person.telegram_id == CHEN))
        assert chen is not None
        for word in ("股票", "彩票", "签证", "驾照", "护照", "房租", "水费", "电费", "机票", "球票", "医保"):
            asked = {"person_id": chen.id, "asked_at": MORNING, "locale": "zh", "suggested": [], "confidence": 0.0}
            session.add(Question(text=word * 20, outcome="none", verdict="down", **asked))
    (listed,) = await lead.says("/gaps")
    assert len(lead.buttons) == 10
    assert height(listed) <= 12
