"""Preparation: what a manager should have in mind before he meets somebody at an account, and what to ask there."""

from __future__ import annotations

import datetime as dtm
import enum
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from bot.models import (
    Account,
    ClientPromise,
    Complaint,
    Contact,
    NextStep,
    Outcome,
    Person,
    Policy,
    Promise,
    Stance,
    Tier,
    Visit,
)
from bot.services import accounts, contacts, promises, teams

MEETINGS = 3
"""Last contacts that are told (domain.md §3)."""

FEWEST_QUESTIONS, MOST_QUESTIONS = 2, 4

OPPONENT_FORGOTTEN_DAYS = 30
"""An opponent is unaddressed from this day on (domain.md §4, opponent_unaddressed)."""


class Kind(enum.StrEnum):
    """What kind of meeting is prepared."""

    FIRST = "first"
    REGULAR = "regular"
    KEY = "key"
    COMPLAINT = "complaint"
    MONEY = "money"
    TELEPHONE = "telephone"


@dataclass(frozen=True)
class Meeting:
    """A visit at which somebody was met, and who made it."""

    visit: Visit
    by: Person


@dataclass(frozen=True)
class Known:
    """A contact, and the day on which he was last met, None where no visit names him."""

    contact: Contact
    met_on: dtm.date | None


@dataclass(frozen=True)
class Question:
    """Something to ask there: the reason for it, and whom or what it is about, "" for nothing in particular."""

    reason: str
    about: str = ""


@dataclass(frozen=True)
class Briefing:
    """All that is known of an account now.

    `people` with opponents first, then whoever is not known to stand anywhere; `meetings` the newest first; promises
    by the day on which each is expected, steps by their day; `gaps` as services.accounts.gaps.
    """

    account: Account
    manager: Person
    policy: Policy
    people: Sequence[Known]
    meetings: Sequence[Meeting]
    promises: Sequence[Promise]
    client_promises: Sequence[ClientPromise]
    steps: Sequence[NextStep]
    complaints: Sequence[Complaint]
    gaps: Sequence[str]

    @property
    def kind(self) -> Kind:
        """What a visit now would be about above all."""
        if self.complaints:
            return Kind.COMPLAINT
        if not self.meetings:
            return Kind.FIRST
        if (self.account.payment_delay_days or 0) > self.policy.max_payment_delay_days or self.account.collateral:
            return Kind.MONEY
        return Kind.KEY if self.account.tier == Tier.A else Kind.REGULAR

    def questions(self, today: dtm.date) -> list[Question]:
        """Two to four questions, the weightiest first: from what is open, who stands where, and what the file lacks."""
        asked = [*self._open_questions(today), *self._stance_questions(today), *self._file_questions()]
        for reason in ("news", "more"):
            if len(asked) < FEWEST_QUESTIONS:
                asked.append(Question(reason))
        return asked[:MOST_QUESTIONS]

    def _open_questions(self, today: dtm.date) -> list[Question]:
        late = [one for one in self.client_promises if one.due is not None and one.due < today]
        return [
            *([Question("complaint")] if self.complaints else []),
            *([Question("client_promise", late[0].what)] if late else []),
        ]

    def _stance_questions(self, today: dtm.date) -> list[Question]:
        opponents = [one for one in self.people if one.contact.stance == Stance.OPPONENT]
        away = [one for one in opponents if (today - (one.met_on or dtm.date.min)).days >= OPPONENT_FORGOTTEN_DAYS]
        unknown = [one for one in self.people if one.contact.stance == Stance.UNKNOWN]
        return [
            *(Question("opponent", one.contact.name) for one in (away or opponents)[:1]),
            *(Question("stance", one.contact.name) for one in unknown[:1]),
        ]

    def _file_questions(self) -> list[Question]:
        """What the client can be asked; a margin is our own arithmetic."""
        people = [Question(gap) for gap in self.gaps if gap in ("contact", "contacts")]
        figures = [Question(gap) for gap in ("potential", "payment_delay_days", "trend", "segment") if gap in self.gaps]
        needs = [Question("needs")] if self.account.tier == Tier.A else []
        return [*people, *figures[:1], *needs, *figures[1:]]


async def brief(session: AsyncSession, account: Account) -> Briefing:
    """What is known of an account now."""
    manager = await session.get_one(Person, account.person_id)
    policy = await teams.policy_of(session, manager)
    known = await people(session, account)
    ours, theirs = await promises.of_account(session, account)
    still_owed = [one for one in theirs if one.kept_on is None and one.withdrawn_on is None]
    return Briefing(
        account,
        manager,
        policy,
        known,
        await _meetings(session, account),
        sorted((one for one in ours if one.is_open), key=lambda one: (one.expected or dtm.date.max, one.id)),
        sorted(still_owed, key=lambda one: (one.due or dtm.date.max, one.id)),
        await _steps(session, account),
        await _complaints(session, account),
        accounts.gaps(account, [one.contact for one in known], policy),
    )


async def people(session: AsyncSession, account: Account) -> list[Known]:
    """The contacts of an account with the days on which they were last met: opponents first, supporters last."""
    met = (
        select(Visit.contact, func.max(Visit.day))
        .where(Visit.account_id == account.id, Visit.contact.is_not(None), Visit.outcome != Outcome.ABSENT)
        .group_by(Visit.contact)
    )
    met_on: dict[str | None, dtm.date] = dict((await session.execute(met)).all())
    order = [Stance.OPPONENT, Stance.UNKNOWN, Stance.NEUTRAL, Stance.SUPPORTER]
    known = [Known(contact, met_on.get(contact.name)) for contact in await contacts.of(session, account)]
    return sorted(known, key=lambda one: (order.index(Stance(one.contact.stance)), one.contact.id))


async def _meetings(session: AsyncSession, account: Account) -> list[Meeting]:
    query = (
        select(Visit, Person)
        .join(Person, Person.id == Visit.person_id)
        .where(Visit.account_id == account.id, Visit.outcome != Outcome.ABSENT)
        .order_by(Visit.day.desc(), Visit.id.desc())
        .limit(MEETINGS)
    )
    return [Meeting(visit, by) for visit, by in await session.execute(query)]


async def _steps(session: AsyncSession, account: Account) -> Sequence[NextStep]:
    still_open = NextStep.account_id == account.id, NextStep.done_on.is_(None), NextStep.dropped_on.is_(None)
    steps = await session.scalars(select(NextStep).where(*still_open))
    return sorted(steps, key=lambda one: (one.due or dtm.date.max, one.time or dtm.time.max, one.id))


async def _complaints(session: AsyncSession, account: Account) -> Sequence[Complaint]:
    unanswered = Complaint.account_id == account.id, Complaint.answered_on.is_(None)
    return (await session.scalars(select(Complaint).where(*unanswered).order_by(Complaint.made_on))).all()


async def coming(session: AsyncSession, person: Person, until: dtm.date, limit: int) -> list[tuple[NextStep, Account]]:
    """Appointments and next steps of the person up to a day, overdue ones too, the earliest first."""
    query = (
        select(NextStep, Account)
        .join(Account, Account.id == NextStep.account_id)
        .where(NextStep.person_id == person.id, NextStep.done_on.is_(None), NextStep.dropped_on.is_(None))
        .where(NextStep.due <= until, Account.archived_on.is_(None))
        .order_by(NextStep.due, NextStep.time.nulls_last(), NextStep.id)
        .limit(limit)
    )
    return list(await session.execute(query))


async def agreed(session: AsyncSession, person: Person, step_id: int) -> tuple[NextStep, Account] | None:
    """A next step of the person with its account; None where either is gone from his hands."""
    step = await session.get(NextStep, step_id)
    account = await session.get(Account, step.account_id) if step is not None else None
    if step is None or account is None or {step.person_id, account.person_id} != {person.id}:
        return None
    return step, account
