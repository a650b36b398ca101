"""Promises: what is open, both ways; keeping, moving and withdrawing; the kept rate of the last eight weeks."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.errors import NoSuchRecord
from bot.models import Account, ClientPromise, Person, Promise
from bot.workdays import Workdays

P = TypeVar("P", Promise, ClientPromise)

MOVED = dtm.timedelta(days=14)
"""How far a due day off may move to the next workday, at most."""

WINDOW_DAYS = 56
"""The window ends with the day of reading (domain.md §4 Terms)."""


@dataclass(frozen=True)
class Owed(Generic[P]):
    """An open promise, ours or a client's, with the name of its account, None where it has none."""

    promise: P
    account: str | None


@dataclass(frozen=True)
class KeptRate:
    """Promises of the window that have fallen due: how many of them were kept on time, and how many late."""

    due: int
    kept: int
    late: int

    @property
    def missed(self) -> int:
        """Fallen due and not kept at all."""
        return self.due - self.kept - self.late

    @property
    def percent(self) -> int:
        """Kept on time of due, in whole percent rounded down, so that 69.9 never reads as 70."""
        return 100 * self.kept // self.due if self.due else 0


async def open_of(session: AsyncSession, person: Person) -> list[Owed[Promise]]:
    """The person's open promises: by the day on which each is expected, those without a date last."""
    owed = await _open(session, person, Promise)
    return sorted(owed, key=lambda one: (one.promise.expected or dtm.date.max, one.promise.id))


async def open_client_promises_of(session: AsyncSession, person: Person) -> list[Owed[ClientPromise]]:
    """What clients promised to the person and have not done yet, by due date, those without one last."""
    owed = await _open(session, person, ClientPromise)
    return sorted(owed, key=lambda one: (one.promise.due or dtm.date.max, one.promise.id))


async def _open(session: AsyncSession, person: Person, table: type[P]) -> list[Owed[P]]:
    query = (
        select(table, Account.name)
        .outerjoin(Account, Account.id == table.account_id)
        .where(table.person_id == person.id, table.kept_on.is_(None), table.withdrawn_on.is_(None))
    )
    return [Owed(promise, name) for promise, name in await session.execute(query)]


async def own(session: AsyncSession, person: Person, promise_id: int) -> Promise:
    """A promise of this person. Raises NoSuchRecord for anybody else's."""
    promise = await session.get(Promise, promise_id)
    if promise is None or promise.person_id != person.id:
        raise NoSuchRecord
    return promise


async def own_client_promise(session: AsyncSession, person: Person, promise_id: int) -> ClientPromise:
    """What a client promised to this person. Raises NoSuchRecord for anybody else's."""
    promise = await session.get(ClientPromise, promise_id)
    if promise is None or promise.person_id != person.id:
        raise NoSuchRecord
    return promise


async def kept_rate(session: AsyncSession, person: Person, today: dtm.date, workdays: Workdays) -> KeptRate:
    """How the person kept what fell due in the window; what was withdrawn by its day is left out.

    A due day off counts as the next workday; due means before `today` (domain.md §4 Terms).
    """
    earliest = today - dtm.timedelta(days=WINDOW_DAYS) - MOVED
    promises = await session.scalars(
        select(Promise).where(Promise.person_id == person.id, Promise.due >= earliest, Promise.due < today)
    )
    return rate_of(fallen_due(promises, today, workdays))


def rate_of(due: Sequence[tuple[Promise, dtm.date]]) -> KeptRate:
    """How promises that fell due were kept, each with the workday that counts as its day."""
    kept = sum(is_on_time(promise, day) for promise, day in due)
    return KeptRate(len(due), kept, sum(promise.kept_on is not None for promise, _ in due) - kept)


def fallen_due(promises: Iterable[Promise], today: dtm.date, workdays: Workdays) -> list[tuple[Promise, dtm.date]]:
    """Those that fell due in the window before today, each with the workday that counts as its day."""
    first = today - dtm.timedelta(days=WINDOW_DAYS - 1)
    dated = [(promise, workdays.on_or_after(promise.due)) for promise in promises if promise.due is not None]
    return [
        (promise, day)
        for promise, day in dated
        if first <= day < today and (promise.withdrawn_on is None or promise.withdrawn_on > day)
    ]


def is_on_time(promise: Promise, day: dtm.date) -> bool:
    """Whether a promise was kept not later than the day that counts."""
    return promise.kept_on is not None and promise.kept_on <= day


def is_broken(promise: Promise, day: dtm.date, today: dtm.date, workdays: Workdays, late_workdays: int) -> bool:
    """Whether a promise was not kept by the day that counts, and that is so many workdays ago (domain.md §4 Terms)."""
    return not is_on_time(promise, day) and workdays.count(day, today) >= late_workdays


async def of_account(session: AsyncSession, account: Account) -> tuple[Sequence[Promise], Sequence[ClientPromise]]:
    """All promises of an account: ours and the client's, newest first."""
    ours = await session.scalars(
        select(Promise).where(Promise.account_id == account.id).order_by(Promise.made_on.desc(), Promise.id.desc())
    )
    theirs = await session.scalars(
        select(ClientPromise)
        .where(ClientPromise.account_id == account.id)
        .order_by(ClientPromise.said_on.desc(), ClientPromise.id.desc())
    )
    return ours.all(), theirs.all()
