"""Histories: what managers did in the window of the rules, gathered in the same few queries for one or for hundreds."""

from __future__ import annotations

import datetime as dtm
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from sqlalchemy import ColumnElement, Select, and_, func, inspect, or_, select, union, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

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
from bot.services.promises import MOVED, WINDOW_DAYS
from bot.workdays import Workdays

DAY = dtm.timedelta(days=1)
Row = TypeVar("Row", bound=Base)


@dataclass
class History:
    """One manager's book and what he did, as of `today` in his zone; `is_over` where the day itself is.

    Visits are those of the window by him or at his accounts; plans and samples those of the window; promises those
    that are open, made in it or due in it; steps and complaints those that are open. `last_report` is the day of the
    last market report, else the day on which he joined, None where nobody knows. `notes_withheld` where the visits came
    without the words of their notes, so that these cannot be judged.

    A wide one (`wide`) holds all that for every day that it covers; `reports` are its days with a market report, and
    `known_since` tells of each account when it came into a book or was first heard of.
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
    notes_withheld: bool = False
    samples: Sequence[WordingSample] = ()
    last_report: dtm.date | None = None
    reports: Sequence[dtm.date] = ()
    known_since: Mapping[int, dtm.date] = field(default_factory=dict)

    @property
    def first(self) -> dtm.date:
        """The first day of the window."""
        return self.today - (WINDOW_DAYS - 1) * DAY

    def within(self, day: dtm.date) -> bool:
        """Whether a day lies in the window."""
        return self.first <= day <= self.today

    def as_of(self, day: dtm.date) -> History:
        """A wide history as it was on a day that it covers: what came later had not happened yet.

        What has no day stays as it is now: whose an account is, its file, its contacts, the first date of a promise
        that had none.
        """
        then = replace(self, today=day, is_over=self.is_over or day < self.today)
        then.accounts = [one for one in self.accounts if _stood(day, self.known_since.get(one.id), one.archived_on)]
        book = {account.id for account in then.accounts}
        then.contacts = [contact for contact in self.contacts if contact.account_id in book]
        then.visits = [visit for visit in self.visits if then.within(visit.day)]
        then.plans = {planned: chosen for planned, chosen in self.plans.items() if then.within(planned)}
        then.promises = [_promise_as_of(promise, day) for promise in self.promises if promise.made_on <= day]
        then.steps = [step for step in self.steps if _stood(day, step.agreed_on, step.done_on, step.dropped_on)]
        then.complaints = [one for one in self.complaints if _stood(day, one.made_on, one.answered_on)]
        then.samples = [sample for sample in self.samples if then.within(sample.day)]
        then.last_report = max((report for report in self.reports if report <= day), default=self.last_report)
        return then

    def under(self, policy: Policy) -> History:
        """The same history under another policy, its calendar included."""
        return replace(self, policy=policy, workdays=Workdays(policy.country, policy.days_off, self.workdays.leave))


def _stood(day: dtm.date, since: dtm.date | None, *ends: dtm.date | None) -> bool:
    """Whether something had begun on a day, and not ended by its evening."""
    return (since is None or since <= day) and all(end is None or end > day for end in ends)


def _promise_as_of(promise: Promise, day: dtm.date) -> Promise:
    """A promise as it stood on a day: where something happened to it later, a copy that no session knows."""
    later = [move for move in promise.moves if dtm.date.fromisoformat(move["on"]) > day]
    undone = [end for end in ("kept_on", "withdrawn_on") if (getattr(promise, end) or day) > day]
    if not later and not undone:
        return promise
    values = {column.key: getattr(promise, column.key) for column in inspect(Promise).column_attrs}
    then = Promise(**values | dict.fromkeys(undone))
    then.moves = promise.moves[: len(promise.moves) - len(later)]
    for move in reversed(later):
        before = dtm.date.fromisoformat(move["from"])
        if then.moved_to is None:
            then.due = before
        else:
            then.moved_to = before if before != then.due else None
    return then


async def gather(
    session: AsyncSession, people: Sequence[Person], days: Mapping[int, dtm.date], *, is_over: bool
) -> dict[int, History]:
    """The histories of these people by their ids, each as of his day in `days`; queries as `wide`."""
    found = await wide(session, people, days, is_over=is_over)
    return {person_id: history.as_of(days[person_id]) for person_id, history in found.items()}


async def wide(
    session: AsyncSession, people: Sequence[Person], days: Mapping[int, dtm.date], *, is_over: bool, back_days: int = 0
) -> dict[int, History]:
    """Wide histories of these people by their ids, each for his day in `days` and as many before it.

    Eleven queries, however many people and days. Only what `as_of` returns is for reading.
    """
    ids = [person.id for person in people]
    since, last = min(days.values()) - back_days * DAY, max(days.values())
    first = since - WINDOW_DAYS * DAY
    policies = await _policies(session, ids)
    leaves = await _by_person(session, select(Leave).where(Leave.person_id.in_(ids)))
    accounts = await _by_person(
        session,
        select(Account).where(Account.person_id.in_(ids), _not_by(since, Account.archived_on)).order_by(Account.id),
    )
    owner = {account.id: account.person_id for mine in accounts.values() for account in mine}
    contacts: defaultdict[int, list[Contact]] = defaultdict(list)
    for contact in await session.scalars(
        select(Contact).join(Account, Account.id == Contact.account_id).where(Account.person_id.in_(ids))
    ):
        if contact.account_id in owner:
            contacts[owner[contact.account_id]].append(contact)
    visits = await _visits(session, ids, first, last)
    promises = await _by_person(
        session, select(Promise).where(Promise.person_id.in_(ids), _concerns(first, since, last))
    )
    steps = await _by_person(
        session,
        select(NextStep).where(
            NextStep.person_id.in_(ids),
            NextStep.agreed_on <= last,
            _not_by(since, NextStep.done_on),
            _not_by(since, NextStep.dropped_on),
        ),
    )
    complaints = await _by_person(
        session,
        select(Complaint).where(
            Complaint.person_id.in_(ids), Complaint.made_on <= last, _not_by(since, Complaint.answered_on)
        ),
    )
    samples = await _by_person(
        session,
        select(WordingSample).where(WordingSample.person_id.in_(ids), WordingSample.day.between(first, last)),
    )
    plans = await _plans(session, ids, first, last)
    reports = await _reports(session, ids, since, last)
    found = {}
    for person in people:
        policy = policies.get(person.id, Policy())
        away = tuple((leave.first_day, leave.last_day) for leave in leaves[person.id])
        found[person.id] = History(
            person_id=person.id,
            today=days[person.id],
            policy=policy,
            workdays=Workdays(policy.country, policy.days_off, away),
            is_over=is_over,
            accounts=accounts[person.id],
            contacts=contacts[person.id],
            visits=visits[person.id],
            plans=plans[person.id],
            promises=promises[person.id],
            steps=steps[person.id],
            complaints=complaints[person.id],
            samples=samples[person.id],
            last_report=person.today(person.joined_at),
            reports=reports[person.id],
            known_since=_known_since(person, accounts[person.id], visits[person.id], promises[person.id]),
        )
    return found


def _known_since(
    person: Person, accounts: Sequence[Account], visits: Sequence[Visit], promises: Sequence[Promise]
) -> dict[int, dtm.date]:
    """The day on which each account was entered; where a history was imported, that on which it begins."""
    since = {account.id: person.today(account.created_at) for account in accounts}
    heard = [(one.account_id, one.day) for one in visits] + [(one.account_id, one.made_on) for one in promises]
    for account_id, day in heard:
        if account_id in since:
            since[account_id] = min(since[account_id], day)
    return since


async def _visits(
    session: AsyncSession, ids: Sequence[int], first: dtm.date, last: dtm.date
) -> defaultdict[int, list[Visit]]:
    """The visits made by each person, and those that others made at what is now his account."""
    within, at = Visit.day.between(first, last), Account.id == Visit.account_id
    made = select(Visit.id).where(Visit.person_id.in_(ids), within)
    received = select(Visit.id).join(Account, at).where(Account.person_id.in_(ids), within)
    either = union(made, received)  # an "or" over both tables would read all visits of everybody
    query = select(Visit, Account.person_id).join(Account, at).where(Visit.id.in_(either)).order_by(Visit.id)
    found: defaultdict[int, list[Visit]] = defaultdict(list)
    for visit, owner in await session.execute(query):
        for person_id in {visit.person_id, owner}:
            found[person_id].append(visit)
    return found


def _not_by(day: dtm.date, end: InstrumentedAttribute[dtm.date | None]) -> ColumnElement[bool]:
    """Whether something had not ended by the evening of a day."""
    return or_(end.is_(None), end > day)


def _concerns(first: dtm.date, since: dtm.date, last: dtm.date) -> ColumnElement[bool]:
    """Whether a promise was open on one of the days, or was made or fell due in their windows."""
    was_open = and_(_not_by(since, Promise.kept_on), _not_by(since, Promise.withdrawn_on))
    return and_(
        Promise.made_on <= last, or_(was_open, Promise.made_on >= first, Promise.due.between(first - MOVED, last))
    )


async def _reports(
    session: AsyncSession, ids: Sequence[int], since: dtm.date, last: dtm.date
) -> defaultdict[int, list[dtm.date]]:
    """The last day by `since` on which each person reported from the market, and every one after it."""
    mine = MarketReport.person_id.in_(ids)
    before = select(MarketReport.person_id, func.max(MarketReport.day)).where(mine, MarketReport.day <= since)
    after = select(MarketReport.person_id, MarketReport.day).where(
        mine, MarketReport.day > since, MarketReport.day <= last
    )
    query = union_all(before.group_by(MarketReport.person_id), after)
    found: defaultdict[int, list[dtm.date]] = defaultdict(list)
    for person_id, day in await session.execute(query):
        found[person_id].append(day)
    return found


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
