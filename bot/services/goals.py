"""Goals: a month's numbers, set by the manager, and how far he has come."""

from __future__ import annotations

import datetime as dtm
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import CoachError, NoSuchRecord
from bot.models import Account, AccountTransfer, Goal, GoalKind, Person, Visit
from bot.services import teams
from bot.services.histories import DAY
from bot.workdays import Workdays

MOST = {GoalKind.VISITS: 1000, GoalKind.VOLUME: 1e9, GoalKind.NEW_ACCOUNTS: 200}
"""More in a month is a slip."""


class GoalRefused(CoachError):
    """A number that no goal can have; the text id says why."""


@dataclass(frozen=True)
class Progress:
    """One goal of a month: its number, what is reached, and what would be by now at an even pace over the workdays.

    Today is not over and not expected yet. `reached` is None for a volume that he has not told yet.
    """

    kind: GoalKind
    target: float
    reached: float | None
    expected_by_now: float

    @property
    def percent(self) -> int | None:
        """Reached of the target, in whole percent rounded down; None where it is not known."""
        return None if self.reached is None else int(100 * self.reached // self.target)


def month_of(day: dtm.date) -> tuple[dtm.date, dtm.date]:
    """The first and the last day of the month of a day."""
    first = day.replace(day=1)
    return first, (first + 31 * DAY).replace(day=1) - DAY


async def set_goal(session: AsyncSession, person: Person, month: dtm.date, kind: GoalKind, target: float) -> None:
    """Keep a goal for the month of a day; 0 takes it back. Raises GoalRefused for what is no sensible number."""
    _check(kind, target)
    goal = await _goal(session, person, month, kind)
    if not target:
        if goal is not None:
            await session.delete(goal)
    elif goal is None:
        session.add(Goal(person_id=person.id, month=month_of(month)[0], kind=kind, target=target))
    else:
        goal.target = target
    await session.flush()


async def tell_volume(session: AsyncSession, person: Person, month: dtm.date, reached: float) -> None:
    """Keep the volume that he says he has reached. Raises NoSuchRecord without such a goal, GoalRefused."""
    goal = await _goal(session, person, month, GoalKind.VOLUME)
    if goal is None:
        raise NoSuchRecord
    _check(GoalKind.VOLUME, reached)
    goal.reached = reached
    await session.flush()


def _check(kind: GoalKind, number: float) -> None:
    if not 0 <= number <= MOST[kind]:
        raise GoalRefused("goals-out-of-range", most=int(MOST[kind]))
    if kind is not GoalKind.VOLUME and number != int(number):
        raise GoalRefused("goals-whole-number")


async def _goal(session: AsyncSession, person: Person, month: dtm.date, kind: GoalKind) -> Goal | None:
    return await session.get(Goal, (person.id, month_of(month)[0], kind))


async def progress(session: AsyncSession, person: Person, month: dtm.date, today: dtm.date) -> list[Progress]:
    """How the goals of the month of a day stand as of today: visits, volume, new accounts, where there is a goal."""
    first, last = month_of(month)
    goals = await session.scalars(select(Goal).where(Goal.person_id == person.id, Goal.month == first))
    by_kind = {GoalKind(goal.kind): goal for goal in goals}
    if not by_kind:
        return []
    share = _share_gone(await teams.workdays_of(session, person), first, last, today)
    counted = await counts(session, person, month, today)
    return [
        Progress(kind, goal.target, counted.get(kind, goal.reached), goal.target * share)
        for kind in GoalKind
        if (goal := by_kind.get(kind))
    ]


async def counts(session: AsyncSession, person: Person, month: dtm.date, today: dtm.date) -> dict[GoalKind, int]:
    """What the records show of the month of a day up to today, with goals or without: visits and new accounts."""
    first, last = month_of(month)
    until = min(last, today)
    return {
        GoalKind.VISITS: await _visits(session, person, first, until),
        GoalKind.NEW_ACCOUNTS: await new_accounts(session, person, first, until),
    }


def _share_gone(workdays: Workdays, first: dtm.date, last: dtm.date, today: dtm.date) -> float:
    """The share of a month's workdays that are over; without any, that of its days."""
    ended = min(today - DAY, last)
    whole = workdays.count(first - DAY, last)
    if not whole:
        return max(0, (ended - first).days + 1) / ((last - first).days + 1)
    return workdays.count(first - DAY, ended) / whole


async def _visits(session: AsyncSession, person: Person, first: dtm.date, last: dtm.date) -> int:
    """The visits that he made, attempts that met nobody among them (domain.md §4 Terms)."""
    query = select(func.count()).where(Visit.person_id == person.id, Visit.day.between(first, last))
    return await session.scalar(query) or 0


async def new_accounts(session: AsyncSession, person: Person, first: dtm.date, last: dtm.date) -> int:
    """The accounts that he won in these days: entered in his book, and neither known before nor handed over to him.

    Known before are those with an older visit, and those that were entered on the day on which he joined: the book that
    he brought along.
    """
    visited_before = select(Visit.account_id).where(Visit.day < first)
    taken_over = select(AccountTransfer.account_id).where(AccountTransfer.to_id == person.id)
    created = await session.scalars(
        select(Account.created_at).where(
            Account.person_id == person.id, Account.id.not_in(visited_before), Account.id.not_in(taken_over)
        )
    )
    days = [person.today(instant) for instant in created]
    return sum(first <= day <= last and day != person.today(person.joined_at) for day in days)
