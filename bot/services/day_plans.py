"""Day plans: making them, changing them, and what becomes of each planned account."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import Account, DayPlan, Person, PlannedAccount, PlannedState
from bot.services.planning import Arithmetic
from bot.services.proposals import Reason

OPEN_END_DAYS = 14
"""Days for which an account that was planned and not visited is brought up again (our own figure)."""


@dataclass(frozen=True)
class Item:
    """One account of a plan; `visited` where he made a visit there on the plan's day, whether or not he met anybody."""

    plan: DayPlan
    planned: PlannedAccount
    account: Account
    visited: bool

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done: neither visited on its day nor done, moved or dropped."""
        return self.planned.state == PlannedState.PLANNED and not self.visited


@dataclass(frozen=True)
class Plan:
    """A plan with its accounts in their order, those that were moved or dropped among them."""

    plan: DayPlan
    items: Sequence[Item]

    @property
    def to_visit(self) -> list[Item]:
        """What the day holds: all but what was moved or dropped."""
        return [one for one in self.items if one.planned.state not in (PlannedState.MOVED, PlannedState.DROPPED)]

    @property
    def still_open(self) -> list[Item]:
        """What is still to be done."""
        return [one for one in self.items if one.is_open]


async def plan_of(session: AsyncSession, person: Person, day: dtm.date) -> Plan | None:
    """The person's plan of a day, None where he confirmed none (and none was imported)."""
    raise NotImplementedError


async def open_ends(session: AsyncSession, person: Person, today: dtm.date) -> list[Item]:
    """What was planned for the last OPEN_END_DAYS before today and is still open, the latest day first.

    An account counts once, with the last plan that held it: neither visited since, nor done, dropped, planned for a
    later day or moved to one that is still to come. Accounts that left the book are left out.
    """
    raise NotImplementedError


def has_started(plan: Plan, today: dtm.date) -> bool:
    """Whether the day is under way: from then on the machine changes nothing, the manager may.

    So it is once a planned account was visited or settled, and on the day itself where he confirmed the plan.
    """
    raise NotImplementedError


async def confirm(
    session: AsyncSession,
    person: Person,
    day: dtm.date,
    account_ids: Sequence[int],
    *,
    target: int,
    arithmetic: Arithmetic | None,
    reasons: Iterable[Reason],
    now: dtm.datetime,
) -> Plan:
    """Make the plan of a day, or replace one that has not started; `reasons` are kept with their accounts.

    Raises AlreadyDone where it has started, NoSuchRecord for an account that is not in his book.
    """
    raise NotImplementedError


async def add(
    session: AsyncSession, person: Person, plan_id: int, account_id: int, *, reasons: Collection[Reason] = ()
) -> PlannedAccount:
    """Put an account on a plan, at the end; one that was moved or dropped comes back, one that is there stays as it is.

    Raises NoSuchRecord where plan or account is not his.
    """
    raise NotImplementedError


async def remove(session: AsyncSession, person: Person, plan_id: int, account_id: int, *, today: dtm.date) -> None:
    """Take an account off a plan; once the day has started it stays as dropped. A second time changes nothing.

    Raises NoSuchRecord where the plan is not his.
    """
    raise NotImplementedError


async def aim(session: AsyncSession, person: Person, plan_id: int, target: int) -> None:
    """Change the number of visits aimed at. Raises NoSuchRecord where the plan is not his."""
    raise NotImplementedError


async def settle_done(session: AsyncSession, person: Person, plan_id: int, account_id: int) -> PlannedAccount:
    """Note that a planned account is done. It makes no visit: that is what his note does.

    Raises NoSuchRecord where it is not his, AlreadyDone where it is done or dropped already.
    """
    raise NotImplementedError


async def settle_move(
    session: AsyncSession, person: Person, plan_id: int, account_id: int, to: dtm.date, *, today: dtm.date
) -> PlannedAccount:
    """Move a planned account to another day; where that has a plan, it is put on it, else it will be proposed there.

    Raises NoSuchRecord where it is not his, AlreadyDone where it is done, dropped or moved there already, UnclearDate
    for a day that is over, or its own.
    """
    raise NotImplementedError


async def settle_drop(
    session: AsyncSession, person: Person, plan_id: int, account_id: int, reason: str
) -> PlannedAccount:
    """Drop a planned account, or note that it was not done, with the reason: 256 characters are kept.

    Raises NoSuchRecord where it is not his, AlreadyDone where it is done or dropped already.
    """
    raise NotImplementedError


async def reopen(session: AsyncSession, person: Person, plan_id: int, account_id: int) -> PlannedAccount:
    """Take back that a planned account was done, moved or dropped. Raises NoSuchRecord where it is not his."""
    raise NotImplementedError
