"""Months: books as of a day, met within the cadence at its edges, loads, goals; on both databases."""

from __future__ import annotations

import datetime as dtm
from typing import Any

import pytest
from sqlalchemy import event

from bot.database import Database
from bot.models import Account, Goal, Leave, Membership, Person, Role, Team, Visit
from bot.services import months
from bot.services.months import Month, Segment

UTC = dtm.UTC
JOINED = dtm.datetime(2026, 8, 3, 1, 0, tzinfo=UTC)
ENTERED = dtm.datetime(2026, 9, 1, 1, 0, tzinfo=UTC)
TODAY = dtm.date(2026, 11, 25)
NOVEMBER = dtm.date(2026, 11, 1)


def day(text: str) -> dtm.date:
    return dtm.date.fromisoformat(f"2026-{text}")


def person(number: int, name: str, role: Role = Role.MANAGER, joined: dtm.datetime = JOINED, **more: Any) -> Person:
    return Person(id=number, name=name, role=role, time_zone="Asia/Shanghai", joined_at=joined, **more)


def account(number: int, owner: int, tier: str, segment: str | None = None, **more: Any) -> Account:
    values = {"created_at": ENTERED, **more}
    return Account(id=number, person_id=owner, name=f"客户{number}", tier=tier, segment=segment, **values)


def visit(of: int, on: str, by: int = 1, outcome: str = "info") -> Visit:
    return Visit(person_id=by, account_id=of, day=day(on), outcome=outcome)


async def month(database: Database, *rows: object, of: dtm.date = NOVEMBER, today: dtm.date = TODAY) -> Month:
    """The month of a team with 陈晓, 林建国 and a lead, all else as given."""
    async with database.begin() as session:
        session.add(Team(id=5, name="城东组", overrides={"daily_visits_target": 2}, created_at=JOINED))
        session.add_all([person(1, "陈晓"), person(2, "林建国"), person(3, "周敏", Role.LEAD)])
        people = [one for one in rows if isinstance(one, Person)]
        session.add_all(people)
        await session.flush()
        session.add_all(Membership(person_id=number, team_id=5) for number in (1, 2, 3, *(one.id for one in people)))
        session.add_all(one for one in rows if isinstance(one, Account))
        await session.flush()
        session.add_all(one for one in rows if not isinstance(one, Account | Person))
    async with database.read() as session:
        return await months.look(session, await session.get_one(Team, 5), of, today)


async def test_an_account_is_covered_up_to_its_cadence_by_whoever_met_somebody(database: Database) -> None:
    found = await month(
        database,
        *(account(number, 1, "A") for number in range(10, 15)),
        account(20, 2, "C"),
        visit(10, "11-18"),  # 7 days: within
        visit(11, "11-17"),  # 8 days
        visit(12, "11-25", outcome="absent"),
        visit(13, "11-26"),  # tomorrow
        visit(14, "11-20", by=2),
        visit(20, "10-26", by=2),  # 30 days
    )
    assert [(one.tier, one.accounts, one.met, one.cadence_days) for one in found.tiers] == [
        ("A", 5, 2, 7),
        ("B", 0, 0, 14),
        ("C", 1, 1, 30),
    ]
    assert (found.accounts, found.is_partial, found.day) == (6, True, TODAY)


async def test_the_books_are_those_of_the_day(database: Database) -> None:
    rows = [
        account(10, 1, "A"),
        account(11, 1, "A", archived_on=day("10-31")),
        account(12, 1, "A", archived_on=day("11-01")),
        account(13, 1, "A", created_at=dtm.datetime(2026, 10, 31, 15, 59, tzinfo=UTC)),
        account(14, 1, "A", created_at=dtm.datetime(2026, 10, 31, 16, 1, tzinfo=UTC)),  # November in Shanghai
        account(15, 1, "A", created_at=dtm.datetime(2026, 11, 20, tzinfo=UTC)),
        visit(15, "10-09"),  # imported with its history
        person(4, "新来的", joined=dtm.datetime(2026, 10, 31, 16, 1, tzinfo=UTC)),
        person(6, "走了的", removed_at=JOINED),
    ]
    found = await month(database, *rows, of=day("10-15"))
    assert (found.first, found.last, found.day, found.is_partial) == (day("10-01"), day("10-31"), day("10-31"), False)
    assert found.accounts == 4  # 10, 12, 13, 15
    assert {one.name for one in found.managers} == {"陈晓", "林建国"}
    assert (found.before, found.after) == (day("09-01"), NOVEMBER)


async def test_segments_come_by_size_and_those_without_one_last(database: Database) -> None:
    named = [account(number, 1, tier, "便利店") for number, tier in ((10, "A"), (11, "B"))]
    found = await month(
        database, *named, account(12, 2, "B", "餐饮"), *(account(number, 2, "C") for number in (13, 14, 15))
    )
    assert found.segments == (
        Segment("便利店", {"A": 1, "B": 1}),
        Segment("餐饮", {"B": 1}),
        Segment(None, {"C": 3}),
    )
    assert [one.accounts for one in found.segments] == [2, 1, 3]


async def test_managers_with_load_visits_and_goals_the_fullest_book_first(database: Database) -> None:
    # 20 workdays follow 25 November within 28 days; 林建国 is away for ten of them.
    found = await month(
        database,
        *(account(number, 2, "A") for number in range(10, 16)),
        account(20, 1, "A"),
        account(21, 1, "C", created_at=dtm.datetime(2026, 11, 3, tzinfo=UTC)),
        Leave(person_id=2, first_day=day("11-26"), last_day=day("12-09")),
        Goal(person_id=1, month=NOVEMBER, kind="visits", target=60),
        Goal(person_id=1, month=NOVEMBER, kind="new_accounts", target=2),
        Goal(person_id=1, month=day("10-01"), kind="visits", target=99),
        visit(20, "11-01"),
        visit(20, "11-25", outcome="absent"),
        visit(20, "10-31"),
        visit(20, "11-24", by=2),
    )
    lin, chen = found.managers
    assert (lin.name, lin.accounts, lin.load.workdays, float(lin.load.ratio)) == ("林建国", 6, 10, 1.2)
    assert not lin.is_overloaded  # exactly the limit is bearable
    assert (lin.visits, lin.visits_goal, lin.new_accounts, lin.new_accounts_goal) == (1, None, 0, None)
    assert (chen.visits, chen.visits_goal, chen.new_accounts, chen.new_accounts_goal) == (2, 60, 1, 2)


async def test_a_team_without_anything(database: Database) -> None:
    found = await month(database, of=day("07-01"))
    assert (found.accounts, found.segments, found.managers) == (0, (), ())


@pytest.mark.parametrize("filled_url", ["sqlite"], indirect=True)
async def test_the_queries_do_not_grow_with_the_accounts(database: Database) -> None:
    counted = []
    event.listen(database.engine.sync_engine, "before_cursor_execute", lambda *_: counted.append(1))

    async def look() -> int:
        counted.clear()
        async with database.read() as session:
            await months.look(session, await session.get_one(Team, 5), NOVEMBER, TODAY)
        return len(counted)

    await month(database, account(10, 1, "A"))
    few = await look()
    async with database.begin() as session:
        session.add_all(account(number, 1, "C", f"行业{number}") for number in range(100, 200))
        await session.flush()
        session.add_all(visit(number, "11-02") for number in range(100, 200))
    assert await look() == few
