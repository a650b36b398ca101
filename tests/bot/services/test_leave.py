"""Days off: kept once, listed, cancelled, by himself or by who leads him; on both databases."""

from __future__ import annotations

import datetime as dtm

import pytest

from bot.database import Database
from bot.errors import NoSuchRecord
from bot.models import Person
from bot.services import demo, leave, people
from bot.services.leave import LeaveRefused

NOW = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)
TODAY = dtm.date(2026, 11, 23)
DAY = dtm.timedelta(days=1)


@pytest.fixture
async def team(database: Database) -> dict[int, Person]:
    async with database.begin() as session:
        await demo.seed(session, "Asia/Shanghai", NOW)
        return {number: person for number in (1001, 1002, 2001, 3001) if (person := await people.find(session, number))}


async def test_days_off_are_listed_by_day_until_they_are_over(database: Database, team: dict[int, Person]) -> None:
    chen = team[1001]
    async with database.begin() as session:
        for first, length in ((5, 2), (0, 0), (-3, 2), (1, 0), (1, 0)):
            await leave.add(session, chen, TODAY + first * DAY, TODAY + (first + length) * DAY)
    async with database.read() as session:
        found = [
            ((one.first_day - TODAY).days, one.last_day - one.first_day)
            for one in await leave.upcoming(session, chen, TODAY)
        ]
        assert found == [(0, 0 * DAY), (1, 0 * DAY), (5, 2 * DAY)]
        assert await leave.upcoming(session, team[1002], TODAY) == []


@pytest.mark.parametrize(("length", "why"), [(-1, "leave-ends-before"), (367, "leave-too-long")])
async def test_days_that_cannot_be(database: Database, team: dict[int, Person], length: int, why: str) -> None:
    async with database.begin() as session:
        with pytest.raises(LeaveRefused) as refusal:
            await leave.add(session, team[1001], TODAY, TODAY + length * DAY)
        assert refusal.value.text_id == why
        await leave.add(session, team[1001], TODAY, TODAY + 366 * DAY)


async def test_he_and_who_leads_him_may_cancel(database: Database, team: dict[int, Person]) -> None:
    async with database.begin() as session:
        for asker in (1001, 2001, 3001):
            kept = await leave.add(session, team[1001], TODAY, TODAY)
            with pytest.raises(NoSuchRecord):
                await leave.cancel(session, team[1002], kept.id)
            assert (await leave.cancel(session, team[asker], kept.id)).id == team[1001].id
            with pytest.raises(NoSuchRecord):
                await leave.cancel(session, team[asker], kept.id)
        with pytest.raises(NoSuchRecord):
            await leave.whose(session, team[2001], team[3001].id)
