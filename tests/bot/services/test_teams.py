"""Teams: membership, policy, workdays, and who may change them; on both databases."""

from __future__ import annotations

import datetime as dtm

import pytest
from sqlalchemy import select

from bot.database import Database
from bot.errors import NoSuchRecord
from bot.models import Account, Leave, Membership, Person, Policy, Role, Team
from bot.services import people, teams
from bot.services.teams import TeamNameRefused

NOW = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)


def person(role: Role, telegram_id: int | None, name: str = "某人") -> Person:
    return Person(telegram_id=telegram_id, name=name, role=role, time_zone="Asia/Shanghai", joined_at=NOW)


class Firm:
    """An owner; Ann leads East and West, Ben leads North; a manager in each of East and North, one in none."""

    def __init__(self) -> None:
        self.owner = person(Role.OWNER, 1)
        self.ann, self.ben = person(Role.LEAD, 2), person(Role.LEAD, 3)
        self.east_manager, self.north_manager = person(Role.MANAGER, 4), person(Role.MANAGER, 5)
        self.loose = person(Role.MANAGER, None)
        overrides = {"max_open_promises": 5, "days_off": {"2026-11-24": False, "2026-11-28": True}}
        self.east = Team(name="East", overrides=overrides, created_at=NOW)
        self.west = Team(name="West", overrides={}, created_at=NOW)
        self.north = Team(name="North", overrides={}, created_at=NOW)


@pytest.fixture
async def firm(database: Database) -> Firm:
    made = Firm()
    async with database.begin() as session:
        session.add_all([made.owner, made.ann, made.ben, made.east_manager, made.north_manager, made.loose])
        session.add_all([made.east, made.west, made.north])
        await session.flush()
        for who, team in (
            (made.ann, made.east),
            (made.ann, made.west),
            (made.ben, made.north),
            (made.east_manager, made.east),
            (made.north_manager, made.north),
        ):
            session.add(Membership(person_id=who.id, team_id=team.id))
    return made


async def test_everybody_has_the_policy_of_his_team_or_the_defaults(database: Database, firm: Firm) -> None:
    async with database.read() as session:
        assert (await teams.policy_of(session, firm.east_manager)).max_open_promises == 5
        assert (await teams.policy_of(session, firm.ann)).max_open_promises == 5
        assert await teams.policy_of(session, firm.north_manager) == Policy()
        assert await teams.policy_of(session, firm.loose) == Policy()
        assert await teams.team_of(session, firm.loose) is None


async def test_workdays_follow_the_teams_list_and_the_persons_leave(database: Database, firm: Firm) -> None:
    friday = dtm.date(2026, 11, 27)
    async with database.begin() as session:
        session.add(Leave(person_id=firm.east_manager.id, first_day=friday, last_day=friday))
    async with database.read() as session:
        his = await teams.workdays_of(session, firm.east_manager)
        leads = await teams.workdays_of(session, firm.ann)
        others = await teams.workdays_of(session, firm.north_manager)
    days = [dtm.date(2026, 11, 23) + dtm.timedelta(days=number) for number in range(7)]
    assert [his.is_workday(day) for day in days] == [True, False, True, True, False, True, False]
    assert [leads.is_workday(day) for day in days] == [True, False, True, True, True, True, False]
    assert [others.is_workday(day) for day in days] == [True] * 5 + [False] * 2


async def test_who_leads_which_teams(database: Database, firm: Firm) -> None:
    async with database.read() as session:
        led = {who: [t.name for t in await teams.led_by(session, who)] for who in (firm.owner, firm.ann, firm.ben)}
        assert led == {firm.owner: ["East", "West", "North"], firm.ann: ["East", "West"], firm.ben: ["North"]}
        assert await teams.led_by(session, firm.east_manager) == []
        assert (await teams.led(session, firm.ann, firm.west.id)).name == "West"
        for asker, team in ((firm.ann, firm.north), (firm.east_manager, firm.east)):
            with pytest.raises(NoSuchRecord):
                await teams.led(session, asker, team.id)


async def test_a_removed_lead_leads_nothing_and_is_no_member(database: Database, firm: Firm) -> None:
    async with database.begin() as session:
        await people.remove(session, firm.owner, firm.ann.id, NOW)
    async with database.read() as session:
        ann = await session.get_one(Person, firm.ann.id)
        assert await teams.led_by(session, ann) == []
        assert [one.id for one in await teams.members(session, firm.east)] == [firm.east_manager.id]


async def test_members_are_those_who_are_in_now_and_leavers_those_whose_book_waits(
    database: Database, firm: Firm
) -> None:
    async with database.begin() as session:
        await people.remove(session, firm.ann, firm.east_manager.id, NOW)
        assert await teams.leavers(session, firm.east) == []
        session.add(Account(person_id=firm.east_manager.id, name="永辉", tier="A", created_at=NOW))
        session.add(Account(person_id=firm.ann.id, name="老店", tier="C", created_at=NOW, archived_on=NOW.date()))
    async with database.read() as session:
        assert [one.id for one in await teams.members(session, firm.east)] == [firm.ann.id]
        assert [one.id for one in await teams.leavers(session, firm.east)] == [firm.east_manager.id]
        assert [one.id for one in await teams.unplaced(session, firm.owner)] == [firm.loose.id]
        assert await teams.unplaced(session, firm.ann) == []


async def test_only_an_owner_founds_teams_each_with_a_name_of_its_own(database: Database, firm: Firm) -> None:
    async with database.begin() as session:
        assert (await teams.create(session, firm.owner, "  城东\n 二组 ", NOW)).name == "城东 二组"
        for name, text_id in (
            ("East", "team-name-taken"),
            ("城东 二组", "team-name-taken"),
            ("长" * 65, "team-name-too-long"),
        ):
            with pytest.raises(TeamNameRefused) as refusal:
                await teams.create(session, firm.owner, name, NOW)
            assert refusal.value.text_id == text_id
        for asker in (firm.ann, firm.east_manager):
            with pytest.raises(NoSuchRecord):
                await teams.create(session, asker, "X", NOW)
        assert len((await session.scalars(select(Team))).all()) == 4


async def test_a_lead_moves_his_managers_between_his_teams_only(database: Database, firm: Firm) -> None:
    async with database.begin() as session:
        moved = await teams.move(session, firm.ann, firm.east_manager.id, firm.west.id)
        assert moved is not None
        assert moved.name == "West"
        assert await teams.move(session, firm.ann, firm.east_manager.id, firm.west.id) is None
        for asker, who, team in (
            (firm.ann, firm.east_manager, firm.north),
            (firm.ann, firm.north_manager, firm.east),
            (firm.ann, firm.ben, firm.east),
            (firm.ann, firm.ann, firm.north),
            (firm.owner, firm.ben, firm.east),
            (firm.east_manager, firm.east_manager, firm.north),
        ):
            with pytest.raises(NoSuchRecord):
                await teams.move(session, asker, who.id, team.id)
    async with database.read() as session:
        found = {who: [t.name for t in await teams.teams_of(session, who)] for who in (firm.east_manager, firm.ben)}
    assert found == {firm.east_manager: ["West"], firm.ben: ["North"]}


async def test_an_owner_says_which_teams_a_lead_leads(database: Database, firm: Firm) -> None:
    async with database.begin() as session:
        assert await teams.let_lead(session, firm.owner, firm.ben.id, firm.east.id, leads=True) is not None
        assert await teams.let_lead(session, firm.owner, firm.ben.id, firm.east.id, leads=True) is None
        assert await teams.let_lead(session, firm.owner, firm.ben.id, firm.north.id, leads=False) is not None
        for asker, who in ((firm.ann, firm.ben), (firm.ann, firm.ann), (firm.owner, firm.east_manager)):
            with pytest.raises(NoSuchRecord):
                await teams.let_lead(session, asker, who.id, firm.east.id, leads=True)
    async with database.read() as session:
        assert [team.name for team in await teams.led_by(session, firm.ben)] == ["East"]
