"""Documents of teams and leads' answers: found by their own team only, in every version at its time; both databases."""

from __future__ import annotations

import datetime as dtm
from dataclasses import dataclass

import pytest
from sqlalchemy import delete, func, select, text

from bot.database import Database
from bot.documents import Document
from bot.documents.block import Block, DocumentRefused
from bot.documents.cutting import cut
from bot.errors import AlreadyDone, CoachError, NoSuchRecord
from bot.models import Handbook, HandbookState, Membership, Passage, Person, Role, Team, TeamAnswer
from bot.services import demo, handbooks, passages, people, team_answers, teams
from bot.services.handbooks import Stored
from knowledge import passages as judging
from tests.telegram import knowledge

NOW = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)
CHEN, LEAD, OWNER, OTHER_LEAD, OTHER = 1001, 2001, 3001, 5001, 5002
REBATE = "季度进货达到三百箱，返利百分之二，下季度兑现。"
NEW_REBATE = "季度进货达到五百箱，返利百分之四，当月兑现。"
LODGING = "一线城市住宿每晚上限五百元。"


@dataclass
class Scene:
    """Two teams, each with a lead and a manager, and an owner."""

    database: Database
    person: dict[int, Person]
    team: dict[str, Team]

    async def store(self, by: int, team: str, words: str, name: str = "政策.docx", heading: str = "") -> Stored:
        """Let somebody's document be read and stored."""
        blocks = [*([Block(heading, 1)] if heading else []), *map(Block, words.split("\n"))]
        document = Document("docx", None, 0, 1, list(cut(blocks)))
        async with self.database.begin() as session:
            handbook = await handbooks.receive(
                session, self.person[by], self.team[team], file_id="f", name=name, now=NOW
            )
            return await handbooks.store(session, handbook, document, NOW)

    async def asks(self, who: int, question: str) -> list[str]:
        """The texts that are found for somebody, those that answer only."""
        asked = judging.understand(question, knowledge()[1])
        async with self.database.read() as session:
            found = await passages.search(session, self.person[who], asked, 5)
        return [one.passage.text for one in found if one.match.zone == "answer"]

    async def indexed(self) -> int:
        """How many passages the index holds for the word 返利 of any team, whatever is shown of them."""
        count = 0
        async with self.database.read() as session:
            for team in self.team.values():
                dialect = session.get_bind().dialect.name
                query = text(f"SELECT count(*) {passages.HOLDING[dialect].format(0)}")
                quote = passages.QUOTES[dialect]
                count += await session.scalar(query, {"term0": f"{quote}{team.id}:返利{quote}"}) or 0
        return count


@pytest.fixture
async def scene(database: Database) -> Scene:
    async with database.begin() as session:
        await demo.seed(session, "Asia/Shanghai", NOW)
        east = await session.scalar(select(Team).order_by(Team.id))
        assert east is not None
        west = Team(name="西片", overrides={}, created_at=NOW)
        session.add(west)
        await session.flush()
        for number, role in ((OTHER_LEAD, Role.LEAD), (OTHER, Role.MANAGER)):
            person = Person(telegram_id=number, name=f"{number}", role=role, time_zone="UTC", joined_at=NOW)
            session.add(person)
            await session.flush()
            session.add(Membership(person_id=person.id, team_id=west.id))
        found = {number: await people.find(session, number) for number in (CHEN, LEAD, OWNER, OTHER_LEAD, OTHER)}
    return Scene(database, {number: one for number, one in found.items() if one}, {"east": east, "west": west})


async def test_each_team_finds_its_own_and_an_owner_both(scene: Scene) -> None:
    await scene.store(LEAD, "east", REBATE)
    await scene.store(OTHER_LEAD, "west", NEW_REBATE)
    question = "季度返利多少"
    assert await scene.asks(CHEN, question) == [REBATE]
    assert await scene.asks(LEAD, question) == [REBATE]
    assert await scene.asks(OTHER, question) == [NEW_REBATE]
    assert sorted(await scene.asks(OWNER, question)) == sorted([REBATE, NEW_REBATE])
    async with scene.database.begin() as session:
        await session.execute(delete(Membership).where(Membership.person_id == scene.person[CHEN].id))
    assert await scene.asks(CHEN, question) == []


async def test_a_passage_of_another_team_does_not_exist(scene: Scene) -> None:
    done = await scene.store(LEAD, "east", REBATE)
    async with scene.database.begin() as session:
        passage = await session.scalar(select(Passage).where(Passage.handbook_id == done.handbook.id))
        assert passage is not None
        assert (await passages.own(session, scene.person[CHEN], passage.id))[0].text == REBATE
        for stranger in (OTHER, OTHER_LEAD):
            with pytest.raises(NoSuchRecord):
                await passages.own(session, scene.person[stranger], passage.id)


async def test_the_right_passage_comes_first_by_heading_and_words(scene: Scene) -> None:
    noise = "\n".join(f"第{number}款：客户在当月完成陈列，凭照片领取费用，城市不限。" * 9 for number in range(40))
    await scene.store(LEAD, "east", noise, "陈列.docx")
    await scene.store(LEAD, "east", LODGING, "差旅.docx", heading="出差住宿标准")
    assert await scene.asks(CHEN, "出差的住宿标准是多少") == [LODGING]
    assert await scene.asks(CHEN, "公积金怎么提取") == []
    assert await scene.asks(CHEN, "的吗什么") == []


async def test_what_follows_a_passage_is_known(scene: Scene) -> None:
    done = await scene.store(LEAD, "east", "\n".join([REBATE * 14, LODGING * 22]))
    async with scene.database.read() as session:
        first, second = (await session.scalars(select(Passage).order_by(Passage.position))).all()
        assert done.handbook.passages == 2
        assert await passages.after(session, first) == second
        assert await passages.after(session, second) is None


async def test_a_new_version_takes_the_place_of_the_old_which_can_come_back(scene: Scene) -> None:
    first = await scene.store(LEAD, "east", REBATE)
    second = await scene.store(LEAD, "east", NEW_REBATE)
    assert (first.before, second.before is not None, second.handbook.version) == (None, True, 2)
    assert await scene.asks(CHEN, "季度返利多少") == [NEW_REBATE]
    assert await scene.indexed() == 1
    async with scene.database.begin() as session:
        handbook, _ = await handbooks.bring_back(session, scene.person[LEAD], first.handbook.id)
        assert handbook.state == HandbookState.CURRENT
        with pytest.raises(AlreadyDone):
            await handbooks.bring_back(session, scene.person[LEAD], first.handbook.id)
    assert await scene.asks(CHEN, "季度返利多少") == [REBATE]
    third = await scene.store(LEAD, "east", f"{NEW_REBATE}三")
    assert third.handbook.version == 3
    assert third.before is not None
    assert third.before.id == first.handbook.id
    assert await scene.asks(CHEN, "季度返利多少") == [f"{NEW_REBATE}三"]
    async with scene.database.read() as session:
        states = list(await session.scalars(select(Handbook.state).order_by(Handbook.id)))
        assert states == [HandbookState.EARLIER, HandbookState.REMOVED, HandbookState.CURRENT]
        assert await session.scalar(select(func.count()).select_from(Passage)) == 2
    assert await scene.indexed() == 1


async def test_the_same_name_in_another_team_is_another_document(scene: Scene) -> None:
    await scene.store(LEAD, "east", REBATE)
    other = await scene.store(OTHER_LEAD, "west", NEW_REBATE)
    assert (other.handbook.version, other.before) == (1, None)


async def test_what_is_removed_is_in_no_index_and_its_number_may_be_used_again(scene: Scene) -> None:
    await scene.store(LEAD, "east", REBATE)
    done = await scene.store(LEAD, "east", NEW_REBATE)
    async with scene.database.begin() as session:
        await handbooks.remove(session, scene.person[LEAD], done.handbook.id, NOW)
    assert await scene.asks(CHEN, "季度返利多少") == []
    assert await scene.indexed() == 0
    async with scene.database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Passage)) == 0
        assert {one.removed_at for one in await session.scalars(select(Handbook))} == {NOW}
        assert await handbooks.current(session, scene.person[LEAD]) == []
    await scene.store(LEAD, "east", LODGING, "差旅.docx")
    assert await scene.asks(CHEN, "季度返利多少") == []
    async with scene.database.begin() as session:
        with pytest.raises(AlreadyDone):
            await handbooks.remove(session, scene.person[LEAD], done.handbook.id, NOW)


async def test_only_whoever_leads_the_team_may_touch_its_documents(scene: Scene) -> None:
    done = await scene.store(LEAD, "east", REBATE)
    for stranger in (CHEN, OTHER_LEAD, OTHER):
        async with scene.database.begin() as session:
            asker = scene.person[stranger]
            for act in (
                handbooks.led(session, asker, done.handbook.id),
                handbooks.bring_back(session, asker, done.handbook.id),
                handbooks.remove(session, asker, done.handbook.id, NOW),
            ):
                with pytest.raises(NoSuchRecord):
                    await act
            assert done.handbook.id not in {one.id for one, _ in await handbooks.current(session, asker)}
    async with scene.database.read() as session:
        assert (await handbooks.led(session, scene.person[OWNER], done.handbook.id))[1].id == scene.team["east"].id
    assert await scene.asks(CHEN, "季度返利多少") == [REBATE]


async def test_a_lead_who_lost_his_team_meanwhile_stores_nothing(scene: Scene) -> None:
    async with scene.database.begin() as session:
        await session.execute(delete(Membership).where(Membership.person_id == scene.person[LEAD].id))
    with pytest.raises(NoSuchRecord):
        await scene.store(LEAD, "east", REBATE)
    assert await scene.indexed() == 0


async def test_a_document_is_given_to_a_team_once_and_by_its_sender(scene: Scene) -> None:
    async with scene.database.begin() as session:
        owner = scene.person[OWNER]
        handbook = await handbooks.receive(session, owner, None, file_id="f", name="a.md", now=NOW)
        assert await handbooks.waiting(session) is None
        with pytest.raises(NoSuchRecord):
            await handbooks.give(session, scene.person[LEAD], handbook.id, scene.team["east"].id)
        with pytest.raises(NoSuchRecord):
            await handbooks.give(session, owner, handbook.id, 10**6)
        await handbooks.give(session, owner, handbook.id, scene.team["west"].id)
        assert await handbooks.waiting(session) == handbook
        with pytest.raises(AlreadyDone):
            await handbooks.give(session, owner, handbook.id, scene.team["east"].id)


async def test_a_team_has_so_many_passages_and_no_more(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    await scene.store(LEAD, "east", REBATE)
    monkeypatch.setattr(handbooks, "MOST_PASSAGES", 1)
    await scene.store(LEAD, "east", NEW_REBATE)  # in place of the other
    with pytest.raises(DocumentRefused) as refused:
        await scene.store(LEAD, "east", LODGING, "差旅.docx")
    assert refused.value.text_id == "handbook-team-full"
    await scene.store(OTHER_LEAD, "west", REBATE)


async def test_headings_are_listed_once_in_order(scene: Scene) -> None:
    done = await scene.store(LEAD, "east", "\n".join([REBATE * 14, LODGING * 22]), heading="返利")
    async with scene.database.read() as session:
        assert await handbooks.headings(session, done.handbook, 3) == ["返利"]


async def write(scene: Scene, by: int, team: str, words: str) -> TeamAnswer:
    async with scene.database.begin() as session:
        return await team_answers.write(
            session, scene.person[by], scene.team[team], question="公积金怎么提取", words=words, now=NOW
        )


async def test_a_leads_answer_is_found_changed_and_taken_back(scene: Scene) -> None:
    answer = await write(scene, LEAD, "east", "每年七月在网上办。")
    assert await scene.asks(CHEN, "怎么提取公积金") == ["每年七月在网上办。"]
    assert await scene.asks(OTHER, "怎么提取公积金") == []
    async with scene.database.begin() as session:
        await team_answers.change(session, scene.person[LEAD], answer.id, "改在手机上办。")
    assert await scene.asks(CHEN, "怎么提取公积金") == ["改在手机上办。"]
    async with scene.database.begin() as session:
        await team_answers.remove(session, scene.person[LEAD], answer.id, NOW)
        with pytest.raises(AlreadyDone):
            await team_answers.change(session, scene.person[LEAD], answer.id, "三")
    assert await scene.asks(CHEN, "怎么提取公积金") == []
    async with scene.database.read() as session:
        assert list(await team_answers.by(session, scene.person[LEAD])) == []
        assert await session.scalar(select(func.count()).select_from(Passage)) == 0


async def test_answers_are_their_authors_and_only_for_teams_he_leads(scene: Scene) -> None:
    for author, team in ((CHEN, "east"), (LEAD, "west"), (OTHER_LEAD, "east")):
        with pytest.raises(NoSuchRecord):
            await write(scene, author, team, "一")
    answer = await write(scene, LEAD, "east", "一")
    for stranger in (CHEN, OTHER_LEAD, OWNER):
        async with scene.database.begin() as session:
            for act in (
                team_answers.own(session, scene.person[stranger], answer.id),
                team_answers.change(session, scene.person[stranger], answer.id, "二"),
                team_answers.remove(session, scene.person[stranger], answer.id, NOW),
            ):
                with pytest.raises(NoSuchRecord):
                    await act
    with pytest.raises(CoachError) as refused:
        await write(scene, LEAD, "east", "长" * 501)
    assert refused.value.values == {"limit": 500}


async def test_what_a_removed_lead_answered_may_be_changed_by_whoever_leads_now(scene: Scene) -> None:
    answer = await write(scene, LEAD, "east", "每年七月在网上办。")
    async with scene.database.begin() as session:
        await people.shut_out(session, await session.get_one(Person, scene.person[LEAD].id), NOW)
        with pytest.raises(NoSuchRecord):
            await team_answers.own(session, scene.person[OTHER_LEAD], answer.id)
        assert [one.id for one in await team_answers.by(session, scene.person[OWNER])] == [answer.id]
        changed = await team_answers.change(session, scene.person[OWNER], answer.id, "改在手机上办。")
        assert changed.person_id == scene.person[OWNER].id
    assert await scene.asks(CHEN, "怎么提取公积金") == ["改在手机上办。"]


async def test_the_answers_of_somebody_who_is_forgotten_are_found_no_more(scene: Scene) -> None:
    await write(scene, LEAD, "east", "每年七月在网上办。")
    async with scene.database.begin() as session:
        await team_answers.withdraw_all(session, scene.person[LEAD], NOW)
    assert await scene.asks(CHEN, "怎么提取公积金") == []


async def test_a_lead_of_two_teams_is_answered_from_both(scene: Scene) -> None:
    await scene.store(LEAD, "east", REBATE)
    await scene.store(OTHER_LEAD, "west", NEW_REBATE)
    async with scene.database.begin() as session:
        await teams.let_lead(session, scene.person[OWNER], scene.person[LEAD].id, scene.team["west"].id, leads=True)
    assert sorted(await scene.asks(LEAD, "季度返利多少")) == sorted([REBATE, NEW_REBATE])
