"""Rehearsals: exactly the flags that another policy would have shown, whose, where and how often; both databases."""

from __future__ import annotations

import datetime as dtm
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.models import Account, Contact, Membership, Person, Role, Team, Visit, WordingSample
from bot.services.rehearsals import MOST_LOOKS, WEEKS, Rehearsal, rehearse, week_ends
from bot.workdays import Workdays
from rules.compiler import Catalogue
from rules.matcher import Matcher

NOW = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)
"""A Monday morning in Shanghai."""
EARLY = dtm.datetime(2026, 6, 1, tzinfo=dtm.UTC)
MATCHER = Matcher(Catalogue.load())
FILE: dict[str, Any] = {
    "segment": "零售",
    "potential": 10.0,
    "annual_sales": 5.0,
    "margin_pct": 9.0,
    "payment_delay_days": 0,
    "trend": "up",
}


async def join(session: AsyncSession, team: Team, name: str, role: Role = Role.MANAGER) -> Person:
    person = Person(name=name, role=role, time_zone="Asia/Shanghai", joined_at=EARLY)
    session.add(person)
    await session.flush()
    session.add(Membership(person_id=person.id, team_id=team.id))
    return person


async def book(session: AsyncSession, person: Person, name: str, contacts: int, visits: list[dtm.date]) -> Account:
    """A key account with so many contacts, visited on these days and on each Thursday before them."""
    account = Account(person_id=person.id, name=name, tier="A", created_at=EARLY, **FILE)
    session.add(account)
    await session.flush()
    session.add_all(Contact(account_id=account.id, name=f"人{number}", stance="neutral") for number in range(contacts))
    weekly = [min(visits) - dtm.timedelta(days=7 * number) for number in range(1, 18)]
    session.add_all(
        Visit(person_id=person.id, account_id=account.id, day=day, outcome="order", text="订了20条")
        for day in [*weekly, *visits]
    )
    await session.flush()
    return account


def told(found: Rehearsal) -> set[tuple[str, str, str | None, bool, int]]:
    return {
        (one.person.name, one.habit, one.account.name if one.account else None, one.appears, one.weeks)
        for one in found.changes
    }


async def east(session: AsyncSession) -> Team:
    """A team whose manager 陈 has a well-kept key account with two contacts, and one that waited twice."""
    team = Team(name="East", overrides={}, created_at=EARLY)
    session.add(team)
    await session.flush()
    chen = await join(session, team, "陈")
    thursdays = [dtm.date(2026, 11, day) for day in (5, 12, 19)]
    await book(session, chen, "两人店", 2, thursdays)
    # on Friday 13 it had waited 9 days, on Friday 20 it had been met on the day before
    await book(session, chen, "慢店", 3, [dtm.date(2026, 11, 4), dtm.date(2026, 11, 19)])
    return team


async def test_exactly_the_flag_that_would_vanish(database: Database) -> None:
    async with database.begin() as session:
        team = await east(session)
        found = await rehearse(session, team, team.policy.model_copy(update={"min_contacts_A": 2}), NOW, MATCHER)
    assert told(found) == {("陈", "single_threaded_key_account", "两人店", False, 8)}
    assert (found.managers, found.weeks, len(found.days)) == (1, WEEKS, 8)
    assert (found.count(appears=True), found.count(appears=False)) == (0, 1)


async def test_exactly_the_flag_that_would_appear(database: Database) -> None:
    async with database.begin() as session:
        team = await east(session)
        found = await rehearse(session, team, team.policy.model_copy(update={"grace_days": 1}), NOW, MATCHER)
        same = await rehearse(session, team, team.policy.model_copy(update={"grace_days": 2}), NOW, MATCHER)
    neglected = {change for change in told(found) if change[1] == "neglected_key_account"}
    assert neglected == {("陈", "neglected_key_account", "慢店", True, 1)}
    assert told(same) == set()


async def test_only_managers_of_the_team_are_looked_at(database: Database) -> None:
    async with database.begin() as session:
        team = await east(session)
        west = Team(name="West", created_at=EARLY)
        session.add(west)
        await session.flush()
        lead, other = await join(session, team, "主管", Role.LEAD), await join(session, west, "马")
        for person in (lead, other):
            await book(session, person, "两人店", 2, [dtm.date(2026, 11, 19)])
        found = await rehearse(session, team, team.policy.model_copy(update={"min_contacts_A": 2}), NOW, MATCHER)
        empty = Team(name="North", created_at=EARLY)
        session.add(empty)
        await session.flush()
        assert (await rehearse(session, empty, empty.policy, NOW, MATCHER)).changes == ()
    assert {change.person.name for change in found.changes} == {"陈"}


async def test_private_flags_are_never_told(database: Database) -> None:
    async with database.begin() as session:
        team = await east(session)
        found = await rehearse(session, team, team.policy.model_copy(update={"min_contacts_A": 2}), NOW, MATCHER)
        person = found.changes[0].person
        session.add_all(
            WordingSample(person_id=person.id, day=dtm.date(2026, 11, 18), text="包在我身上，绝对没问题，百分之百送到")
            for _ in range(3)
        )
        await session.flush()
        silent = await rehearse(session, team, team.policy.model_copy(update={"wording_samples": 9}), NOW, MATCHER)
    assert silent.changes == []


async def test_nothing_is_written(database: Database) -> None:
    async with database.begin() as session:
        team = await east(session)
        await session.flush()
        await rehearse(session, team, team.policy.model_copy(update={"country": "SG", "grace_days": 0}), NOW, MATCHER)
        assert not session.dirty
        assert not session.new
        assert team.overrides == {}


@pytest.mark.parametrize(("managers", "weeks"), [(10, 8), (11, 7), (60, 1), (MOST_LOOKS + 1, 1)])
async def test_a_large_team_is_looked_at_on_fewer_week_ends(database: Database, managers: int, weeks: int) -> None:
    async with database.begin() as session:
        team = Team(name="East", created_at=EARLY)
        session.add(team)
        await session.flush()
        for number in range(managers):
            await join(session, team, str(number))
        found = await rehearse(session, team, team.policy.model_copy(update={"grace_days": 0}), NOW, MATCHER)
    assert (found.managers, found.weeks, len(found.days)) == (min(managers, MOST_LOOKS), weeks, weeks)
    assert found.days[-1] == dtm.date(2026, 11, 20)


def test_the_week_ends_are_the_last_workdays_of_whole_weeks() -> None:
    assert week_ends(Workdays(), NOW.date(), 8) == [
        dtm.date(2026, 9, 30),  # the National Day break begins on a Thursday
        dtm.date(2026, 10, 10),  # a Saturday that is worked
        *(dtm.date(2026, 10, day) for day in (16, 23, 30)),
        *(dtm.date(2026, 11, day) for day in (6, 13, 20)),
    ]
    assert week_ends(Workdays(), dtm.date(2026, 11, 29), 1) == [dtm.date(2026, 11, 20)]
    off = {dtm.date(2026, 11, day): False for day in range(16, 21)}
    assert week_ends(Workdays(extra=off), NOW.date(), 2) == [dtm.date(2026, 11, 13)]
