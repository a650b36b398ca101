"""Months: a team's clients and the work on them, in one calendar month, as its lead looks at it."""

from __future__ import annotations

import datetime as dtm
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Account, Goal, GoalKind, Leave, Outcome, Person, Policy, Role, Team, Tier, Visit
from bot.services import goals, teams
from bot.services.histories import DAY
from bot.services.planning import Load, load_of
from bot.workdays import Workdays


@dataclass(frozen=True)
class TierPart:
    """The accounts of one tier, and how many of them were met within their cadence of so many days."""

    tier: Tier
    accounts: int
    met: int
    cadence_days: int


@dataclass(frozen=True)
class Segment:
    """The accounts of one segment by tier; `name` is None for those that have none on file."""

    name: str | None
    by_tier: Mapping[str, int]

    @property
    def accounts(self) -> int:
        """All of them."""
        return sum(self.by_tier.values())


@dataclass(frozen=True)
class ManagerMonth:
    """One manager's month: his book and what it asks for, his visits and new accounts, with goals where he set any."""

    person_id: int
    name: str
    accounts: int
    load: Load
    visits: int
    visits_goal: int | None
    new_accounts: int
    new_accounts_goal: int | None

    @property
    def is_overloaded(self) -> bool:
        """Whether his book asks for more than is bearable (domain.md §3)."""
        return self.load.excess > 0


@dataclass(frozen=True)
class Month:
    """A team's month as of `day`: its last, or today while it goes on.

    The managers are those who are in the team now and had joined by then, the fullest books first; theirs are the
    accounts, segments by size. What is known only as it is now counts as it is now: whose an account is, its tier.
    """

    team_id: int
    team_name: str
    first: dtm.date
    last: dtm.date
    day: dtm.date
    tiers: tuple[TierPart, ...] = ()
    segments: tuple[Segment, ...] = ()
    managers: tuple[ManagerMonth, ...] = ()

    @property
    def is_partial(self) -> bool:
        """Whether the month goes on."""
        return self.day < self.last

    @property
    def accounts(self) -> int:
        """All accounts of the team."""
        return sum(part.accounts for part in self.tiers)

    @property
    def before(self) -> dtm.date:
        """The first day of the month before."""
        return (self.first - DAY).replace(day=1)

    @property
    def after(self) -> dtm.date:
        """The first day of the month after."""
        return self.last + DAY


@dataclass(frozen=True)
class _Books:
    """The accounts of some people as of a day, and the last day on which each was met."""

    by_person: Mapping[int, Sequence[Account]]
    met_on: Mapping[int, dtm.date] = field(default_factory=dict)

    @property
    def every(self) -> Iterable[Account]:
        return (account for book in self.by_person.values() for account in book)


@dataclass(frozen=True)
class _Work:
    """What some people did in a month, aimed at, and on which days after it they are away."""

    policy: Policy
    visits: Mapping[int, int]
    targets: Mapping[tuple[int, str], int]
    leave: Mapping[int, Sequence[tuple[dtm.date, dtm.date]]]

    def workdays_of(self, person: Person) -> Workdays:
        """The workdays of one of them."""
        return Workdays(self.policy.country, self.policy.days_off, tuple(self.leave.get(person.id, ())))


async def look(session: AsyncSession, team: Team, day: dtm.date, today: dtm.date) -> Month:
    """A team's month around a day, as of `today` while it goes on."""
    first, last = goals.month_of(day)
    month = Month(team.id, team.name, first, last, min(last, today))
    members = await teams.members(session, team)
    people = [one for one in members if one.role == Role.MANAGER and one.today(one.joined_at) <= month.day]
    books = await _books(session, people, month.day)
    work = await _work(session, people, team.policy, month)
    managers = [await _manager(session, person, work, books, month) for person in people]
    return replace(
        month,
        tiers=tuple(_tier(tier, books, team.policy, month.day) for tier in Tier),
        segments=_segments(books.every),
        managers=tuple(sorted(managers, key=lambda one: (-one.load.ratio, one.name))),
    )


async def _books(session: AsyncSession, people: Sequence[Person], day: dtm.date) -> _Books:
    """The books as of the evening of a day: what was entered or visited by then, and not archived."""
    ids = [person.id for person in people]
    met = case((Visit.outcome != Outcome.ABSENT, Visit.day))
    query = (
        select(Account, func.min(Visit.day), func.max(met))
        .outerjoin(Visit, (Visit.account_id == Account.id) & (Visit.day <= day))
        .where(Account.person_id.in_(ids))
        .group_by(Account.id)
        .order_by(Account.id)
    )
    owners = {person.id: person for person in people}
    books: dict[int, list[Account]] = {person.id: [] for person in people}
    met_on: dict[int, dtm.date] = {}
    for account, seen_on, last_met in await session.execute(query):
        entered = owners[account.person_id].today(account.created_at)
        if min(seen_on or entered, entered) > day or (account.archived_on and account.archived_on <= day):
            continue
        books[account.person_id].append(account)
        if last_met is not None:
            met_on[account.id] = last_met
    return _Books(books, met_on)


def _tier(tier: Tier, books: _Books, policy: Policy, day: dtm.date) -> TierPart:
    cadence = policy.cadence_days.days(tier)
    listed = [account for account in books.every if account.tier == tier]
    met = sum(one.id in books.met_on and (day - books.met_on[one.id]).days <= cadence for one in listed)
    return TierPart(tier, len(listed), met, cadence)


def _segments(accounts: Iterable[Account]) -> tuple[Segment, ...]:
    """The segments, the largest first; accounts without one come last."""
    counted: defaultdict[str | None, Counter[str]] = defaultdict(Counter)
    for account in accounts:
        counted[account.segment][account.tier] += 1
    found = [Segment(name, dict(by_tier)) for name, by_tier in counted.items()]
    return tuple(sorted(found, key=lambda one: (one.name is None, -one.accounts, one.name)))


async def _manager(session: AsyncSession, person: Person, work: _Work, books: _Books, month: Month) -> ManagerMonth:
    book = books.by_person[person.id]
    return ManagerMonth(
        person_id=person.id,
        name=person.name,
        accounts=len(book),
        load=load_of(book, work.policy, work.workdays_of(person), month.day),
        visits=work.visits.get(person.id, 0),
        visits_goal=work.targets.get((person.id, GoalKind.VISITS)),
        new_accounts=await goals.new_accounts(session, person, month.first, month.day),
        new_accounts_goal=work.targets.get((person.id, GoalKind.NEW_ACCOUNTS)),
    )


async def _work(session: AsyncSession, people: Sequence[Person], policy: Policy, month: Month) -> _Work:
    ids = [person.id for person in people]
    visits = await session.execute(
        select(Visit.person_id, func.count())
        .where(Visit.person_id.in_(ids), Visit.day.between(month.first, month.day))
        .group_by(Visit.person_id)
    )
    aims = await session.scalars(select(Goal).where(Goal.person_id.in_(ids), Goal.month == month.first))
    leave: defaultdict[int, list[tuple[dtm.date, dtm.date]]] = defaultdict(list)
    for one in await session.scalars(select(Leave).where(Leave.person_id.in_(ids), Leave.last_day > month.day)):
        leave[one.person_id].append((one.first_day, one.last_day))
    targets = {(goal.person_id, goal.kind): int(goal.target) for goal in aims}
    return _Work(policy, dict(visits.all()), targets, leave)
