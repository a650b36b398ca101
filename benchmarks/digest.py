"""The digest: a team of 60, and 500 small teams; queries and time beside a plain loop that asks for each manager.

    python -m benchmarks.digest

The peer gathers each manager's history on its own, with the same code for one person: what a lead would wait for if
nothing were gathered together. Both give the same managers' weeks, which is checked.
"""

from __future__ import annotations

import asyncio
import datetime as dtm
import itertools
import random
import statistics
import tempfile
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from sqlalchemy import event, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.database import Database
from bot.models import (
    Account,
    Base,
    DayPlan,
    Evaluation,
    Flag,
    MarketReport,
    Membership,
    Note,
    Person,
    PlannedAccount,
    Promise,
    Role,
    Team,
    Visit,
)
from bot.services import digesting, teams
from bot.services.digests import ManagerWeek, week_of
from rules.compiler import Catalogue
from rules.matcher import Matcher

NOW = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)
WEEK = week_of(dtm.date(2026, 11, 16))
JOINED = dtm.datetime(2026, 6, 1, tzinfo=dtm.UTC)
ACCOUNTS, VISITS, PLANNED = 30, 5, 5
"""Accounts of a manager, his visits and his planned accounts on a workday."""

BIG, TEAMS, SMALL = 60, 500, 3
"""Managers of the big team; small teams, and managers of each."""

ROUNDS = 3
MATCHER = Matcher(Catalogue.load())
Digesting = Callable[[AsyncSession, Team], Awaitable[list[ManagerWeek]]]


class Rows:
    """Rows of all tables, each with a number of its own, to be inserted at once."""

    def __init__(self) -> None:
        self.of: dict[type[Base], list[dict[str, Any]]] = defaultdict(list)
        self.numbers = itertools.count(1)

    def add(self, table: type[Base], **values: Any) -> int:
        """Keep a row; return its number."""
        values["id"] = next(self.numbers)
        self.of[table].append(values)
        return int(values["id"])

    async def insert(self, session: AsyncSession) -> None:
        """Insert them, parents first."""
        for table in sorted(self.of, key=ORDER.index):
            await session.execute(insert(table), self.of[table])
        self.of.clear()


ORDER = (
    *(Team, Person, Membership, Account, Evaluation, Flag, DayPlan),
    *(PlannedAccount, Visit, Note, Promise, MarketReport),
)
"""The tables, parents first."""


def add_team(rows: Rows, name: str, managers: int, rnd: random.Random) -> None:
    """A team with eight weeks of work."""
    team_id = rows.add(Team, name=name, overrides={}, created_at=JOINED)
    for number in range(managers):
        his = {"name": f"{name} {number}", "role": Role.MANAGER, "time_zone": "Asia/Shanghai", "joined_at": JOINED}
        person_id = rows.add(Person, **his)
        rows.of[Membership].append({"person_id": person_id, "team_id": team_id})
        add_work(rows, person_id, rnd)


def add_work(rows: Rows, person_id: int, rnd: random.Random) -> None:
    """One manager's book and what he did in eight weeks."""
    his = {"person_id": person_id}
    ids = [
        rows.add(Account, name=f"客户{number}", tier=rnd.choice("ABBCCC"), created_at=JOINED, **his)
        for number in range(ACCOUNTS)
    ]
    for day in (WEEK.last - dtm.timedelta(days=back) for back in range(56)):
        if day.weekday() < 5:
            add_day(rows, person_id, ids, day, rnd)
    rows.add(MarketReport, account_id=ids[0], day=WEEK.first, topic="price", text="竞品降价", **his)
    evaluation = rows.add(Evaluation, day=WEEK.first, evaluated_at=NOW, rule_set="x", facts=[], **his)
    step = {"rule": "r", "version": 1, "layer": "habit", "code": "x", "account": None, "item": None}
    step |= {"tested": [], "why": None, "source": [], "because": []}
    told = {"severity": "warning", "is_private": False, "advice": "x", "clears": "x", "derivation": step}
    for habit in ("broken_promise", "plan_not_followed", "no_market_feedback"):
        opened_at = NOW - dtm.timedelta(days=5)
        rows.add(Flag, habit=habit, evaluation_id=evaluation, opened_at=opened_at, **told, **his)


def add_day(rows: Rows, person_id: int, accounts: list[int], day: dtm.date, rnd: random.Random) -> None:
    """A plan, visits, a note and a promise."""
    his = {"person_id": person_id}
    plan = rows.add(DayPlan, day=day, target=PLANNED, **his)
    for position, account_id in enumerate(rnd.sample(accounts, PLANNED)):
        rows.of[PlannedAccount].append({"plan_id": plan, "account_id": account_id, "position": position})
    for account_id in rnd.sample(accounts, VISITS):
        rows.add(Visit, account_id=account_id, day=day, outcome="info", text="谈了陈列，下周再去看", **his)
    rows.add(Note, text="谈了陈列", written_at=dtm.datetime.combine(day, dtm.time(9), dtm.UTC), **his)
    due = day + dtm.timedelta(days=3)
    kept_on = due if rnd.random() < 0.8 else None
    rows.add(Promise, what="送样品", made_on=day, due=due, kept_on=kept_on, account_id=rnd.choice(accounts), **his)


async def together(session: AsyncSession, team: Team) -> list[ManagerWeek]:
    """The digest as the coach computes it."""
    found = await digesting.compute(session, team, WEEK, NOW, matcher=MATCHER, terms=frozenset)
    return list(found.managers)


async def one_by_one(session: AsyncSession, team: Team) -> list[ManagerWeek]:
    """The peer: a loop over the team's managers."""
    weeks = []
    for person in await teams.members(session, team):
        _, week = await digesting.of_manager(session, person, person.id, WEEK, NOW, matcher=MATCHER)
        weeks.append(week)
    return weeks


async def measure(database: Database, digest: Digesting, only: Callable[[Team], bool]) -> tuple[list[float], list[int]]:
    """CPU seconds, little disturbed by other programs, and queries of each team's digest in a session of its own."""
    seconds, queries = [], []
    counted = 0

    def count(*_: Any) -> None:
        nonlocal counted
        counted += 1

    async with database.read() as session:
        found = [team for team in await session.scalars(select(Team).order_by(Team.id)) if only(team)]
    event.listen(database.engine.sync_engine, "before_cursor_execute", count)
    for team in found:
        async with database.read() as session:
            counted, began = 0, time.process_time()
            await digest(session, team)
            seconds.append(time.process_time() - began)
            queries.append(counted)
    event.remove(database.engine.sync_engine, "before_cursor_execute", count)
    return seconds, queries


def is_big(team: Team) -> bool:
    """Whether it is the team of 60."""
    return team.name == "big"


async def bench(folder: Path) -> None:
    """Fill a database, measure both ways by turns, and print."""
    database, rnd = Database(f"sqlite:///{folder / 'bench.sqlite3'}"), random.Random(7)
    await database.migrate()
    rows = Rows()
    async with database.begin() as session:
        add_team(rows, "big", BIG, rnd)
        await rows.insert(session)
        for number in range(TEAMS):
            add_team(rows, f"small {number}", SMALL, rnd)
            await rows.insert(session)
    async with database.read() as session:
        team = await teams.find(session, "big")
        ours = {week.person_id: week for week in await together(session, team)}
        theirs = {week.person_id: week for week in await one_by_one(session, team)}
    print(f"digest ({ACCOUNTS} accounts and 8 weeks of work each, SQLite, CPU time; same weeks: {ours == theirs})")
    ways: dict[str, Digesting] = {"together": together, "one by one": one_by_one}
    for name, way in ways.items():
        runs = [await measure(database, way, is_big) for _ in range(ROUNDS)]
        took = statistics.median(seconds[0] for seconds, _ in runs)
        print(f"  team of {BIG:3}        {name:11}{1000 * took:8.0f} ms  {runs[0][1][0]:5} queries", flush=True)
    for name, way in ways.items():
        seconds, queries = await measure(database, way, lambda team: not is_big(team))
        each = 1000 * statistics.median(seconds)
        print(
            f"  {TEAMS} teams of {SMALL}    {name:11}{sum(seconds):8.1f} s   {each:5.1f} ms and "
            f"{min(queries)}-{max(queries)} queries a team",
            flush=True,
        )
    await database.close()


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(bench(Path(folder)))


if __name__ == "__main__":
    main()
