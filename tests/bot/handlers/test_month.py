"""/month on the phone: words and pictures in both languages, the months beside, nothing for managers or other leads."""

from __future__ import annotations

import datetime as dtm
import io

import pytest
from PIL import Image

from bot import charts
from bot.models import Account, Goal, Membership, Person, Role, Visit
from bot.services import demo
from tests.bot.handlers.organisation import (
    CHEN,
    LEAD,
    LIN,
    OTHER_LEAD,
    OWNER,
    WEST,
    add_west,
    east,
    person_of,
    tap,
)
from tests.telegram import Stage, height

TODAY = dtm.date(2026, 11, 23)
MOST_LINES = 20


@pytest.fixture
def no_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Drawing takes most of a test's time."""
    file = io.BytesIO()
    Image.new("L", (8, 8)).save(file, "PNG")
    for name in ("structure_picture", "load_picture"):
        monkeypatch.setattr(charts, name, lambda *_: file.getvalue())


async def fill(stage: Stage) -> None:
    """Books that were there in October, with some visits in November; 陈晓 is the fuller one, with goals."""
    chen, lin = await person_of(stage, CHEN), await person_of(stage, LIN)
    october = dtm.datetime(2026, 10, 5, tzinfo=dtm.UTC)
    async with stage.coach.database.begin() as session:
        for one in (chen, lin):
            (await session.get_one(Person, one.id)).joined_at = october
        made = [
            Account(person_id=chen.id, name=f"客户{number}", tier="A", segment="便利店", created_at=october)
            for number in range(40)
        ]
        made.append(Account(person_id=lin.id, name="大河副食", tier="C", created_at=stage.clock.now()))
        session.add_all(made)
        await session.flush()
        session.add_all(
            Visit(person_id=chen.id, account_id=one.id, day=TODAY - dtm.timedelta(days=3), outcome="info")
            for one in made[:10]
        )
        session.add(Goal(person_id=chen.id, month=TODAY.replace(day=1), kind="visits", target=60))
        session.add(Goal(person_id=lin.id, month=TODAY.replace(day=1), kind="new_accounts", target=2))


NOVEMBER = f"""{demo.TEAM_NAME} · 2026年11月
截至 11月23日 周一
👥 客户 41 家
A 级 40 家，周期内见到 10 = 25%
C 级 1 家，周期内见到 0 = 0%
🏷 便利店 40
🚶 拜访 10 次 · 🌱 新客户 1 家
🔶 1 位的客户量超负荷
🔶 陈晓 Chen Xiao
　负荷 133% · 拜访 10/60 · 新客 0
· 林建国 Lin Jianguo
　负荷 0% · 拜访 0 · 新客 1/2"""


async def test_a_lead_sees_his_team_in_pictures_and_words(stage: Stage) -> None:
    await fill(stage)
    lead = stage.person(LEAD)
    structure, load, text = await lead.says("/month")
    assert structure == f"{demo.TEAM_NAME} · 2026年11月：客户结构和覆盖"
    assert load == f"{demo.TEAM_NAME} · 2026年11月：负荷、拜访和新客户"
    assert text == NOVEMBER
    assert lead.buttons == ["◀ 2026年10月", "📊 看图"]
    pictures = [Image.open(io.BytesIO(file.data)) for file in stage.api.state.files.values()]
    assert [(one.format, one.width) for one in pictures] == [("PNG", 1080), ("PNG", 1080)]


@pytest.mark.usefixtures("no_pictures")
async def test_the_months_beside_are_one_tap_away_and_change_the_message(stage: Stage) -> None:
    await fill(stage)
    lead = stage.person(LEAD)
    *_, _text = await lead.says("/month")
    assert await lead.taps("◀ 2026年10月") == []
    assert lead.last["text"].splitlines()[:2] == ["城东一组 East Team · 2026年10月", "👥 客户 40 家"]
    assert lead.buttons == ["◀ 2026年9月", "2026年11月 ▶", "📊 看图"]
    assert [said.rpartition("：")[0] for said in await lead.taps("📊 看图")] == [f"{demo.TEAM_NAME} · 2026年10月"] * 2
    await lead.taps("◀ 2026年9月")
    texts = [message["text"] for message in stage.api.messages(LEAD) if "text" in message]
    assert texts[-1] == "城东一组 East Team · 2026年9月\n这个月团队里还没有客户经理。发 /team 邀请第一位。"


@pytest.mark.usefixtures("no_pictures")
async def test_in_english_and_with_a_large_team_it_still_fits(stage: Stage) -> None:
    await fill(stage)
    team_id = await east(stage)
    async with stage.coach.database.begin() as session:
        for number in range(14):
            name = f"Bartholomew Featherstonehaugh the {number}th"
            person = Person(name=name, role=Role.MANAGER, time_zone="Asia/Shanghai", joined_at=stage.clock.now())
            session.add(person)
            await session.flush()
            session.add(Membership(person_id=person.id, team_id=team_id))
            for kind in ("一类特别长的行业名称", "another very long segment", "第三类也一样长的行业"):
                session.add_all(
                    Account(
                        person_id=person.id,
                        name=f"{kind}{one}",
                        tier="B",
                        segment=f"{kind}{one}",
                        created_at=stage.clock.now(),
                    )
                    for one in range(4)
                )
    for language, more in (("en", "12 more in the picture."), ("zh-hans", "还有 12 位，请看图。")):
        *_, text = await stage.person(LEAD, language).says("/month")
        assert height(text) <= MOST_LINES, text
        assert text.endswith(more)
    assert "B 级 168 家" in text


@pytest.mark.usefixtures("no_pictures")
async def test_an_owner_chooses_among_the_teams(stage: Stage) -> None:
    await fill(stage)
    await add_west(stage)
    owner = stage.person(OWNER)
    assert await owner.says("/month") == ["看哪个团队的月视图？"]
    assert owner.buttons == [demo.TEAM_NAME, WEST]
    assert len(await owner.taps(demo.TEAM_NAME)) == 3
    assert owner.buttons[-1] == "◀ 全部团队"
    await owner.taps("◀ 全部团队")
    assert owner.last["text"] == "看哪个团队的月视图？"
    (text,) = await owner.taps(WEST)
    assert text.endswith("这个月还没有客户。请大家发 /accounts 加上，或发来一张表格。")


async def test_for_a_manager_it_does_not_exist(stage: Stage) -> None:
    assert "没有这个命令" in (await stage.person(CHEN).says("/month"))[0]
    team_id = await east(stage)
    for action in ("months:", f"month:{team_id}", f"month:{team_id}:202611", f"month-pictures:{team_id}:202611"):
        assert "没找到这一条" in await tap(stage, CHEN, action)


async def test_another_lead_and_one_without_a_team_see_nothing_of_it(stage: Stage) -> None:
    await fill(stage)
    await add_west(stage)
    team_id = await east(stage)
    for action in (f"month:{team_id}", f"month:{team_id}:202611", f"month-pictures:{team_id}:202611"):
        assert "没找到这一条" in await tap(stage, OTHER_LEAD, action)
    async with stage.coach.database.begin() as session:
        lead = await session.get_one(Person, (await person_of(stage, LEAD)).id)
        await session.delete(await session.get_one(Membership, (lead.id, team_id)))
    assert await stage.person(LEAD).says("/month") == ["您还没有带团队。请管理员在 /team 里把团队交给您。"]
    assert "没找到这一条" in await tap(stage, LEAD, f"month:{team_id}:202611")
    assert stage.api.state.files == {}
