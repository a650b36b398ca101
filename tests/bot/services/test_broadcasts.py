"""Broadcasts: to whom they go, who has read them, one reminder a day, and whose they are; on both databases."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import delete, select

from bot.database import Database
from bot.errors import AlreadyDone, NoSuchRecord
from bot.models import Broadcast, Membership, Person, Role, Team
from bot.services import broadcasts, demo, people
from bot.services.broadcasts import LONGEST, BroadcastRefused
from tests.bot.escalating import CHEN, LEAD, LIN, OWNER, at

NOW = at(0)


async def person_of(session: Any, telegram_id: int) -> Person:
    person = await people.find(session, telegram_id)
    assert person is not None
    return person


@pytest.fixture
async def sent(database: Database) -> int:
    """A word of the lead to the demo team."""
    async with database.begin() as session:
        await demo.seed(session, "Asia/Shanghai", NOW)
        (team_id,) = await session.scalars(select(Team.id))
        lead = await person_of(session, LEAD)
        status = await broadcasts.send(session, lead, team_id, "下周一开会", NOW)
        assert [one.telegram_id for one in status.unread] == [CHEN, LIN]
        return status.broadcast.id


async def test_reading_counts_once_and_who_left_no_more(database: Database, sent: int) -> None:
    async with database.begin() as session:
        chen, lin, lead = [await person_of(session, who) for who in (CHEN, LIN, LEAD)]
        await broadcasts.read(session, chen, sent, at(0, 10))
        await broadcasts.read(session, chen, sent, at(0, 11))
        status = await broadcasts.own(session, lead, sent)
        assert (status.read, status.unread) == ([chen], [lin])
        lin.removed_at = NOW
        await session.flush()
        assert (await broadcasts.own(session, lead, sent)).unread == []
        with pytest.raises(AlreadyDone):
            await broadcasts.remind(session, lead, sent, at(1))


async def test_who_has_not_read_is_reminded_once_a_day(database: Database, sent: int) -> None:
    async with database.begin() as session:
        lead = await person_of(session, LEAD)
        assert len((await broadcasts.remind(session, lead, sent, at(0, 12))).unread) == 2
        with pytest.raises(AlreadyDone):
            await broadcasts.remind(session, lead, sent, at(0, 18))
        await broadcasts.remind(session, lead, sent, at(1))


@pytest.mark.parametrize("who", [CHEN, OWNER, "west", "former", "demoted"])
async def test_only_its_author_sees_it_while_he_leads_the_team(database: Database, sent: int, who: int | str) -> None:
    async with database.begin() as session:
        asker = await person_of(session, who if isinstance(who, int) else LEAD)
        if who == "west":
            west = Team(name="城西", overrides={}, created_at=NOW)
            asker = Person(telegram_id=2005, name="西", role=Role.LEAD, time_zone="Asia/Shanghai", joined_at=NOW)
            session.add_all([west, asker])
            await session.flush()
            session.add(Membership(person_id=asker.id, team_id=west.id))
        elif who == "former":
            await session.execute(delete(Membership).where(Membership.person_id == asker.id))
        elif who == "demoted":
            asker.role = Role.MANAGER
        await session.flush()
        for act in (broadcasts.own(session, asker, sent), broadcasts.remind(session, asker, sent, at(1))):
            with pytest.raises(NoSuchRecord):
                await act
        assert await broadcasts.by(session, asker) == []
        if who != CHEN:
            with pytest.raises(NoSuchRecord):
                await broadcasts.read(session, asker, sent, NOW)
        team_id = (await session.get_one(Broadcast, sent)).team_id
        if who != OWNER:
            with pytest.raises(NoSuchRecord):
                await broadcasts.send(session, asker, team_id, "x", NOW)


async def test_too_many_words_and_an_empty_team_are_refused(database: Database, sent: int) -> None:
    async with database.begin() as session:
        lead, team_id = await person_of(session, LEAD), (await session.get_one(Broadcast, sent)).team_id
        await broadcasts.fit(session, lead, team_id, "x" * LONGEST)
        with pytest.raises(BroadcastRefused):
            await broadcasts.fit(session, lead, team_id, "x" * (LONGEST + 1))
        await session.execute(delete(Membership).where(Membership.person_id != lead.id))
        with pytest.raises(BroadcastRefused):
            await broadcasts.fit(session, lead, team_id, "x")
