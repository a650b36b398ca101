"""People: found, let in once, seen and led by whom they should be, removed; on both databases."""

from __future__ import annotations

import asyncio
import datetime as dtm

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from bot.database import Database
from bot.errors import NoSuchRecord
from bot.models import Base, Membership, MessageState, OutboxMessage, Person, Role, Team
from bot.services import demo, drafts, people, teams

NOW = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)


@pytest.mark.parametrize(
    ("code", "locale"),
    [("zh-hans", "zh"), ("zh_TW", "zh"), ("ZH", "zh"), ("en-GB", "en"), ("fr", None), ("", None), (None, None)],
)
def test_the_language_of_telegram(code: str | None, locale: str | None) -> None:
    assert people.locale_of(code) == locale


async def enrol(database: Database, telegram_id: int) -> bool:
    async with database.begin() as session:
        person = await people.enrol_owner(
            session, telegram_id, name="名" * 200, telegram_locale="zh", time_zone="Asia/Shanghai", now=NOW
        )
        return person is not None


async def test_of_many_who_start_at_once_one_becomes_the_owner(database: Database) -> None:
    let_in = await asyncio.gather(*(enrol(database, number) for number in range(8)))
    assert sum(let_in) == 1
    async with database.read() as session:
        assert await session.scalar(select(func.count()).select_from(Person)) == 1
        owner = await session.scalar(select(Person))
    assert owner is not None
    assert owner.role == Role.OWNER
    assert len(owner.name) == 128


async def test_the_demo_team_is_seeded_once(database: Database) -> None:
    for _ in range(2):
        async with database.begin() as session:
            await demo.seed(session, "Asia/Shanghai", NOW)
    async with database.read() as session:
        roles = list(await session.scalars(select(Person.role).order_by(Person.telegram_id)))
        members = await session.scalar(select(func.count()).select_from(Membership))
    assert roles == [Role.MANAGER, Role.MANAGER, Role.LEAD, Role.OWNER]
    assert members == 3


async def test_ones_own_choice_of_language_goes_before_telegrams() -> None:
    person = Person(telegram_locale="zh")
    assert person.speaks("en") == "zh"
    person.locale = "en"
    assert person.speaks("zh") == "en"
    assert Person().speaks("zh") == "zh"


class Firm:
    """An owner; Ann leads East, Ben leads West, Cas leads both; Dan and Eve are East's managers, Fay is West's."""

    def __init__(self) -> None:
        roles = {"owner": Role.OWNER, "ann": Role.LEAD, "ben": Role.LEAD, "cas": Role.LEAD}
        roles |= {"dan": Role.MANAGER, "eve": Role.MANAGER, "fay": Role.MANAGER}
        self.people = {
            name: Person(telegram_id=number, name=name, role=role, time_zone="UTC", joined_at=NOW)
            for number, (name, role) in enumerate(roles.items(), start=1)
        }
        self.teams = {name: Team(name=name, overrides={}, created_at=NOW) for name in ("East", "West")}
        self.members = {"East": ("ann", "cas", "dan", "eve"), "West": ("ben", "cas", "fay")}

    def __getitem__(self, name: str) -> Person:
        return self.people[name]


@pytest.fixture
async def firm(database: Database) -> Firm:
    made = Firm()
    async with database.begin() as session:
        session.add_all([*made.people.values(), *made.teams.values()])
        await session.flush()
        for team, names in made.members.items():
            session.add_all(Membership(person_id=made[name].id, team_id=made.teams[team].id) for name in names)
    return made


SEEN = {
    "owner": ["owner", "ann", "ben", "cas", "dan", "eve", "fay"],
    "ann": ["ann", "dan", "eve"],
    "ben": ["ben", "fay"],
    "cas": ["cas", "dan", "eve", "fay"],
    "dan": ["dan"],
}


@pytest.mark.parametrize("asker", SEEN)
async def test_everybody_sees_himself_a_lead_his_managers_an_owner_all(
    database: Database, firm: Firm, asker: str
) -> None:
    async with database.read() as session:
        assert [one.name for one in await people.visible_to(session, firm[asker])] == SEEN[asker]
        for name, person in firm.people.items():
            if name in SEEN[asker]:
                assert (await people.seen(session, firm[asker], person.id)).name == name
            else:
                with pytest.raises(NoSuchRecord):
                    await people.seen(session, firm[asker], person.id)
        with pytest.raises(NoSuchRecord):
            await people.seen(session, firm[asker], 10**9)
        with pytest.raises(NoSuchRecord):
            await people.led(session, firm[asker], firm[asker].id)


async def test_who_was_removed_is_a_stranger_but_his_records_stay_in_sight(database: Database, firm: Firm) -> None:
    async with database.begin() as session:
        await drafts.ask(session, firm["dan"], "team-new", NOW)
        for number, state in enumerate((MessageState.PENDING, MessageState.SENT)):
            session.add(message(firm["dan"].telegram_id or 0, f"k{number}", state))
        session.add(message(firm["eve"].telegram_id or 0, "e", MessageState.PENDING))
        await people.remove(session, firm["ann"], firm["dan"].id, NOW)
        await people.remove(session, firm["ann"], firm["dan"].id, NOW + dtm.timedelta(days=1))
    async with database.read() as session:
        assert await people.find(session, firm["dan"].telegram_id or 0) is None
        dan = await people.seen(session, firm["ann"], firm["dan"].id)
        assert dan.removed_at == NOW
        assert [one.name for one in await people.visible_to(session, firm["ann"])] == ["ann", "eve"]
        assert [one.name for one in await people.removed(session, firm["owner"])] == ["dan"]
        assert await people.removed(session, firm["ann"]) == []
        assert await drafts.waiting(session, dan, NOW) is None
        states = dict((await session.execute(select(OutboxMessage.key, OutboxMessage.state))).all())
    assert states == {"k0": MessageState.DEAD, "k1": MessageState.SENT, "e": MessageState.PENDING}


def message(chat_id: int, key: str, state: MessageState) -> OutboxMessage:
    return OutboxMessage(
        key=key, chat_id=chat_id, method="sendMessage", params={}, state=state, created_at=NOW, not_before=NOW
    )


@pytest.mark.parametrize(
    ("asker", "person"),
    [
        ("ann", "fay"),
        ("ann", "cas"),
        ("ann", "ann"),
        ("ann", "owner"),
        ("dan", "eve"),
        ("dan", "dan"),
        ("owner", "owner"),
    ],
)
async def test_whom_one_may_not_remove(database: Database, firm: Firm, asker: str, person: str) -> None:
    async with database.begin() as session:
        with pytest.raises(NoSuchRecord):
            await people.remove(session, firm[asker], firm[person].id, NOW)
    async with database.read() as session:
        assert (await session.get_one(Person, firm[person].id)).removed_at is None


async def test_only_an_owner_changes_roles_and_never_his_own(database: Database, firm: Firm) -> None:
    async with database.begin() as session:
        for asker, person, role in (
            ("ann", "dan", Role.LEAD),
            ("ann", "ann", Role.OWNER),
            ("dan", "dan", Role.OWNER),
            ("owner", "owner", Role.MANAGER),
        ):
            with pytest.raises(NoSuchRecord):
                await people.change_role(session, firm[asker], firm[person].id, role, NOW)
        dan = await people.change_role(session, firm["owner"], firm["dan"].id, Role.LEAD, NOW)
        assert dan is not None
        assert await people.change_role(session, firm["owner"], dan.id, Role.LEAD, NOW) is None
        assert [team.name for team in await teams.led_by(session, dan)] == ["East"]


async def test_a_lead_who_becomes_a_manager_stays_in_one_team_and_an_owner_in_none(
    database: Database, firm: Firm
) -> None:
    async with database.begin() as session:
        await people.change_role(session, firm["owner"], firm["cas"].id, Role.MANAGER, NOW)
        await people.change_role(session, firm["owner"], firm["ann"].id, Role.OWNER, NOW)
    async with database.read() as session:
        assert [team.name for team in await teams.teams_of(session, firm["cas"])] == ["East"]
        assert await teams.teams_of(session, firm["ann"]) == []


async def test_of_two_owners_who_unseat_each_other_at_once_one_is_left(database: Database, firm: Firm) -> None:
    async with database.begin() as session:
        await people.change_role(session, firm["owner"], firm["ann"].id, Role.OWNER, NOW)

    async def unseat(asker: str, other: str) -> bool:
        async with database.begin() as session:
            who = await session.get_one(Person, firm[asker].id)
            try:
                if asker == "owner":
                    await people.change_role(session, who, firm[other].id, Role.LEAD, NOW)
                else:
                    await people.remove(session, who, firm[other].id, NOW)
            except NoSuchRecord:
                return False
            return True

    assert sorted(await asyncio.gather(unseat("owner", "ann"), unseat("ann", "owner"))) == [False, True]
    async with database.read() as session:
        assert len(await people.owners(session)) == 1


async def test_a_book_imported_before_anybody_came_does_not_keep_the_owner_out(database: Database) -> None:
    async with database.begin() as session:
        session.add(Person(telegram_id=None, name="王强", role=Role.MANAGER, time_zone="UTC", joined_at=NOW))
    assert await enrol(database, 1)
    assert not await enrol(database, 2)


LEADS = st.dictionaries(st.integers(0, 4), st.sets(st.integers(0, 3), max_size=3), min_size=1, max_size=4)
MANAGERS = st.lists(st.none() | st.integers(0, 3), max_size=8)


@given(leads=LEADS, managers=MANAGERS, gone=st.sets(st.integers(0, 7)))
@settings(max_examples=60)
def test_in_any_organisation_nobody_sees_beyond_his_own_teams(
    leads: dict[int, set[int]], managers: list[int | None], gone: set[int]
) -> None:
    asyncio.run(everybody_sees_his_own(leads, managers, gone))


async def everybody_sees_his_own(leads: dict[int, set[int]], managers: list[int | None], gone: set[int]) -> None:
    """Check every pair of people of an organisation against its plan; what a query gives must be exactly that."""
    database = Database("sqlite:///:memory:")
    async with database.engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    async with database.begin() as session:
        owner = Person(telegram_id=1, name="o", role=Role.OWNER, time_zone="UTC", joined_at=NOW)
        found = [Team(name=str(number), overrides={}, created_at=NOW) for number in range(4)]
        led = {Person(name="l", role=Role.LEAD, time_zone="UTC", joined_at=NOW): own for own in leads.values()}
        placed = {
            Person(
                name="m", role=Role.MANAGER, time_zone="UTC", joined_at=NOW, removed_at=NOW if place in gone else None
            ): team
            for place, team in enumerate(managers)
        }
        session.add_all([owner, *found, *led, *placed])
        await session.flush()
        session.add_all(Membership(person_id=who.id, team_id=found[n].id) for who, own in led.items() for n in own)
        session.add_all(Membership(person_id=who.id, team_id=found[n].id) for who, n in placed.items() if n is not None)
        await session.flush()
        everyone = [owner, *led, *placed]
        for asker in everyone:
            may = {asker.id}
            if asker in led:
                may |= {who.id for who, team in placed.items() if team in led[asker]}
            if asker is owner:
                may = {who.id for who in everyone}
            seen = {who.id for who in await people.visible_to(session, asker)}
            assert seen == {who.id for who in everyone if who.id in may and who.removed_at is None}
            assert {team.name for team in await teams.led_by(session, asker)} == (
                set("0123") if asker is owner else {str(number) for number in led.get(asker, ())}
            )
            for who in everyone:
                try:
                    assert (await people.seen(session, asker, who.id)).id in may
                except NoSuchRecord:
                    assert who.id not in may
    await database.close()
