"""What the tests of digests share: a team with managers, and short ways to say what they did in one week."""

from __future__ import annotations

import datetime as dtm
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import (
    Account,
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
from bot.services import digesting
from bot.services.digests import Digest, ManagerWeek, Week, week_of
from rules.compiler import Catalogue
from rules.matcher import Matcher

WEEK = week_of(dtm.date(2026, 11, 16))
"""Monday to Sunday, without days off but its weekend."""

NOW = dtm.datetime(2026, 11, 23, 0, 30, tzinfo=dtm.UTC)
"""The Monday after, 08:30 in Shanghai."""

JOINED = dtm.datetime(2026, 6, 1, tzinfo=dtm.UTC)
MATCHER = Matcher(Catalogue.load())
EMPTY_STEP = {
    "rule": "r",
    "version": 1,
    "layer": "habit",
    "code": "broken_promise",
    "account": None,
    "item": None,
    "tested": [],
    "why": None,
    "source": [],
    "because": [],
}


def day(number: int) -> dtm.date:
    """A day of the week by its number, Monday 0; more is later, less earlier."""
    return WEEK.first + dtm.timedelta(days=number)


def at(number: int, hour: int = 10) -> dtm.datetime:
    """An instant of such a day in Shanghai."""
    return dtm.datetime.combine(day(number), dtm.time(hour), dtm.UTC) - dtm.timedelta(hours=8)


async def add_team(session: AsyncSession, *names: str, team: str = "城东", **more: Any) -> tuple[Team, list[Manager]]:
    """A team with a lead and managers of these names."""
    group = Team(name=team, overrides={"daily_visits_target": 3, **more}, created_at=JOINED)
    lead = Person(name=f"{team}主管", role=Role.LEAD, time_zone="Asia/Shanghai", joined_at=JOINED)
    session.add_all([group, lead])
    await session.flush()
    session.add(Membership(person_id=lead.id, team_id=group.id))
    return group, [await add_manager(session, group, name) for name in names]


async def add_manager(session: AsyncSession, team: Team, name: str, **more: Any) -> Manager:
    """One more manager of a team, who has a phone."""
    values = {"time_zone": "Asia/Shanghai", "joined_at": JOINED, "role": Role.MANAGER} | more
    person = Person(name=name, **values)
    session.add(person)
    await session.flush()
    if "telegram_id" not in more:
        person.telegram_id = 10_000 + person.id
    session.add(Membership(person_id=person.id, team_id=team.id))
    await session.flush()
    return Manager(session, person)


class Manager:
    """One manager, and what he does."""

    def __init__(self, session: AsyncSession, person: Person) -> None:
        self.session, self.person, self.id = session, person, person.id

    async def account(self, name: str, tier: str = "A", **more: Any) -> int:
        """An account in his book; its id."""
        account = Account(person_id=self.id, name=name, tier=tier, created_at=JOINED, **more)
        self.session.add(account)
        await self.session.flush()
        return account.id

    async def visit(self, account_id: int, on: dtm.date, outcome: str = "info") -> None:
        """A visit of his, with words that nobody else may see."""
        values = {"account_id": account_id, "day": on, "outcome": outcome, "text": "SECRET words of a note"}
        self.session.add(Visit(person_id=self.id, contact="张", **values))
        await self.session.flush()

    async def plan(self, on: dtm.date, target: int, *account_ids: int) -> None:
        """A plan of a day."""
        plan = DayPlan(person_id=self.id, day=on, target=target)
        self.session.add(plan)
        await self.session.flush()
        self.session.add_all(
            PlannedAccount(plan_id=plan.id, account_id=one, position=place) for place, one in enumerate(account_ids)
        )
        await self.session.flush()

    async def promise(self, what: str, due: dtm.date | None, **more: Any) -> Promise:
        """A promise, given before the week unless said otherwise."""
        values = {"person_id": self.id, "made_on": day(-20), "wording": "SECRET wording of a promise"} | more
        promise = Promise(what=what, due=due, **values)
        self.session.add(promise)
        await self.session.flush()
        return promise

    async def note(self, when: dtm.datetime) -> None:
        """A note, whatever became of it."""
        self.session.add(Note(person_id=self.id, text="SECRET words of a note", written_at=when))
        await self.session.flush()

    async def news(self, text: str, on: dtm.date, topic: str = "price", account_id: int | None = None) -> None:
        """A market report."""
        self.session.add(MarketReport(person_id=self.id, account_id=account_id, day=on, topic=topic, text=text))
        await self.session.flush()

    async def flag(self, habit: str, opened: dtm.datetime, **more: Any) -> Flag:
        """A flag, a warning unless said otherwise."""
        evaluation = Evaluation(person_id=self.id, day=opened.date(), evaluated_at=opened, rule_set="x", facts=[])
        self.session.add(evaluation)
        await self.session.flush()
        values = {"severity": "warning", "is_private": False, "advice": "trust-by-keeping-word", "clears": "x"} | more
        step = {**EMPTY_STEP, "code": habit}
        flag = Flag(
            person_id=self.id, evaluation_id=evaluation.id, habit=habit, opened_at=opened, derivation=step, **values
        )
        self.session.add(flag)
        await self.session.flush()
        return flag


async def digest_of(session: AsyncSession, team: Team, week: Week = WEEK, now: dtm.datetime = NOW) -> Digest:
    """The team's digest."""
    await session.flush()
    return await digesting.compute(session, team, week, now, matcher=MATCHER, terms=terms)


async def week_of_first(session: AsyncSession, team: Team, week: Week = WEEK, now: dtm.datetime = NOW) -> ManagerWeek:
    """The week of the team's first manager."""
    return (await digest_of(session, team, week, now)).managers[0]


def terms(text: str) -> frozenset[str]:
    """The characters of a question, as what it is made of."""
    return frozenset(text)
