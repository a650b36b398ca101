"""The evening's review of a day: what is still to be told, what else was done, the first step of tomorrow, praise."""

from __future__ import annotations

import datetime as dtm
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import (
    Account,
    Complaint,
    Contact,
    DayReview,
    MarketReport,
    Outcome,
    Person,
    Promise,
    Stance,
    Tier,
    Visit,
)
from bot.services import day_plans, promises, teams
from bot.services.day_plans import Item, Plan

LONGEST_STEP = 256


@dataclass(frozen=True)
class Evening:
    """One person's day as his review shows it.

    `plan` is None where there was none; `visits` are all that he made, in the order in which he noted them, `reports`
    what he heard from the market. `first_step` is what he wants to begin the next workday with, `closed_at` when he
    ended the review, None before.
    """

    day: dtm.date
    plan: Plan | None
    visits: Sequence[tuple[Visit, Account]]
    reports: Sequence[MarketReport]
    first_step: str | None
    closed_at: dtm.datetime | None

    @property
    def to_tell(self) -> list[Item]:
        """The planned accounts of which he has not told yet what became."""
        return self.plan.still_open if self.plan else []

    @property
    def unplanned(self) -> list[tuple[Visit, Account]]:
        """The visits at accounts that the day's plan did not hold."""
        planned = {one.account.id for one in self.plan.items} if self.plan else set()
        return [(visit, account) for visit, account in self.visits if account.id not in planned]


@dataclass(frozen=True)
class Praise:
    """One honest line: the id of its text (praise.ftl) and the values. Days are dates."""

    text_id: str
    values: Mapping[str, object] = field(default_factory=dict)


async def review_of(session: AsyncSession, person: Person, day: dtm.date) -> Evening:
    """The person's review of a day, whether or not he has begun it."""
    visits = (
        select(Visit, Account)
        .join(Account, Account.id == Visit.account_id)
        .where(Visit.person_id == person.id, Visit.day == day)
        .order_by(Visit.id)
    )
    reports = select(MarketReport).where(MarketReport.person_id == person.id, MarketReport.day == day)
    kept = await session.get(DayReview, (person.id, day))
    return Evening(
        day,
        await day_plans.plan_of(session, person, day),
        [(visit, account) for visit, account in await session.execute(visits)],
        (await session.scalars(reports.order_by(MarketReport.id))).all(),
        kept.first_step if kept else None,
        kept.closed_at if kept else None,
    )


async def set_first_step(session: AsyncSession, person: Person, day: dtm.date, words: str) -> None:
    """Keep with the review of a day what he wants to do first on the next workday: 256 characters are kept."""
    (await _kept(session, person, day)).first_step = " ".join(words.split())[:LONGEST_STEP] or None
    await session.flush()


async def first_step_for(session: AsyncSession, person: Person, day: dtm.date) -> str | None:
    """What he set himself as first step for a day, in the last review before it; None where it held none."""
    query = (
        select(DayReview.first_step)
        .where(DayReview.person_id == person.id, DayReview.day < day)
        .order_by(DayReview.day.desc())
        .limit(1)
    )
    return await session.scalar(query)


async def close(session: AsyncSession, person: Person, day: dtm.date, now: dtm.datetime) -> bool:
    """End the review of a day; return whether it was still open."""
    kept = await _kept(session, person, day)
    if kept.closed_at is not None:
        return False
    kept.closed_at = now
    await session.flush()
    return True


async def _kept(session: AsyncSession, person: Person, day: dtm.date) -> DayReview:
    kept = await session.get(DayReview, (person.id, day))
    if kept is None:
        kept = DayReview(person_id=person.id, day=day)
        session.add(kept)
        await session.flush()
    return kept


async def praise(session: AsyncSession, person: Person, day: dtm.date) -> Praise | None:
    """One line of praise that the day's records bear out, the weightiest; None where they bear out none."""
    evening = await review_of(session, person, day)
    return (
        await _for_an_answer(session, person, day)
        or await _for_an_opponent(session, evening)
        or await _for_a_key_account(session, person, evening)
        or await _for_a_promise(session, person, day)
        or await _for_the_plan(session, person, evening)
    )


async def _for_an_answer(session: AsyncSession, person: Person, day: dtm.date) -> Praise | None:
    """A complaint answered (K2.5)."""
    query = (
        select(Account.name)
        .join(Complaint, Complaint.account_id == Account.id)
        .where(Complaint.person_id == person.id, Complaint.answered_on == day)
        .order_by(Complaint.made_on)
    )
    name = await session.scalar(query.limit(1))
    return Praise("praise-complaint", {"account": name}) if name else None


async def _for_an_opponent(session: AsyncSession, evening: Evening) -> Praise | None:
    """Somebody met who is against us (K9.8)."""
    met = {(account.id, visit.contact): account for visit, account in _met(evening) if visit.contact}
    query = select(Contact).where(
        Contact.account_id.in_([account_id for account_id, _ in met]), Contact.stance == Stance.OPPONENT
    )
    for contact in await session.scalars(query.order_by(Contact.id)) if met else ():
        if account := met.get((contact.account_id, contact.name)):
            return Praise("praise-opponent", {"account": account.name, "contact": contact.name})
    return None


async def _for_a_key_account(session: AsyncSession, person: Person, evening: Evening) -> Praise | None:
    """A key account met for which it was high time: whoever had waited longest, longer than the cadence (K9.6)."""
    key = {account.id: account for _, account in _met(evening) if account.tier == Tier.A}
    if not key:
        return None
    cadence = (await teams.policy_of(session, person)).cadence_days.days(Tier.A)
    before = (
        select(Visit.account_id, func.max(Visit.day))
        .where(Visit.account_id.in_(key), Visit.outcome != Outcome.ABSENT, Visit.day < evening.day)
        .group_by(Visit.account_id)
    )
    waited = [((evening.day - met_on).days, account_id) for account_id, met_on in await session.execute(before)]
    days, account_id = max(waited, default=(0, 0))
    return Praise("praise-key-account", {"account": key[account_id].name, "days": days}) if days > cadence else None


async def _for_a_promise(session: AsyncSession, person: Person, day: dtm.date) -> Praise | None:
    """A promise kept on time (K4.5)."""
    workdays = await teams.workdays_of(session, person)
    kept = await session.scalars(
        select(Promise).where(Promise.person_id == person.id, Promise.kept_on == day).order_by(Promise.id)
    )
    for promise in kept:
        if promise.due is not None and promises.is_on_time(promise, workdays.on_or_after(promise.due)):
            return Praise("praise-promise", {"what": promise.what})
    return None


async def _for_the_plan(session: AsyncSession, person: Person, evening: Evening) -> Praise | None:
    """The whole plan lived, else as many visits as were aimed at, else something heard from the market."""
    planned = evening.plan.items if evening.plan else ()
    if planned and all(one.visited for one in planned):
        return Praise("praise-plan", {"count": len(planned)})
    plan = evening.plan.plan if evening.plan else None
    target = plan.target if plan else (await teams.policy_of(session, person)).daily_visits_target
    if evening.visits and len(evening.visits) >= target:
        return Praise("praise-visits", {"count": len(evening.visits), "target": target})
    return Praise("praise-report", {"count": len(evening.reports)}) if evening.reports else None


def _met(evening: Evening) -> list[tuple[Visit, Account]]:
    return [(visit, account) for visit, account in evening.visits if visit.outcome != Outcome.ABSENT]
