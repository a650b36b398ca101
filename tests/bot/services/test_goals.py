"""Goals: set, changed and taken back; reached and expected to the day; on both databases."""

from __future__ import annotations

import datetime as dtm

import pytest

from bot.database import Database
from bot.errors import NoSuchRecord
from bot.models import AccountTransfer, GoalKind, Leave, Person, Visit
from bot.services import goals
from bot.services.goals import GoalRefused, Progress
from tests.bot.services.test_accounts import CHEN, LIN, NOW, TODAY, account, fill

MONTH = dtm.date(2026, 11, 1)


def at(day: int, month: int = 11) -> dtm.datetime:
    return dtm.datetime(2026, month, day, 1, tzinfo=dtm.UTC)


async def test_goals_are_set_changed_and_taken_back(database: Database) -> None:
    await fill(database)
    async with database.begin() as session:
        person = await session.get_one(Person, CHEN)

        async def kept() -> list[tuple[GoalKind, float]]:
            return [(one.kind, one.target) for one in await goals.progress(session, person, MONTH, TODAY)]

        assert await kept() == []
        await goals.set_goal(session, person, TODAY, GoalKind.NEW_ACCOUNTS, 4)
        await goals.set_goal(session, person, TODAY, GoalKind.VISITS, 100)
        await goals.set_goal(session, person, MONTH, GoalKind.VISITS, 120)
        assert await kept() == [(GoalKind.VISITS, 120), (GoalKind.NEW_ACCOUNTS, 4)]
        await goals.set_goal(session, person, TODAY, GoalKind.NEW_ACCOUNTS, 0)
        await goals.set_goal(session, person, TODAY, GoalKind.VOLUME, 0)
        assert await kept() == [(GoalKind.VISITS, 120)]
        assert await goals.progress(session, await session.get_one(Person, LIN), MONTH, TODAY) == []
        assert await goals.progress(session, person, dtm.date(2026, 12, 1), TODAY) == []


async def test_a_slip_is_refused(database: Database) -> None:
    slips = [
        (GoalKind.VISITS, -1, "goals-out-of-range"),
        (GoalKind.VISITS, 1001, "goals-out-of-range"),
        (GoalKind.VOLUME, float("nan"), "goals-out-of-range"),
        (GoalKind.NEW_ACCOUNTS, 1.5, "goals-whole-number"),
    ]
    await fill(database)
    async with database.begin() as session:
        person = await session.get_one(Person, CHEN)
        for kind, number, text_id in slips:
            with pytest.raises(GoalRefused) as refused:
                await goals.set_goal(session, person, TODAY, kind, number)
            assert refused.value.text_id == text_id


async def test_the_volume_is_told_by_himself(database: Database) -> None:
    await fill(database)
    async with database.begin() as session:
        person = await session.get_one(Person, CHEN)
        with pytest.raises(NoSuchRecord):
            await goals.tell_volume(session, person, TODAY, 10)
        await goals.set_goal(session, person, TODAY, GoalKind.VOLUME, 80.5)
        (untold,) = await goals.progress(session, person, TODAY, TODAY)
        assert (untold.reached, untold.percent) == (None, None)
        await goals.tell_volume(session, person, TODAY, 79.9)
        with pytest.raises(GoalRefused):
            await goals.tell_volume(session, person, TODAY, 1e10)
        (told,) = await goals.progress(session, person, TODAY, TODAY)
        assert (told.reached, told.percent) == (79.9, 99)


async def test_visits_and_new_accounts_are_counted(database: Database) -> None:
    """New are those entered this month but on the day he joined, neither visited before nor taken over."""
    await fill(
        database,
        account(1, "老的", created_at=at(20, 10)),
        account(2, "新的", created_at=at(2)),
        account(3, "夜里新的", created_at=dtm.datetime(2026, 10, 31, 17, tzinfo=dtm.UTC)),
        account(4, "早就认识", created_at=at(3)),
        account(5, "接手的", created_at=at(3)),
        account(6, "带来的", created_at=NOW),
        account(7, "别人的", LIN, created_at=at(3)),
        *(
            Visit(person_id=CHEN, account_id=1, day=MONTH + dtm.timedelta(days=ahead), outcome="absent")
            for ahead in (-1, 0, 24, 25)
        ),
        Visit(person_id=LIN, account_id=1, day=MONTH, outcome="info"),
        Visit(person_id=CHEN, account_id=4, day=dtm.date(2026, 10, 31), outcome="info"),
        AccountTransfer(account_id=5, from_id=LIN, to_id=CHEN, by_id=LIN, on=MONTH),
    )
    async with database.begin() as session:
        person = await session.get_one(Person, CHEN)
        for kind, target in ((GoalKind.VISITS, 42), (GoalKind.NEW_ACCOUNTS, 3)):
            await goals.set_goal(session, person, MONTH, kind, target)
        visits, new = await goals.progress(session, person, MONTH, TODAY)
    assert visits == Progress(GoalKind.VISITS, 42, 2, 42 * (17 / 21))
    assert (new.reached, new.percent) == (2, 66)


async def test_what_is_expected_by_now(database: Database) -> None:
    """November 2026 has 21 workdays."""
    await fill(database)
    async with database.begin() as session:
        person = await session.get_one(Person, CHEN)
        await goals.set_goal(session, person, MONTH, GoalKind.VISITS, 42)
        for today, expected in [
            ("2026-10-31", 0),
            ("2026-11-01", 0),
            ("2026-11-02", 0),
            ("2026-11-03", 2),
            ("2026-11-29", 40),
            ("2026-11-30", 40),
            ("2026-12-01", 42),
            ("2027-03-01", 42),
        ]:
            (found,) = await goals.progress(session, person, MONTH, dtm.date.fromisoformat(today))
            assert found.expected_by_now == pytest.approx(expected), today


async def test_a_month_of_leave_goes_by_its_days(database: Database) -> None:
    await fill(database, Leave(person_id=CHEN, first_day=MONTH, last_day=dtm.date(2026, 11, 30)))
    async with database.begin() as session:
        person = await session.get_one(Person, CHEN)
        await goals.set_goal(session, person, MONTH, GoalKind.VISITS, 30)
        (found,) = await goals.progress(session, person, MONTH, dtm.date(2026, 11, 16))
    assert found.expected_by_now == pytest.approx(15)
