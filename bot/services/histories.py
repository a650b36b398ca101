"""Histories: what managers did in the window of the rules, gathered in the same few queries for one or for hundreds."""

from __future__ import annotations

import datetime as dtm
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy import Select, and_, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import (
    Account,
    Base,
    Complaint,
    Contact,
    DayPlan,
    Leave,
    MarketReport,
    Membership,
    NextStep,
    Person,
    PlannedAccount,
    Policy,
    Promise,
    Team,
    Visit,
    WordingSample,
)
from bot.workdays import Workdays

WINDOW_DAYS = 56
"""The window ends with the day of reading (domain.md §4 Terms)."""

DAY = dtm.timedelta(days=1)
MOVED = dtm.timedelta(days=14)
"""How far a due day off may move to the next workday, at most."""

Row = TypeVar("Row", bound=Base)


@dataclass
class History:
    """One manager's book and what he did, as of `today` in his zone; `is_over` where the day itself is.

    Visits are those of the window by him or at his accounts; plans and samples those of the window; promises those
    that are open, made in it or due in it. `last_report` is the day of the last market report, else the day on which
    he joined, None where nobody knows.
    """

    person_id: int
    today: dtm.date
    policy: Policy
    workdays: Workdays
    is_over: bool = True
    accounts: Sequence[Account] = ()
    contacts: Sequence[Contact] = ()
    visits: Sequence[Visit] = ()
    plans: Mapping[dtm.date, Sequence[int]] = field(default_factory=dict)
    promises: Sequence[Promise] = ()
    steps: Sequence[NextStep] = ()
    complaints: Sequence[Complaint] = ()
    samples: Sequence[WordingSample] = ()
    last_report: dtm.date | None = None

    @property
    def first(self) -> dtm.date:
        """The first day of the window."""
        return self.today - (WINDOW_DAYS - 1) * DAY

    def within(self, day: dtm.date) -> bool:
        """Whether a day lies in the window."""
        return self.first <= day <= self.today


async def gather(
    session: AsyncSession, people: Sequence[Person], days: Mapping[int, dtm.date], *, is_over: bool
) -> dict[int, History]:
    """The histories of these people by their ids, each as of his day in `days`; nine queries, however many they are."""
    ids = [person.id for person in people]
    first, last = min(days.values()) - WINDOW_DAYS * DAY, max(days.values())
    policies = await _policies(session, ids)
    leaves = await _by_person(session, select(Leave).where(Leave.person_id.in_(ids)))
    accounts = await _by_person(
        session, select(Account).where(Account.person_id.in_(ids), Account.archived_on.is_(None)).order_by(Account.id)
    )
    owner = {account.id: account.person_id for mine in accounts.values() for account in mine}
    contacts: defaultdict[int, list[Contact]] = defaultdict(list)
    for contact in await session.scalars(
        select(Contact).join(Account, Account.id == Contact.account_id).where(Account.person_id.in_(ids))
    ):
        if contact.account_id in owner:
            contacts[owner[contact.account_id]].append(contact)
    visits = await _visits(session, ids, first, last)
    promises = await _by_person(session, select(Promise).where(Promise.person_id.in_(ids), _concerns(first, last)))
    steps = await _by_person(
        session,
        select(NextStep).where(
            NextStep.person_id.in_(ids),
            NextStep.agreed_on <= last,
            NextStep.done_on.is_(None),
            NextStep.dropped_on.is_(None),
        ),
    )
    complaints = await _by_person(
        session,
        select(Complaint).where(
            Complaint.person_id.in_(ids), Complaint.made_on <= last, Complaint.answered_on.is_(None)
        ),
    )
    samples = await _by_person(
        session,
        select(WordingSample).where(WordingSample.person_id.in_(ids), WordingSample.day.between(first, last)),
    )
    plans = await _plans(session, ids, first, last)
    latest = (
        select(MarketReport.person_id, func.max(MarketReport.day))
        .where(MarketReport.person_id.in_(ids), MarketReport.day <= last)
        .group_by(MarketReport.person_id)
    )
    reports: dict[int, dtm.date] = dict(iter(await session.execute(latest)))
    found = {}
    for person in people:
        policy, today = policies.get(person.id, Policy()), days[person.id]
        away = tuple((leave.first_day, leave.last_day) for leave in leaves[person.id])
        history = History(
            person_id=person.id,
            today=today,
            policy=policy,
            workdays=Workdays(policy.country, policy.days_off, away),
            is_over=is_over,
            accounts=accounts[person.id],
            contacts=contacts[person.id],
            promises=promises[person.id],
            steps=steps[person.id],
            complaints=complaints[person.id],
            last_report=reports.get(person.id, person.today(person.joined_at)),
        )
        history.visits = [visit for visit in visits[person.id] if history.within(visit.day)]
        history.samples = [sample for sample in samples[person.id] if history.within(sample.day)]
        history.plans = {day: chosen for day, chosen in plans[person.id].items() if history.within(day)}
        found[person.id] = history
    return found


async def _visits(
    session: AsyncSession, ids: Sequence[int], first: dtm.date, last: dtm.date
) -> defaultdict[int, list[Visit]]:
    """The visits made by each person, and those that others made at what is now his account."""
    query = (
        select(Visit, Account.person_id)
        .join(Account, Account.id == Visit.account_id)
        .where(or_(Visit.person_id.in_(ids), Account.person_id.in_(ids)), Visit.day.between(first, last))
        .order_by(Visit.id)
    )
    found: defaultdict[int, list[Visit]] = defaultdict(list)
    for visit, owner in await session.execute(query):
        for person_id in {visit.person_id, owner}:
            found[person_id].append(visit)
    return found


def _concerns(first: dtm.date, last: dtm.date) -> Any:
    """Whether a promise is open, or was made or fell due in the window."""
    is_open = and_(Promise.kept_on.is_(None), Promise.withdrawn_on.is_(None))
    return and_(
        Promise.made_on <= last, or_(is_open, Promise.made_on >= first, Promise.due.between(first - MOVED, last))
    )


async def _by_person(session: AsyncSession, query: Select[Any]) -> defaultdict[int, list[Any]]:
    found: defaultdict[int, list[Any]] = defaultdict(list)
    for row in await session.scalars(query):
        found[row.person_id].append(row)
    return found


async def _plans(
    session: AsyncSession, ids: Iterable[int], first: dtm.date, last: dtm.date
) -> defaultdict[int, dict[dtm.date, list[int]]]:
    query = (
        select(DayPlan.person_id, DayPlan.day, PlannedAccount.account_id)
        .outerjoin(PlannedAccount, PlannedAccount.plan_id == DayPlan.id)
        .where(DayPlan.person_id.in_(ids), DayPlan.day.between(first, last))
        .order_by(DayPlan.day, PlannedAccount.position)
    )
    found: defaultdict[int, dict[dtm.date, list[int]]] = defaultdict(dict)
    for person_id, day, account_id in await session.execute(query):
        chosen = found[person_id].setdefault(day, [])
        if account_id is not None:
            chosen.append(account_id)
    return found


async def _policies(session: AsyncSession, ids: Sequence[int]) -> dict[int, Policy]:
    """The policy of each person's oldest team; whoever is in none is left out."""
    query = (
        select(Membership.person_id, Team)
        .join(Team, Team.id == Membership.team_id)
        .where(Membership.person_id.in_(ids))
        .order_by(Team.id.desc())
    )
    return {person_id: team.policy for person_id, team in await session.execute(query)}
