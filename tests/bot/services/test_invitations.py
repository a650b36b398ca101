"""Invitations: single use, short-lived, worth what their author may do, and nothing to a guesser; on both databases."""

from __future__ import annotations

import asyncio
import datetime as dtm
import hashlib
import secrets

import pytest
from sqlalchemy import func, select

from bot.database import Database
from bot.errors import AlreadyDone, NoSuchRecord
from bot.models import Account, Invitation, Membership, Person, Role, Team
from bot.services import demo, invitations, people, teams
from bot.services.invitations import GOOD_FOR, Guest, Link

NOW = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)
CHEN, LEAD, OWNER, STRANGER = 1001, 2001, 3001, 9001


@pytest.fixture
async def team(database: Database) -> Team:
    """The demo team, and another one that nobody leads but the owner."""
    async with database.begin() as session:
        await demo.seed(session, "Asia/Shanghai", NOW)
        session.add(Team(name="城西组", overrides={}, created_at=NOW))
        found = await session.scalar(select(Team).where(Team.name == demo.TEAM_NAME))
    assert found is not None
    return found


async def invite(
    database: Database, by: int, team_id: int, role: Role = Role.MANAGER, *, awaited: int | None = None
) -> Link:
    async with database.begin() as session:
        asker = await people.find(session, by)
        assert asker is not None
        return await invitations.create(session, asker, team_id, role, NOW, awaited_id=awaited)


async def accept(
    database: Database, token: str, who: int = STRANGER, at: dtm.datetime = NOW, name: str = "李雷"
) -> Guest | None:
    async with database.begin() as session:
        return await invitations.accept(
            session, token, who, name=name, telegram_locale="zh", time_zone="Asia/Shanghai", now=at
        )


async def everybody(database: Database) -> int:
    async with database.read() as session:
        return await session.scalar(select(func.count()).select_from(Person)) or 0


async def test_a_guest_comes_in_once_and_the_link_is_spent(database: Database, team: Team) -> None:
    link = await invite(database, LEAD, team.id)
    guest = await accept(database, link.token, name="李" * 200)
    assert guest is not None
    assert (guest.person.telegram_id, guest.person.role, len(guest.person.name)) == (STRANGER, Role.MANAGER, 128)
    assert (guest.team.id, guest.author.telegram_id) == (team.id, LEAD)
    assert await accept(database, link.token, who=9002) is None
    async with database.read() as session:
        assert await people.find(session, 9002) is None
        person = await people.find(session, STRANGER)
        assert person is not None
        assert [one.id for one in await teams.teams_of(session, person)] == [team.id]
        used = await session.get_one(Invitation, link.invitation.id)
        assert (used.used_at, used.used_by_id) == (NOW, person.id)
        assert await invitations.open_of(session, team, NOW) == []


async def test_only_the_hash_of_the_token_is_kept(database: Database, team: Team) -> None:
    link = await invite(database, LEAD, team.id)
    assert len(link.token) == 32
    async with database.read() as session:
        row = (await session.execute(select(Invitation.__table__))).mappings().one()
    assert link.token not in str(dict(row))
    assert row["token_hash"] == hashlib.sha256(link.token.encode()).hexdigest()


async def test_ten_thousand_guesses_let_nobody_in(database: Database, team: Team) -> None:
    await invite(database, LEAD, team.id)
    before = await everybody(database)
    async with database.begin() as session:
        for _ in range(10_000):
            guess = secrets.token_urlsafe(24)
            assert (
                await invitations.accept(
                    session, guess, STRANGER, name="x", telegram_locale=None, time_zone="UTC", now=NOW
                )
                is None
            )
    assert await everybody(database) == before
    async with database.read() as session:
        assert len(await invitations.open_of(session, team, NOW)) == 1


@pytest.mark.parametrize("token", ["", "x", "\ud800", "a" * 64, "'; DROP TABLE person; --"])
async def test_a_token_that_never_was_opens_nothing(database: Database, team: Team, token: str) -> None:
    assert await accept(database, token) is None


async def test_of_two_who_tap_at_once_one_gets_in(database: Database, team: Team) -> None:
    link = await invite(database, LEAD, team.id)
    guests = await asyncio.gather(*(accept(database, link.token, who=9001 + number) for number in range(6)))
    assert sum(guest is not None for guest in guests) == 1
    assert await everybody(database) == len(demo.TEAM) + 1


async def test_it_ends_after_a_week(database: Database, team: Team) -> None:
    link = await invite(database, LEAD, team.id)
    assert await accept(database, link.token, at=NOW + GOOD_FOR) is None
    assert await accept(database, link.token, at=NOW + GOOD_FOR - dtm.timedelta(seconds=1)) is not None


async def test_a_revoked_one_opens_nothing_and_only_who_leads_the_team_revokes(database: Database, team: Team) -> None:
    link = await invite(database, OWNER, team.id)
    async with database.begin() as session:
        chen, lead = await people.find(session, CHEN), await people.find(session, LEAD)
        assert chen is not None
        assert lead is not None
        with pytest.raises(NoSuchRecord):
            await invitations.revoke(session, chen, link.invitation.id)
        assert (await invitations.revoke(session, lead, link.invitation.id)).id == team.id
        with pytest.raises(NoSuchRecord):
            await invitations.revoke(session, lead, link.invitation.id)
    assert await accept(database, link.token) is None


async def test_a_used_one_cannot_be_revoked(database: Database, team: Team) -> None:
    link = await invite(database, LEAD, team.id)
    await accept(database, link.token)
    async with database.begin() as session:
        lead = await people.find(session, LEAD)
        assert lead is not None
        with pytest.raises(NoSuchRecord):
            await invitations.revoke(session, lead, link.invitation.id)


async def test_who_may_invite_whom(database: Database, team: Team) -> None:
    other = team.id + 1
    assert await invite(database, OWNER, other, Role.LEAD) is not None
    for by, team_id, role in (
        (LEAD, other, Role.MANAGER),
        (LEAD, team.id, Role.LEAD),
        (LEAD, team.id, Role.OWNER),
        (OWNER, team.id, Role.OWNER),
        (CHEN, team.id, Role.MANAGER),
        (OWNER, 10**9, Role.MANAGER),
    ):
        with pytest.raises(NoSuchRecord):
            await invite(database, by, team_id, role)


async def test_a_double_tap_makes_one(database: Database, team: Team) -> None:
    await invite(database, LEAD, team.id)
    with pytest.raises(AlreadyDone):
        await invite(database, LEAD, team.id)
    await invite(database, OWNER, team.id)
    await invite(database, OWNER, team.id, Role.LEAD)


@pytest.mark.parametrize("loss", ["removed", "demoted", "moved"])
async def test_it_is_worth_what_its_author_may_do_when_it_is_used(database: Database, team: Team, loss: str) -> None:
    link = await invite(database, LEAD, team.id)
    async with database.begin() as session:
        owner, lead = await people.find(session, OWNER), await people.find(session, LEAD)
        assert owner is not None
        assert lead is not None
        if loss == "removed":
            await people.remove(session, owner, lead.id, NOW)
        elif loss == "demoted":
            await people.change_role(session, owner, lead.id, Role.MANAGER, NOW)
        else:
            await teams.let_lead(session, owner, lead.id, team.id, leads=False)
    assert await accept(database, link.token) is None
    async with database.read() as session:
        assert await people.find(session, STRANGER) is None


async def test_who_was_removed_comes_back_to_his_own_records(database: Database, team: Team) -> None:
    link = await invite(database, OWNER, team.id + 1)
    async with database.begin() as session:
        owner, chen = await people.find(session, OWNER), await people.find(session, CHEN)
        assert owner is not None
        assert chen is not None
        session.add(Account(person_id=chen.id, name="永辉超市五一店", tier="A", created_at=NOW))
        await people.remove(session, owner, chen.id, NOW)
    guest = await accept(database, link.token, who=CHEN)
    assert guest is not None
    assert guest.person.id == chen.id
    async with database.read() as session:
        back = await people.find(session, CHEN)
        assert back is not None
        assert [one.id for one in await teams.teams_of(session, back)] == [team.id + 1]


async def awaited_manager(database: Database, team: Team) -> int:
    """Somebody whose book was imported before he joined."""
    async with database.begin() as session:
        person = Person(
            telegram_id=None, name="王强", role=Role.MANAGER, time_zone="Asia/Urumqi", joined_at=NOW, reference="M-1"
        )
        session.add(person)
        await session.flush()
        session.add(Membership(person_id=person.id, team_id=team.id))
        session.add(Account(person_id=person.id, name="永辉超市五一店", tier="A", created_at=NOW))
        return person.id


async def test_who_is_awaited_takes_over_the_imported_book(database: Database, team: Team) -> None:
    awaited = await awaited_manager(database, team)
    link = await invite(database, LEAD, team.id, awaited=awaited)
    guest = await accept(database, link.token, name="强哥")
    assert guest is not None
    assert (guest.person.id, guest.person.name, guest.person.time_zone) == (awaited, "王强", "Asia/Urumqi")
    assert guest.person.telegram_id == STRANGER
    with pytest.raises(NoSuchRecord):
        await invite(database, OWNER, team.id, awaited=awaited)


async def test_a_new_invitation_for_the_awaited_ends_the_older(database: Database, team: Team) -> None:
    awaited = await awaited_manager(database, team)
    older = await invite(database, LEAD, team.id, awaited=awaited)
    newer = await invite(database, OWNER, team.id, awaited=awaited)
    assert await accept(database, older.token) is None
    assert await accept(database, newer.token) is not None


async def test_a_seat_that_is_taken_is_not_given_twice(database: Database, team: Team) -> None:
    awaited = await awaited_manager(database, team)
    link = await invite(database, LEAD, team.id, awaited=awaited)
    async with database.begin() as session:
        (await session.get_one(Person, awaited)).telegram_id = 9005
    assert await accept(database, link.token) is None
    async with database.read() as session:
        assert (await session.get_one(Person, awaited)).telegram_id == 9005


async def test_somebody_removed_before_may_take_over_an_imported_book(database: Database, team: Team) -> None:
    awaited = await awaited_manager(database, team)
    link = await invite(database, LEAD, team.id, awaited=awaited)
    async with database.begin() as session:
        owner, chen = await people.find(session, OWNER), await people.find(session, CHEN)
        assert owner is not None
        assert chen is not None
        await people.remove(session, owner, chen.id, NOW)
    guest = await accept(database, link.token, who=CHEN)
    assert guest is not None
    assert guest.person.id == awaited


async def test_others_cannot_invite_for_a_book_that_is_not_theirs_to_lead(database: Database, team: Team) -> None:
    awaited = await awaited_manager(database, team)
    async with database.begin() as session:
        other = await session.scalar(select(Team).where(Team.name == "城西组"))
        lead = Person(telegram_id=2002, name="主管", role=Role.LEAD, time_zone="UTC", joined_at=NOW)
        session.add(lead)
        await session.flush()
        assert other is not None
        session.add(Membership(person_id=lead.id, team_id=other.id))
    with pytest.raises(NoSuchRecord):
        await invite(database, 2002, team.id + 1, awaited=awaited)
