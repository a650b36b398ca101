"""Day plans: making them, changing them, and what becomes of each planned account.

A row stands only for a plan that its manager confirmed, or that was imported. What was planned counts as planned: an
account that was moved or dropped once the day had started keeps its row, so that the rules see the plan as it was made
and "planned accounts visited on their day" (domain.md §4, plan_not_followed) is never improved by taking some away.
"""

from __future__ import annotations

import datetime as dtm
from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from sqlalchemy import ColumnElement, delete, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from bot.errors import AlreadyDone, NoSuchRecord, UnclearDate
from bot.models import Account, DayPlan, Person, PlannedAccount, PlannedState, Visit
from bot.services import accounts, notes, teams
from bot.services.histories import DAY
from bot.services.planning import Arithmetic
from bot.services.proposals import Reason

LONGEST_REASON = 256

GONE = (PlannedState.MOVED, PlannedState.DROPPED)
"""States of an account that the day no longer holds."""

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

    @property
    def is_done(self) -> bool:
        """Whether it was done: visited on its day, or told as done."""
        return self.visited or self.planned.state == PlannedState.DONE


@dataclass(frozen=True)
class Plan:
    """A plan with its accounts in their order, those that were moved or dropped among them."""

    plan: DayPlan
    items: Sequence[Item]

    @property
    def to_visit(self) -> list[Item]:
        """What the day holds: all but what was moved or dropped."""
        return [one for one in self.items if one.planned.state not in GONE]

    @property
    def still_open(self) -> list[Item]:
        """What is still to be done."""
        return [one for one in self.items if one.is_open]


async def plan_of(session: AsyncSession, person: Person, day: dtm.date) -> Plan | None:
    """The person's plan of a day, None where he confirmed none (and none was imported)."""
    plan = await session.scalar(select(DayPlan).where(DayPlan.person_id == person.id, DayPlan.day == day))
    return None if plan is None else Plan(plan, await _items(session, DayPlan.id == plan.id))


async def own(session: AsyncSession, person: Person, plan_id: int) -> Plan:
    """A plan of this person. Raises NoSuchRecord for anybody else's."""
    plan = await _own(session, person, plan_id)
    return Plan(plan, await _items(session, DayPlan.id == plan.id))


async def open_ends(session: AsyncSession, person: Person, today: dtm.date) -> list[Item]:
    """What was planned for the last OPEN_END_DAYS before today and is still open, the latest day first.

    An account counts once, with the last plan that held it: neither visited since, nor done, dropped, planned for a
    later day or moved to one that is still to come. Accounts that left the book are left out.
    """
    first = today - OPEN_END_DAYS * DAY
    later, again = aliased(DayPlan), aliased(PlannedAccount)
    is_planned_again = exists().where(
        later.person_id == person.id,
        later.day > DayPlan.day,
        again.plan_id == later.id,
        again.account_id == PlannedAccount.account_id,
    )
    came_to_nothing = or_(
        PlannedAccount.state == PlannedState.PLANNED,
        (PlannedAccount.state == PlannedState.MOVED) & (PlannedAccount.moved_to < today),
    )
    return await _items(
        session,
        DayPlan.person_id == person.id,
        DayPlan.day.between(first, today - DAY),
        Account.archived_on.is_(None),
        came_to_nothing,
        ~is_planned_again,
        ~_visited(Visit.day >= DayPlan.day),
    )


async def _items(session: AsyncSession, *of: ColumnElement[bool]) -> list[Item]:
    query = (
        select(DayPlan, PlannedAccount, Account, _visited(Visit.day == DayPlan.day))
        .join(PlannedAccount, PlannedAccount.plan_id == DayPlan.id)
        .join(Account, Account.id == PlannedAccount.account_id)
        .where(*of)
        .order_by(DayPlan.day.desc(), PlannedAccount.position)
    )
    return [Item(plan, planned, account, visited) for plan, planned, account, visited in await session.execute(query)]


def _visited(on: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether whoever made the plan visited the planned account, whether or not he met anybody (domain.md §4 Terms)."""
    return exists().where(Visit.account_id == PlannedAccount.account_id, Visit.person_id == DayPlan.person_id, on)


def has_started(plan: Plan, today: dtm.date) -> bool:
    """Whether the day is under way: from then on the machine changes nothing, the manager may.

    So it is once a planned account was visited or settled, and on the day itself where he confirmed the plan.
    """
    has_come = plan.plan.day <= today and plan.plan.made_at is not None
    return has_come or plan.plan.day < today or any(not one.is_open for one in plan.items)


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
    plan = await plan_of(session, person, day)
    if plan is not None and has_started(plan, person.today(now)):
        raise AlreadyDone
    wanted = list(dict.fromkeys(account_ids))
    for account_id in wanted:
        await _in_book(session, person, account_id)
    row = DayPlan(person_id=person.id, day=day) if plan is None else plan.plan
    row.target, row.made_at = target, now
    row.arithmetic = arithmetic.as_json() if arithmetic else {}
    session.add(row)
    await session.flush()
    await session.execute(delete(PlannedAccount).where(PlannedAccount.plan_id == row.id))
    told = list(reasons)
    session.add_all(
        PlannedAccount(plan_id=row.id, account_id=one, position=place, reasons=_told(told, one))
        for place, one in enumerate(wanted)
    )
    await session.flush()
    return Plan(row, await _items(session, DayPlan.id == row.id))


def _told(reasons: Iterable[Reason], account_id: int) -> list[dict[str, object]]:
    return [reason.as_json() for reason in reasons if reason.account_id == account_id]


async def add(
    session: AsyncSession, person: Person, plan_id: int, account_id: int, *, reasons: Collection[Reason] = ()
) -> PlannedAccount:
    """Put an account on a plan, at the end; one that was moved or dropped comes back, one that is there stays as it is.

    Raises NoSuchRecord where plan or account is not his.
    """
    plan = await own(session, person, plan_id)
    await _in_book(session, person, account_id)
    return await _put(session, plan, account_id, reasons)


async def _put(session: AsyncSession, plan: Plan, account_id: int, reasons: Collection[Reason] = ()) -> PlannedAccount:
    there = next((one.planned for one in plan.items if one.account.id == account_id), None)
    if there is None:
        last = max((one.planned.position for one in plan.items), default=-1)
        there = PlannedAccount(
            plan_id=plan.plan.id, account_id=account_id, position=last + 1, reasons=_told(reasons, account_id)
        )
        session.add(there)
    elif there.state in GONE:
        _reopen(there)
    await session.flush()
    return there


async def settle_done(
    session: AsyncSession, person: Person, plan_id: int, account_id: int, now: dtm.datetime
) -> PlannedAccount:
    """Note that a planned account is done: a visit on the plan's day, for which words may follow (notes.tell_by_tap).

    It makes none where he has noted one since, or where the day lies further back than the policy lets him note.
    Raises NoSuchRecord where it is not his, AlreadyDone where it is done or dropped already.
    """
    plan, planned = await _unsettled(session, person, plan_id, account_id)
    today = person.today(now)
    planned.state, planned.moved_to, planned.settled_on = PlannedState.DONE, None, today
    oldest = today - (await teams.policy_of(session, person)).max_backdate_days * DAY
    since = exists().where(Visit.account_id == account_id, Visit.person_id == person.id, Visit.day >= plan.day)
    if plan.day >= oldest and not await session.scalar(select(since)):
        account = await accounts.own(session, person, account_id)
        await notes.tell_by_tap(session, person, account, min(plan.day, today), now)
    await session.flush()
    return planned


async def settle_move(
    session: AsyncSession, person: Person, plan_id: int, account_id: int, to: dtm.date, *, today: dtm.date
) -> PlannedAccount:
    """Move a planned account to another day; where that has a plan, it is put on it, else it will be proposed there.

    Raises NoSuchRecord where it is not his, AlreadyDone where it is done, dropped or moved there already, UnclearDate
    for a day that is over, or its own.
    """
    plan, planned = await _unsettled(session, person, plan_id, account_id)
    if planned.state == PlannedState.MOVED and planned.moved_to == to:
        raise AlreadyDone
    if to < today or to == plan.day:
        raise UnclearDate
    there = await plan_of(session, person, to)
    planned.state, planned.moved_to = PlannedState.MOVED, to
    if there is not None:
        await _put(session, there, account_id)
    await session.flush()
    return planned


async def settle_drop(
    session: AsyncSession, person: Person, plan_id: int, account_id: int, reason: str, *, today: dtm.date
) -> PlannedAccount:
    """Drop a planned account, or note that it was not done, with the reason: 256 characters are kept.

    An account of an earlier day stands last in `today`'s list then.

    Raises NoSuchRecord where it is not his, AlreadyDone where it is done or dropped already.
    """
    _, planned = await _unsettled(session, person, plan_id, account_id)
    planned.state, planned.reason = PlannedState.DROPPED, reason[:LONGEST_REASON]
    planned.moved_to, planned.settled_on = None, today
    await session.flush()
    return planned


async def reopen(
    session: AsyncSession, person: Person, plan_id: int, account_id: int, now: dtm.datetime
) -> PlannedAccount:
    """Take back that a planned account was done, moved or dropped, and the visit that one tap has made.

    What a move has put on another day's plan stays there, to be removed there. Raises NoSuchRecord where it is not his,
    TooLateToUndo where the tap lies too far back.
    """
    plan, planned = await _planned(session, person, plan_id, account_id)
    if planned.state == PlannedState.DONE:
        with suppress(AlreadyDone):  # it has words by now, or none was made
            await notes.take_back_tap(session, person, account_id, min(plan.day, person.today(now)), now)
    _reopen(planned)
    await session.flush()
    return planned


def _reopen(planned: PlannedAccount) -> None:
    planned.state, planned.reason = PlannedState.PLANNED, None
    planned.moved_to = planned.settled_on = None


async def _own(session: AsyncSession, person: Person, plan_id: int) -> DayPlan:
    plan = await session.get(DayPlan, plan_id)
    if plan is None or plan.person_id != person.id:
        raise NoSuchRecord
    return plan


async def _planned(
    session: AsyncSession, person: Person, plan_id: int, account_id: int
) -> tuple[DayPlan, PlannedAccount]:
    plan = await _own(session, person, plan_id)
    planned = await session.get(PlannedAccount, (plan_id, account_id))
    if planned is None:
        raise NoSuchRecord
    return plan, planned


async def _unsettled(
    session: AsyncSession, person: Person, plan_id: int, account_id: int
) -> tuple[DayPlan, PlannedAccount]:
    """A planned account that may be settled, and its plan; one that was moved may be settled once more."""
    plan, planned = await _planned(session, person, plan_id, account_id)
    if planned.state in (PlannedState.DONE, PlannedState.DROPPED):
        raise AlreadyDone
    return plan, planned


async def _in_book(session: AsyncSession, person: Person, account_id: int) -> Account:
    account = await accounts.own(session, person, account_id)
    if account.archived_on is not None:
        raise NoSuchRecord
    return account
